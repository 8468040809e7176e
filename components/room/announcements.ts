/** From facts to the events a host page hears. Reads the state before and after; touches nothing. */
import type { CallState } from '../core/call-state.js';
import type { CallFact, FactOf, LocalSourceName } from '../core/facts.js';
import * as life from '../shared/events/call-events.js';
import * as media from '../shared/events/media-events.js';
import * as people from '../shared/events/people-events.js';
import * as talk from '../shared/events/talk-events.js';

const NOTHING: readonly Event[] = [];

export function announcements(fact: CallFact, before: CallState, after: CallState): readonly Event[] {
  const events = eventsOf(fact, before, after);
  return before.recording === after.recording ? events : [...events, ...recordings(before.recording, after.recording)];
}

function recordings(before: readonly string[], after: readonly string[]): readonly Event[] {
  const change = (participantId: string, recording: boolean): Event =>
    new people.RecordingStatusChangeEvent({ participantId, recording });
  return [
    ...after.filter((id) => !before.includes(id)).map((id) => change(id, true)),
    ...before.filter((id) => !after.includes(id)).map((id) => change(id, false)),
  ];
}

function eventsOf(fact: CallFact, before: CallState, after: CallState): readonly Event[] {
  switch (fact.type) {
    case 'token-needed':
      return [new life.TokenNeededEvent({ reason: fact.reason })];
    case 'join-started':
      return [new life.CallJoiningEvent()];
    case 'joined':
      return joined(fact, before, after);
    case 'join-failed':
      return [new life.CallErrorEvent(fact.error)];
    case 'left':
      return [...(fact.error ? [new life.CallErrorEvent(fact.error)] : NOTHING), new life.CallLeftEvent({ reason: fact.reason })];
    case 'participant-joined':
    case 'participant-updated': {
      const participant = after.participants.find(({ id }) => id === fact.participant.id);
      if (!participant) return NOTHING;
      // Who came back to a restarted server was never away for us.
      return fact.type === 'participant-joined' && !knows(before, participant.id)
        ? [new people.ParticipantJoinedEvent({ participant })]
        : [new people.ParticipantUpdatedEvent({ participant }), ...hands(before, after)];
    }
    case 'self-updated':
      return hands(before, after);
    case 'chat-changed':
      return fact.message ? [new talk.ChatMessageEvent({ message: fact.message })] : NOTHING;
    case 'reaction':
      return [new talk.ReactionEvent({ participantId: fact.participantId, emoji: fact.emoji })];
    case 'app-message':
      return [new talk.AppMessageEvent({ data: fact.data, from: fact.from })];
    case 'participant-left':
      return [new people.ParticipantLeftEvent({ participantId: fact.participantId, reason: fact.reason })];
    case 'network-quality-changed':
      return [new people.NetworkQualityChangeEvent(fact)];
    case 'active-speaker-changed':
      return [new people.ActiveSpeakerChangeEvent({ participantId: fact.participantId })];
    case 'source-on':
      return [...toggled(fact.source, before, after), ...selected(before, after)];
    case 'source-off':
      return [...toggled(fact.source, before, after), ...refused(fact)];
    case 'output-device-selected':
      return selected(before, after);
    case 'knock-cancelled':
      return [new life.CallLeftEvent({ reason: 'voluntary' })];
    case 'waiting-participant-added':
      return [new people.WaitingParticipantAddedEvent(fact.participant)];
    case 'waiting-participant-removed':
      return [new people.WaitingParticipantRemovedEvent({ waitingId: fact.waitingId })];
    case 'devices-changed':
      return [new media.AvailableDevicesUpdatedEvent(fact.devices)];
    case 'playback-blocked':
      return [new media.PlaybackBlockedEvent({ blocked: fact.blocked })];
    case 'connection-changed':
      return before.connection === fact.connection
        ? NOTHING
        : [new life.ConnectionStateChangeEvent({ from: before.connection, to: fact.connection })];
    case 'warned':
    case 'effect-failed':
    case 'link-failed':
      return [new life.CallWarningEvent(fact.error)];
    default:
      return NOTHING;
  }
}

const knows = (state: CallState, id: string): boolean => state.participants.some((participant) => participant.id === id);

/** Coming back with the same seat is no new call; only who came or went meanwhile is news. */
function joined({ reply }: FactOf<'joined'>, before: CallState, after: CallState): readonly Event[] {
  if (before.meeting !== 'joined' || before.local.id !== reply.self.id)
    return [new life.CallJoinedEvent({ room: reply.room, participantId: reply.self.id })];
  const came = after.participants.filter(({ id }) => !knows(before, id));
  const went = before.participants.filter(({ id }) => !knows(after, id));
  return [
    ...came.map((participant) => new people.ParticipantJoinedEvent({ participant })),
    ...went.map(({ id }) => new people.ParticipantLeftEvent({ participantId: id, reason: 'left' })),
  ];
}

const isOn = (state: CallState, source: LocalSourceName): boolean =>
  state.local[source].status === 'on' || state.local[source].status === 'turning-off';

const handsUp = ({ local, participants }: CallState): readonly string[] =>
  [local, ...participants].flatMap(({ id, handRaised }) => (id && handRaised ? [id] : []));

function hands(before: CallState, after: CallState): readonly Event[] {
  const [was, is] = [handsUp(before), handsUp(after)];
  const up = is.filter((id) => !was.includes(id));
  const down = was.filter((id) => !is.includes(id));
  return [...up, ...down].map((participantId) => new talk.RaiseHandEvent({ participantId, raised: up.includes(participantId) }));
}

/** A device exchanged for another stays on: no toggle then. */
function toggled(source: LocalSourceName, before: CallState, after: CallState): readonly Event[] {
  const enabled = isOn(after, source);
  if (enabled === isOn(before, source)) return NOTHING;
  switch (source) {
    case 'microphone':
      return [new media.MicrophoneToggleEvent({ enabled })];
    case 'camera':
      return [new media.CameraToggleEvent({ enabled })];
    case 'screen':
      return [new media.ScreenshareToggleEvent({ enabled })];
  }
}

function selected(before: CallState, after: CallState): readonly Event[] {
  const ids = ({ local, speakerId }: CallState): media.SelectedDevices => ({
    microphone: local.microphone.deviceId,
    camera: local.camera.deviceId,
    speaker: speakerId,
  });
  const [from, to] = [ids(before), ids(after)];
  if (from.microphone === to.microphone && from.camera === to.camera && from.speaker === to.speaker) return NOTHING;
  return [new media.SelectedDevicesUpdatedEvent(to)];
}

function refused({ error }: FactOf<'source-off'>): readonly Event[] {
  return error && error.error.code !== 'SCREENSHARE_CANCELLED' ? [new media.DeviceErrorEvent(error)] : NOTHING;
}
