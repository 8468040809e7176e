/** Our events by name, so that `addEventListener` knows their types. Types only. */
import type * as call from './call-events.js';
import type * as media from './media-events.js';
import type * as people from './people-events.js';
import type * as view from './view-events.js';
import type * as talk from './talk-events.js';
import type * as phone from './phone-events.js';

export interface WebrtcEventMap {
  'active-speaker-change': people.ActiveSpeakerChangeEvent;
  'app-message': talk.AppMessageEvent;
  'available-devices-updated': media.AvailableDevicesUpdatedEvent;
  'before-join': call.BeforeJoinEvent;
  'before-leave': call.BeforeLeaveEvent;
  'call-answered': phone.CallAnsweredEvent;
  'call-declined': phone.CallDeclinedEvent;
  'call-error': call.CallErrorEvent;
  'call-joined': call.CallJoinedEvent;
  'call-joining': call.CallJoiningEvent;
  'call-left': call.CallLeftEvent;
  'call-missed': phone.CallMissedEvent;
  'call-ready': call.CallReadyEvent;
  'call-warning': call.CallWarningEvent;
  'camera-toggle': media.CameraToggleEvent;
  'chat-message': talk.ChatMessageEvent;
  'chat-toggle': talk.ChatToggleEvent;
  'connection-state-change': call.ConnectionStateChangeEvent;
  'device-error': media.DeviceErrorEvent;
  'incoming-call': phone.IncomingCallEvent;
  'microphone-toggle': media.MicrophoneToggleEvent;
  'network-quality-change': people.NetworkQualityChangeEvent;
  'participant-joined': people.ParticipantJoinedEvent;
  'participant-left': people.ParticipantLeftEvent;
  'participant-updated': people.ParticipantUpdatedEvent;
  'people-toggle': people.PeopleToggleEvent;
  'pip-toggle': view.PipToggleEvent;
  'phone-ready': phone.PhoneReadyEvent;
  'playback-blocked': media.PlaybackBlockedEvent;
  'recording-status-change': people.RecordingStatusChangeEvent;
  'raise-hand': talk.RaiseHandEvent;
  reaction: talk.ReactionEvent;
  'screenshare-toggle': media.ScreenshareToggleEvent;
  'selected-devices-updated': media.SelectedDevicesUpdatedEvent;
  'token-needed': call.TokenNeededEvent;
  'waiting-participant-added': people.WaitingParticipantAddedEvent;
  'waiting-participant-removed': people.WaitingParticipantRemovedEvent;
}

declare global {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type
  interface HTMLElementEventMap extends WebrtcEventMap {}
}
