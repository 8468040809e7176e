/**
 * What this server remembers about a participant beyond the roster: the connection it speaks through, what
 * waits for it while that connection is lost, and what it has sent. It outlives the connection.
 * Knows nothing of what a signal means.
 */
import type { Identity } from '../auth/identity.js';
import type { ServerToClient } from '../protocol/events.js';
import type { Signal } from '../protocol/schemas.js';
import type { ClientConnection } from './client-connection.js';
import { Refusal } from './refusal.js';

export interface PendingOffer {
  readonly connectionId: string;
  readonly round: number | undefined;
}

/** A ready-made offer that waits for whoever comes next. */
export interface StoredOffer {
  readonly signal: Signal;
  readonly until: number;
  /**
   * Somebody at the door has seen it. It is nobody else's from then on, whatever they do: who knows an offer can disturb the
   * connection that another would make with it.
   */
  readonly reservedFor?: ClientConnection;
}

/** Of one generation: a connection, and the fragment its candidates carry since the last ICE restart. */
export interface CandidateCount {
  readonly connectionId: string;
  readonly fragment: string | undefined;
  readonly count: number;
  /** They belong to an answer, so whoever offered pays for them. */
  readonly answers: boolean;
}

export interface ParticipantSessionLimits {
  readonly heldSignals: number;
  readonly heldBytes: number;
  readonly rememberedMessages: number;
}

type Delivery = ServerToClient['signal'];
type MuteRequest = ServerToClient['mute-request'];

const NONE: readonly never[] = [];

export class ParticipantSession {
  readonly participantId: string;
  readonly room: string;
  /** Hash of the token that takes this seat back. */
  tokenHash: string;
  sequence = 0;
  /** When they came in by a proof of their own, in milliseconds since 1970. */
  since = 0;
  /** When the claim to this seat was signed last, by this process's own clock. */
  renewedAt = 0;
  /** The seat was taken back with a token; a repeated join is answered the same way. */
  resumed = false;
  /** The page said that it goes away: if it does not come back at once, it is gone. */
  suspended = false;
  /** Who sits here, and what they may do: proved at the door, asked at every event. */
  readonly identity: Identity;
  /** Names the attempt that last took this seat. */
  joinId = '';
  connection: ClientConnection | undefined;
  /** Where its owner spoke from last. */
  network: string | undefined;
  /** Gone with the connection: its owner could not be told who took it. */
  preparedOffer: StoredOffer | undefined;

  readonly #limits: ParticipantSessionLimits;
  #timers: readonly NodeJS.Timeout[] = NONE;
  #held: readonly Delivery[] = NONE;
  #heldBytes = 0;
  #open = false;
  #muteRequest: MuteRequest | undefined;
  // Made when first used: most seats of a listener never are.
  #pendingOffers: Map<string, PendingOffer> | undefined;
  #candidates: Map<string, CandidateCount> | undefined;
  /** Message ids in two generations: the older one goes as a whole. */
  #seen: Set<string> | undefined;
  #seenBefore: Set<string> | undefined;

  constructor(participantId: string, room: string, tokenHash: string, identity: Identity, limits: ParticipantSessionLimits) {
    this.participantId = participantId;
    this.room = room;
    this.tokenHash = tokenHash;
    this.identity = identity;
    this.#limits = limits;
  }

  /** Offers of this participant that wait for an answer, by recipient. */
  get pendingOffers(): Map<string, PendingOffer> {
    return (this.#pendingOffers ??= new Map());
  }
  /** Candidates sent for the current generation, by recipient. */
  get candidates(): Map<string, CandidateCount> {
    return (this.#candidates ??= new Map());
  }

  hasSeen(messageId: string): boolean {
    return this.#seen?.has(messageId) === true || this.#seenBefore?.has(messageId) === true;
  }

  /** Between half and all of `rememberedMessages` are known. */
  remember(messageId: string): void {
    const seen = (this.#seen ??= new Set());
    seen.add(messageId);
    if (seen.size < this.#limits.rememberedMessages / 2) return;
    this.#seenBefore = seen;
    this.#seen = undefined;
  }

  /** That participant is gone: nothing sent to it matters any more. */
  forget(participantId: string): void {
    this.#pendingOffers?.delete(participantId);
    this.#candidates?.delete(participantId);
  }

  /** Hands a signal to the connection, or keeps it while the connection is lost: a blip must not lose an answer. */
  deliver(delivery: Delivery): void {
    if (this.#open && this.connection !== undefined) {
      this.connection.send('signal', delivery);
      return;
    }
    const bytes = delivery.signal.description?.sdp.length ?? 256;
    if (this.#held.length >= this.#limits.heldSignals || this.#heldBytes + bytes > this.#limits.heldBytes) {
      throw new Refusal('SERVER_BUSY', { retryAfterMs: 1_000 });
    }
    this.#held = [...this.#held, delivery];
    this.#heldBytes += bytes;
  }

  /** Now, or when its connection is back; of several requests meanwhile the last one counts, for all that was asked. */
  askToMute(request: MuteRequest): void {
    if (this.#open && this.connection !== undefined) {
      this.connection.send('mute-request', request);
      return;
    }
    const sources = new Set([...(this.#muteRequest?.sources ?? []), ...request.sources]);
    this.#muteRequest = { ...request, sources: [...sources] };
  }

  /** A connection speaks for this seat from now on; signals wait until `release`, so that they follow the join's answer. */
  take(connection: ClientConnection): ClientConnection | undefined {
    const former = this.connection;
    this.stopTimers();
    this.connection = connection;
    this.network = connection.network;
    this.preparedOffer = undefined;
    this.suspended = false;
    this.#open = false;
    connection.session = this;
    return former === connection ? undefined : former;
  }

  release(): void {
    const held = this.#held;
    this.#held = NONE;
    this.#heldBytes = 0;
    this.#open = true;
    for (const delivery of held) this.deliver(delivery);
    const request = this.#muteRequest;
    this.#muteRequest = undefined;
    if (request !== undefined) this.askToMute(request);
  }

  /** The connection is gone; the seat waits. */
  loseConnection(): void {
    if (this.connection !== undefined) this.connection.session = undefined;
    this.connection = undefined;
    this.preparedOffer = undefined;
    this.#open = false;
  }

  after(ms: number, task: () => void): void {
    this.#timers = [...this.#timers, setTimeout(task, ms).unref()];
  }

  stopTimers(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers = NONE;
  }
}
