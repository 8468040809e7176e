/**
 * The keys that tokens are checked with: found by `kid` in a Map, each bound to its own algorithms, so
 * that nothing a token says can choose a key's use. Fetches nothing.
 */
import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';

export interface SecretKey {
  readonly kid: string;
  readonly secret: string;
}

export interface TokenSettings {
  /** Shared secrets for HS256, the one to sign with first. */
  readonly secrets: readonly SecretKey[];
  /** Public keys for ES256 and EdDSA, each with a `kid`. */
  readonly jwks: readonly JsonWebKey[];
  /** Accepted `iss` claims; all of them if there is none. */
  readonly issuers: readonly string[];
}

export interface VerifyKey {
  readonly algorithms: readonly string[];
  readonly key: Uint8Array | KeyObject;
}

export class Keys {
  readonly #byId = new Map<string, VerifyKey>();
  readonly #first: VerifyKey | undefined;

  constructor({ secrets, jwks }: TokenSettings) {
    for (const { kid, secret } of secrets) this.#byId.set(kid, { algorithms: ['HS256'], key: new TextEncoder().encode(secret) });
    for (const jwk of jwks) this.#byId.set(String(jwk['kid']), publicKey(jwk));
    this.#first = [...this.#byId.values()][0];
  }

  /** A token that names no key is one for the first. */
  find(kid: string | undefined): VerifyKey | undefined {
    return kid === undefined ? this.#first : this.#byId.get(kid);
  }
}

function publicKey(jwk: JsonWebKey): VerifyKey {
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  return { algorithms: jwk.kty === 'EC' ? ['ES256'] : ['EdDSA', 'Ed25519'], key };
}
