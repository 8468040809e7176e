/**
 * (state, fact) → state: the only place where the state of a call changes. Pure: no clock, no
 * effects, the same object back when nothing changed.
 */
import type { ParticipantInfo } from '../../server/protocol/schemas.js';
import { INITIAL_STATE, type CallState } from './call-state.js';
import type { CallFact, FactOf, LocalSourceName } from './facts.js';
import {
  GUEST,
  handOf,
  NO_STREAMS,
  participantFrom,
  type LocalSource,
  type Participant,
  type ParticipantId,
} from './participant.js';
import { mayFollow, type MeetingState } from './phase.js';

export function reduce(state: CallState, fact: CallFact): CallState {
  return withRecording(after(state, fact));
}

/** Who records follows from who is here. */
function withRecording(state: CallState): CallState {
  const { local, participants, recording } = state;
  const now = participants.filter(({ media }) => media.recording).map(({ id }) => id);
  if (local.recording && local.id) now.unshift(local.id);
  const same = now.length === recording.length && now.every((id, i) => id === recording[i]);
  return same ? state : change(state, { recording: Object.freeze(now) });
}

function after(state: CallState, fact: CallFact): CallState {
  switch (fact.type) {
    case 'configured':
      return configured(state, fact);
    case 'prejoin-opened':
      return move(state, 'prejoin', { error: null, leftReason: null });
    case 'join-started':
      return move(state, 'joining', { error: null, leftReason: null });
    case 'waiting-started':
      return move(state, 'waiting', {});
    case 'knock-cancelled':
      return move(gone(state), 'prejoin', {});
    case 'joined':
      return joined(state, fact);
    case 'join-failed':
      return move(gone(state), fact.back, { error: fact.error });
    case 'left':
      return move(gone(state), 'left', { leftReason: fact.reason, error: fact.error });
    case 'output-device-selected':
      return change(state, { speakerId: fact.deviceId });
    case 'room-updated':
      return change(state, { settings: Object.freeze({ ...fact.settings }) });
    case 'waiting-participant-added':
      return change(state, { waiting: Object.freeze([...without(state, fact.participant.waitingId), fact.participant]) });
    case 'waiting-participant-removed':
      return change(state, { waiting: Object.freeze(without(state, fact.waitingId)) });
    case 'playback-blocked':
      return change(state, { playbackBlocked: fact.blocked });
    case 'connection-changed':
      return change(state, { connection: fact.connection });
    case 'room-preview-changed':
      return change(state, { occupancy: fact.occupancy, limit: fact.occupancy.limit });
    case 'participant-joined':
    case 'participant-updated':
      return change(state, { participants: withInfo(state.participants, fact.participant) });
    case 'participant-left':
      return withoutParticipant(state, fact.participantId);
    case 'self-updated':
      return changeLocal(state, selfFrom(fact.self));
    case 'link-changed':
      return changeParticipant(state, fact.participantId, (p) => ({ ...p, link: fact.link }));
    case 'network-quality-changed':
      return changeParticipant(state, fact.participantId, (p) => ({ ...p, networkQuality: fact.quality }));
    case 'stream-changed':
      return changeParticipant(state, fact.participantId, (p) => ({
        ...p,
        streams: Object.freeze({ ...p.streams, [fact.source]: fact.stream }),
      }));
    case 'active-speaker-changed':
      return change(state, { activeSpeaker: fact.participantId });
    case 'source-wanted':
      return state.local[fact.source].wanted === fact.wanted
        ? state
        : changeSource(state, fact.source, (s) => ({ ...s, wanted: fact.wanted }));
    case 'source-changing':
      return changeSource(state, fact.source, (s) => ({
        ...s,
        status: fact.to === 'on' ? 'turning-on' : 'turning-off',
        error: null,
      }));
    case 'source-on':
      return sourceOn(state, fact);
    case 'source-off':
      return sourceOff(state, fact);
    case 'devices-changed':
      return change(state, { devices: fact.devices });
    case 'chat-changed':
      return change(state, { chat: fact.chat, chatUnread: fact.unread });
    case 'background-changed':
      return changeLocal(state, { background: fact.background });
    case 'recording-changed':
      return changeLocal(state, { recording: fact.recording });
    case 'noise-suppression-changed':
      return changeLocal(state, { noiseSuppression: fact.noiseSuppression });
    case 'effect-failed':
      return changeLocal(state, fact.source === 'camera' ? { background: 'none' } : { noiseSuppression: 'on' });
    case 'token-needed':
    case 'reaction':
    case 'app-message':
    case 'link-failed':
    case 'muted-by-host':
    case 'warned':
      return state; // announced, not remembered
    default:
      return unreachable(fact);
  }
}

function change(state: CallState, patch: Partial<CallState>): CallState {
  const keys = Object.keys(patch) as (keyof CallState)[];
  return keys.every((key) => Object.is(state[key], patch[key])) ? state : Object.freeze({ ...state, ...patch });
}

function move(state: CallState, to: MeetingState, patch: Partial<CallState>): CallState {
  return mayFollow(state.meeting, to) ? change(state, { ...patch, meeting: to }) : state;
}

function changeLocal(state: CallState, patch: Partial<CallState['local']>): CallState {
  return change(state, { local: Object.freeze({ ...state.local, ...patch }) });
}

function configured(state: CallState, fact: FactOf<'configured'>): CallState {
  const { displayName, avatarUrl, externalId } = fact;
  const { local } = state;
  const same = local.displayName === displayName && local.avatarUrl === avatarUrl && local.externalId === externalId;
  const room = change(state, state.room === fact.room ? {} : { room: fact.room, occupancy: null });
  return same ? room : changeLocal(room, { displayName, avatarUrl, externalId });
}

function selfFrom(self: ParticipantInfo): Partial<CallState['local']> {
  const { id, displayName, avatarUrl = null, externalId = null, role = 'speaker' } = self;
  return { id, displayName, avatarUrl, externalId, role, ...handOf(self) };
}

const without = ({ waiting }: CallState, id: string): CallState['waiting'] => waiting.filter(({ waitingId }) => waitingId !== id);

/** Also when the seat was taken back: who is still there keeps link and streams, and who may still come back stays. */
function joined(state: CallState, { reply, awaited = [] }: FactOf<'joined'>): CallState {
  const before = new Map(reply.self.id === state.local.id ? state.participants.map((p) => [p.id, p]) : []);
  const here = reply.roster.participants.map((info) => participantFrom(info, before.get(info.id)));
  for (const { id } of here) before.delete(id);
  const participants = [...here, ...[...before.values()].filter(({ id }) => awaited.includes(id))];
  return changeLocal(
    move(state, 'joined', {
      participants: Object.freeze(participants.sort(byEntering)),
      limit: reply.limit,
      settings: Object.freeze({ ...(reply.roster.settings ?? INITIAL_STATE.settings) }),
      waiting: Object.freeze([...(reply.waiting ?? [])]),
      occupancy: null,
      error: null,
      leftReason: null,
    }),
    { ...selfFrom(reply.self), grants: Object.freeze(reply.grants ?? GUEST) },
  );
}

/** Nobody is around any more; what we are and have stays. */
function gone(state: CallState): CallState {
  return changeLocal(
    change(state, {
      participants: Object.freeze([]),
      activeSpeaker: null,
      playbackBlocked: false,
      waiting: INITIAL_STATE.waiting,
      chat: INITIAL_STATE.chat,
      chatUnread: 0,
    }),
    { id: null, handRaised: false, handOrder: 0 },
  );
}

const byEntering = (a: Participant, b: Participant): number => a.sequence - b.sequence;

function withInfo(participants: readonly Participant[], info: ParticipantInfo): readonly Participant[] {
  const before = participants.find((p) => p.id === info.id);
  const after = participantFrom(info, before);
  const list = before ? participants.map((p) => (p === before ? after : p)) : [...participants, after];
  return Object.freeze(list.sort(byEntering));
}

function withoutParticipant(state: CallState, id: ParticipantId): CallState {
  if (!state.participants.some((p) => p.id === id)) return state;
  return change(state, {
    participants: Object.freeze(state.participants.filter((p) => p.id !== id)),
    activeSpeaker: state.activeSpeaker === id ? null : state.activeSpeaker,
  });
}

function changeParticipant(state: CallState, id: ParticipantId, edit: (p: Participant) => Participant): CallState {
  if (!state.participants.some((p) => p.id === id)) return state;
  return change(state, {
    participants: Object.freeze(state.participants.map((p) => (p.id === id ? Object.freeze(edit(p)) : p))),
  });
}

function changeSource(state: CallState, name: LocalSourceName, edit: (s: LocalSource) => LocalSource): CallState {
  return changeLocal(state, { [name]: Object.freeze(edit(state.local[name])) });
}

function sourceOn(state: CallState, fact: FactOf<'source-on'>): CallState {
  const on = changeSource(state, fact.source, (s) => ({ ...s, status: 'on', deviceId: fact.deviceId, error: null }));
  return fact.source === 'microphone' ? on : withLocalStream(on, fact.source, fact.stream);
}

function sourceOff(state: CallState, fact: FactOf<'source-off'>): CallState {
  const off = changeSource(state, fact.source, (s) => ({ ...s, status: 'off', error: fact.error }));
  return fact.source === 'microphone' ? off : withLocalStream(off, fact.source, null);
}

function withLocalStream(state: CallState, source: 'camera' | 'screen', stream: MediaStream | null): CallState {
  const streams = { ...NO_STREAMS, ...state.local.streams, [source]: stream };
  return changeLocal(state, { streams: Object.freeze(streams) });
}

function unreachable(fact: never): never {
  throw new TypeError(`Unknown fact ${JSON.stringify(fact)}`);
}
