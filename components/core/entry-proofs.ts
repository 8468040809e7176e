/**
 * What opens the room to us: a token of the site, as a string or from a function of the page, and once we were inside the server's
 * return token, which opens it again when that one is spent. Asks the page for another token when none of them does. Knows no
 * line and no element.
 */
import type { JoinReply, JoinRequest, RefreshReply } from '../../server/protocol/schemas.js';
import type { CallErrorCode } from './call-error.js';
import type { ReturnMemory } from './page.js';

/** Where the token of the site comes from. */
export type TokenSource = string | (() => Promise<string>) | null;

/** Why another token is needed; `renewal`: to come back for longer, while the call runs. */
export type TokenReason = 'missing' | 'expired' | 'used' | 'invalid' | 'renewal';

export type FreshToken = (reason: TokenReason) => Promise<string | null>;

/** What a refusal says about what was sent; null: that another token would not help. */
export function tokenReason(code: CallErrorCode, { token, returnToken }: Proofs): TokenReason | null {
  if (code === 'TOKEN_EXPIRED') return 'expired';
  if (code === 'TOKEN_REPLAYED') return 'used';
  if (code === 'UNAUTHENTICATED') return token ? 'invalid' : returnToken ? 'expired' : 'missing';
  return null;
}

export interface EntryProofsParts {
  source(): TokenSource;
  place(): { readonly serverUrl: string; readonly room: string };
  readonly memory: ReturnMemory | undefined;
  /** Tells the page. True: it will set a token. */
  needed(reason: TokenReason): boolean;
  readonly waitMs: number;
}

export type Proofs = Pick<JoinRequest, 'token' | 'returnToken'>;

interface Pass {
  readonly serverUrl: string;
  readonly room: string;
  readonly token: string;
  readonly expiresAt: number;
}

export class EntryProofs {
  readonly #parts: EntryProofsParts;
  /** Given by the page's function, and used by nobody yet. */
  #given: string | null = null;
  #spent: string | null = null;
  #pass: Pass | null = null;
  #settle: ((token: string | null) => void) | null = null;

  constructor(parts: EntryProofsParts) {
    this.#parts = parts;
  }

  /** For the next look at the door, or join. At once, unless the page has to be asked. */
  forEntry(): Proofs | Promise<Proofs> {
    const returnToken = this.#returnToken();
    const source = this.#parts.source();
    let token = typeof source === 'string' ? source : this.#given;
    if (returnToken && token === this.#spent) token = null;
    if (!token && !returnToken && typeof source === 'function')
      return this.#ask(source).then((given) => {
        this.#given = given;
        return given ? { token: given } : {};
      });
    return { ...(token && { token }), ...(returnToken && { returnToken }) };
  }

  /** We are inside: what opened the room opens it no more. */
  entered({ token }: Proofs, reply: JoinReply): void {
    if (token) this.#spent = token;
    this.#given = null;
    this.renewed(reply);
  }

  renewed({ returnToken, returnForMs = 0 }: Partial<RefreshReply>): void {
    if (!returnToken) return;
    this.#pass = { ...this.#parts.place(), token: returnToken, expiresAt: Date.now() + returnForMs };
  }

  /** The page's function, or whoever hears that a token is needed. Null: nobody has one. */
  async fresh(reason: TokenReason): Promise<string | null> {
    const source = this.#parts.source();
    const own = typeof source === 'function' ? await this.#ask(source) : null;
    if (own) return own;
    const coming = this.#wait();
    const promised = this.#parts.needed(reason);
    // A page that sets it at once may do so without a promise.
    setTimeout(() => this.#settle?.(null), promised ? this.#parts.waitMs : 0);
    return coming;
  }

  /** The page set another token. */
  changed(): void {
    const source = this.#parts.source();
    const settle = this.#settle;
    if (!settle || !source) return;
    if (typeof source === 'string') settle(source);
    else void this.#ask(source).then(settle);
  }

  /** The page goes away, or is not looked at: it may never come back as it is. */
  keep(): void {
    const { memory } = this.#parts;
    if (this.#pass) memory?.save(this.#pass);
  }

  /** It is back. A copy of this tab must not find it. */
  unkeep(): void {
    const { memory, place } = this.#parts;
    if (this.#pass) memory?.take(place());
  }

  #returnToken(): string | null {
    const { memory, place } = this.#parts;
    const { serverUrl, room } = place();
    const here = this.#pass?.serverUrl === serverUrl && this.#pass.room === room;
    if (!here) this.#pass = memory?.take({ serverUrl, room }) ?? null;
    return this.#pass && this.#pass.expiresAt > Date.now() ? this.#pass.token : null;
  }

  #wait(): Promise<string | null> {
    this.#settle?.(null);
    return new Promise((resolve) => {
      this.#settle = (token) => {
        this.#settle = null;
        resolve(token);
      };
    });
  }

  async #ask(source: () => Promise<string>): Promise<string | null> {
    try {
      return (await source()) || null;
    } catch {
      return null;
    }
  }
}
