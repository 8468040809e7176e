/**
 * The connection to the server, as the session needs it: who is here, what is asked of the server, being there again after a loss. How a
 * transport negotiates is not its business: a transport finds its own port on the implementation. The one there is speaks Socket.IO
 * (components/signaling); tests use a shipped fake.
 */
import type { ClientToServer, Goodbye } from '../../server/protocol/events.js';
import type {
  RoomOccupancy,
  JoinReply,
  JoinRequest,
  ParticipantInfo,
  PrepareRequest,
  RefreshReply,
  Resume,
  UpdateRequest,
} from '../../server/protocol/schemas.js';
import type { CallError } from './call-error.js';
import type { LocalSourceName, SignalingFact } from './facts.js';

export type SignalingEvent =
  | { readonly type: 'fact'; readonly fact: SignalingFact }
  /**
   * The connection came back and our seat was taken back with it: same id. The roster in the reply is the truth, unless
   * the server was restarted meanwhile: then others may still be on their way back.
   */
  | { readonly type: 'resumed'; readonly reply: JoinReply; readonly restarted: boolean }
  /** The connection came back but the seat is gone; a new one was taken: new id, start over with everybody. */
  | { readonly type: 'rejoined'; readonly reply: JoinReply }
  /** We may come back without another token of the site, for longer than before. */
  | { readonly type: 'return-renewed'; readonly pass: RefreshReply }
  /** A host asks us to switch these off; the server checked that they may ask. */
  | { readonly type: 'mute-requested'; readonly sources: readonly LocalSourceName[] }
  /** The connection came back but the room does not take us any more: full, locked, forbidden. */
  | { readonly type: 'refused'; readonly error: CallError }
  /** We are out, and not by our own wish. */
  | { readonly type: 'goodbye'; readonly goodbye: Goodbye };

/** What those who keep order ask of the server. */
export type ModeratorEvent = 'mute-participants' | 'kick' | 'lower-hand' | 'lock' | 'waiting-room' | 'admit' | 'reject' | 'end';

export interface Signaling {
  /** One listener: the session. */
  onEvent(listener: (event: SignalingEvent) => void): void;
  /** Opens the connection (or uses the open one) and asks about the room without announcing anybody. */
  prepare(request: PrepareRequest, signal?: AbortSignal): Promise<RoomOccupancy>;
  /** Takes a seat, after `waiting-started` where somebody has to open. Idempotent by `joinId`; retries what may be retried; rejects with `CallError`. */
  join(request: JoinRequest, signal: AbortSignal): Promise<JoinReply>;
  /** Gives the seat up and closes the connection. Never rejects. */
  leave(): Promise<void>;
  /**
   * The page goes away: the server keeps the seat for a moment, for a reload. Returns what takes the seat back,
   * null without one. Nothing is sent or tried again until `wake()`.
   */
  suspend(): Resume | null;
  /** The page is back from the cache as it was. */
  wake(): void;
  /** The network changed or the page is seen again: find out now whether the connection lives, and try now if it does not. */
  check(): void;
  /** Ends the connection as if the network had; nothing gets through for that long. For tests of pages. */
  interrupt(ms: number): void;
  update(request: UpdateRequest): Promise<ParticipantInfo>;
  /** Once, while the connection is up. */
  request<E extends ModeratorEvent>(event: E, request: ClientToServer[E]['request']): Promise<ClientToServer[E]['reply']>;
  /** Ends everything at once, without a word to the server if the connection is down. */
  close(): void;
}
