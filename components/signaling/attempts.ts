/**
 * The attempts to join of which we may not have the answer. Left before it is there, each may have taken a seat, or will: the
 * server is told that nobody sits there. Knows names of attempts only.
 */
import type { JoinRequest } from '../../server/protocol/schemas.js';
import { HttpSignaling } from './http-signaling.js';

/** The last one, and what was asked before it to come back. */
const MOST = 4;

export class Attempts {
  readonly #post: HttpSignaling;
  #room = '';
  #made: readonly string[] = [];

  constructor(serverUrl: string) {
    this.#post = new HttpSignaling(serverUrl);
  }

  made({ room, joinId }: JoinRequest): void {
    this.#room = room;
    if (!this.#made.includes(joinId)) this.#made = [...this.#made, joinId].slice(-MOST);
  }

  /** The last one has our seat; what came of those before is known. */
  succeeded(): void {
    this.#made = this.#made.slice(-1);
  }

  /** The join failed. `unknown`: perhaps only for us. Nobody waits for the word. */
  failed(unknown: boolean): void {
    if (unknown) void this.giveUp();
    this.#made = [];
  }

  async giveUp(): Promise<void> {
    const attempts = [...this.#made];
    this.#made = [];
    if (attempts.length > 0) await this.#post.leave({ room: this.#room, attempts });
  }
}
