/** Where a transport gets its ICE servers: the page's own, or the server's with credentials that still hold. */
import type { IceReply } from '../../server/protocol/schemas.js';

/** Milliseconds before the end at which credentials are renewed, so that nothing expires on the way. */
const MARGIN_MS = 30_000;

export class IceSource {
  readonly #own: () => readonly RTCIceServer[] | null;
  readonly #renew: () => Promise<IceReply>;
  #last: IceReply;
  #until: number;

  constructor(first: IceReply, own: () => readonly RTCIceServer[] | null, renew: () => Promise<IceReply>) {
    this.#own = own;
    this.#renew = renew;
    this.#last = first;
    this.#until = expiry(first);
  }

  async get(): Promise<RTCIceServer[]> {
    const own = this.#own();
    if (own) return [...own];
    if (performance.now() >= this.#until) {
      // Without the line the old ones are the best there is: an allocation that exists outlives its credentials.
      this.#last = await this.#renew().catch(() => this.#last);
      this.#until = expiry(this.#last);
    }
    return this.#last.iceServers;
  }
}

function expiry({ expiresInMs }: IceReply): number {
  return expiresInMs === undefined ? Infinity : performance.now() + expiresInMs - MARGIN_MS;
}
