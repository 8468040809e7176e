/**
 * The keys a host site shows. Kept as hashes, and compared in the same time whatever is presented, so
 * neither a look into the memory nor a stopwatch tells a key.
 */
import { createHash, timingSafeEqual } from 'node:crypto';

export interface ApiKey {
  readonly kid: string;
  readonly secret: string;
}

const BEARER = /^Bearer ([\x21-\x7e]{1,512})$/i;

export class ApiKeys {
  readonly #hashes: readonly { readonly kid: string; readonly hash: Buffer }[];

  constructor(keys: readonly ApiKey[]) {
    this.#hashes = keys.map(({ kid, secret }) => ({ kid, hash: hashOf(secret) }));
  }

  /** The name of the key in an `Authorization: Bearer …` header; `undefined` if it is none of ours. */
  find(authorization: string | undefined): string | undefined {
    const presented = hashOf(BEARER.exec(authorization ?? '')?.[1] ?? '');
    let found: string | undefined;
    for (const { kid, hash } of this.#hashes) if (timingSafeEqual(hash, presented)) found = kid;
    return found;
  }
}

function hashOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
