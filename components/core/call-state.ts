/** Everything about a call that a screen may show, as one frozen snapshot. */
import type { RoomSettings, WaitingParticipant } from '../../server/protocol/rights.js';
import type { RoomOccupancy } from '../../server/protocol/schemas.js';
import type { ChatMessage } from './messaging/chat-log.js';
import type { CallError } from './call-error.js';
import type { ConnectionState, MeetingState, TopologyState } from './phase.js';
import { NOBODY, type LocalParticipant, type Participant, type ParticipantId } from './participant.js';

export type LeftReason = 'voluntary' | 'kicked' | 'ended' | 'network' | 'duplicate' | 'server-shutdown' | 'full' | 'denied';

/** A device of the machine, with the browser's words for it. Labels are empty until a capture was permitted. */
export interface Device {
  readonly id: string;
  readonly label: string;
}

export interface Devices {
  readonly microphones: readonly Device[];
  readonly cameras: readonly Device[];
  readonly speakers: readonly Device[];
}

export interface CallState {
  readonly meeting: MeetingState;
  readonly connection: ConnectionState;
  readonly topology: TopologyState;
  readonly room: string;
  /** Seats of the room; null until known. */
  readonly limit: number | null;
  /** Who is at the door learns how many are inside; null until known. */
  readonly occupancy: RoomOccupancy | null;
  readonly local: LocalParticipant;
  /** Everybody else, in the order they entered. */
  readonly participants: readonly Participant[];
  readonly activeSpeaker: ParticipantId | null;
  /** Who keeps what they see and hear in a file, as told by the server; ourselves first. */
  readonly recording: readonly ParticipantId[];
  readonly devices: Devices;
  /** Where the others are heard; '' is the system's default. */
  readonly speakerId: string;
  /** How the room is set, for everybody to see. */
  readonly settings: RoomSettings;
  /** Who wants to come in; known to those who may moderate. */
  readonly waiting: readonly WaitingParticipant[];
  /** What was said, in order; the last 200 messages. */
  readonly chat: readonly ChatMessage[];
  /** How many of them nobody has seen here yet. */
  readonly chatUnread: number;
  /** The browser refuses to play sound until the visitor taps: call `startAudio()` from a click. */
  readonly playbackBlocked: boolean;
  readonly leftReason: LeftReason | null;
  /** What ended or prevented the call (`meeting` is `error`), or why the last try to join failed. */
  readonly error: CallError | null;
}

export const INITIAL_STATE: CallState = Object.freeze({
  meeting: 'new',
  connection: 'disconnected',
  topology: 'mesh',
  room: '',
  limit: null,
  occupancy: null,
  local: NOBODY,
  participants: Object.freeze([]),
  activeSpeaker: null,
  recording: Object.freeze([]),
  devices: Object.freeze({ microphones: Object.freeze([]), cameras: Object.freeze([]), speakers: Object.freeze([]) }),
  speakerId: '',
  settings: Object.freeze({ locked: false, waitingRoom: false }),
  waiting: Object.freeze([]),
  chat: Object.freeze([]),
  chatUnread: 0,
  playbackBlocked: false,
  leftReason: null,
  error: null,
});
