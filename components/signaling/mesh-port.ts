/**
 * What the meshes say to each other, on its way through the connection to the server. A mesh may be made a moment after the others' have
 * begun to speak to it: what comes for a switch that nobody listens to yet is kept. Knows nothing of what is said.
 */
import type {
  EarlyAnswersRequest,
  EarlyOffersReply,
  EarlyOffersRequest,
  IceReply,
  PreparedOfferInit,
  Signal,
} from '../../server/protocol/schemas.js';

export interface MeshPortParts {
  send(to: string, signal: Signal): Promise<void>;
  prepareOffer(offer: PreparedOfferInit | null): Promise<void>;
  ice(): Promise<IceReply>;
  earlyOffers(request: EarlyOffersRequest): Promise<EarlyOffersReply>;
  earlyAnswers(request: EarlyAnswersRequest): Promise<unknown>;
}

interface Listener {
  onSignal(from: string, signal: Signal): void;
  onOfferTaken(connectionId: string, by: string): void;
  onResumed(): void;
}

/** A room full of first offers with their candidates. */
const MOST_KEPT = 512;

export class MeshPort {
  readonly #parts: MeshPortParts;
  readonly #listeners = new Map<number, Listener>();
  #offers: ((reply: EarlyOffersReply) => void) | null = null;
  #kept: { readonly from: string; readonly signal: Signal }[] = [];
  /** Of this switch and of those before it nothing is kept any more. */
  #newest = -1;

  constructor(parts: MeshPortParts) {
    this.#parts = parts;
  }

  send(to: string, signal: Signal): Promise<void> {
    return this.#parts.send(to, signal);
  }

  prepare(offer: PreparedOfferInit | null): Promise<void> {
    return this.#parts.prepareOffer(offer);
  }

  ice(): Promise<IceReply> {
    return this.#parts.ice();
  }

  earlyOffers(request: EarlyOffersRequest): Promise<EarlyOffersReply> {
    return this.#parts.earlyOffers(request);
  }

  earlyAnswers(request: EarlyAnswersRequest): Promise<unknown> {
    return this.#parts.earlyAnswers(request);
  }

  onOffers(listener: (reply: EarlyOffersReply) => void, abort: AbortSignal): void {
    if (abort.aborted) return;
    this.#offers = listener;
    abort.addEventListener('abort', () => {
      if (this.#offers === listener) this.#offers = null;
    });
  }

  listen(epoch: number, listener: Listener, abort: AbortSignal): void {
    if (abort.aborted) return;
    this.#listeners.set(epoch, listener);
    abort.addEventListener('abort', () => {
      if (this.#listeners.get(epoch) === listener) this.#listeners.delete(epoch);
    });
    this.#newest = Math.max(this.#newest, epoch);
    const kept = this.#kept;
    this.#kept = kept.filter(({ signal }) => epochOf(signal) > this.#newest);
    for (const { from, signal } of kept) if (epochOf(signal) === epoch) listener.onSignal(from, signal);
  }

  /** We have a seat of a new name: nothing that was said before is for it. */
  entered(): void {
    this.#kept = [];
    this.#newest = -1;
  }

  signal(from: string, signal: Signal): void {
    const epoch = epochOf(signal);
    const listener = this.#listeners.get(epoch);
    if (listener) listener.onSignal(from, signal);
    else if (epoch > this.#newest && this.#kept.length < MOST_KEPT) this.#kept.push({ from, signal });
  }

  offers(reply: EarlyOffersReply): void {
    this.#offers?.(reply);
  }

  offerTaken(connectionId: string, by: string): void {
    for (const listener of this.#listeners.values()) listener.onOfferTaken(connectionId, by);
  }

  resumed(): void {
    for (const listener of this.#listeners.values()) listener.onResumed();
  }
}

const epochOf = ({ epoch = 0 }: Signal): number => epoch;
