/** Where a transport gets its ICE servers: the page's own, or the server's with credentials that still hold. */
import type { IceReply } from '../../server/protocol/schemas.js';
import { DEFAULT_TIMINGS } from './timings.js';

export class IceSource {
  readonly #own: () => readonly RTCIceServer[] | null;
  readonly #renew: () => Promise<IceReply>;
  readonly #marginMs: number;
  #last: IceReply;
  #until: number;

  constructor(
    first: IceReply,
    own: () => readonly RTCIceServer[] | null,
    renew: () => Promise<IceReply>,
    marginMs = DEFAULT_TIMINGS.media.iceMarginMs,
  ) {
    this.#marginMs = marginMs;
    this.#own = own;
    this.#renew = renew;
    this.#last = first;
    this.#until = this.#expiry(first);
  }

  async get(): Promise<RTCIceServer[]> {
    const own = this.#own();
    if (own) return [...own];
    if (performance.now() >= this.#until) {
      // Without the line the old ones are the best there is: an allocation that exists outlives its credentials.
      this.#last = await this.#renew().catch(() => this.#last);
      this.#until = this.#expiry(this.#last);
    }
    return this.#last.iceServers;
  }

  #expiry({ expiresInMs }: IceReply): number {
    return expiresInMs === undefined ? Infinity : performance.now() + expiresInMs - this.#marginMs;
  }
}
