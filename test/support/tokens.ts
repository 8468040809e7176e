/** Room tokens as a host site would make them, and as it never would. */
import { randomBytes } from 'node:crypto';
import { SignJWT, type JWTHeaderParameters } from 'jose';
import type { ServerConfig } from '../../server/config.js';

export const SECRET = 'k3Jx9-pQ7wZ1_vT5rB8nM2cL6hY4dF0sGaE';
export const OLDER_SECRET = 'Zr8u2W_b6Nq0tXy4C-m7Lk1Vf5Hs9Jd3PoA';

/** Token mode with two active keys, `new` first. */
export const TOKEN_MODE: Partial<ServerConfig> = {
  authMode: 'token',
  roomTokens: {
    secrets: [
      { kid: 'new', secret: SECRET },
      { kid: 'old', secret: OLDER_SECRET },
    ],
    jwks: [],
    issuers: [],
  },
};

/** Claims of a good token; seconds, as JWT counts. */
export function claims(room: string, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const now = Math.floor(Date.now() / 1_000);
  const jti = randomBytes(16).toString('base64url');
  const sub = `user-${jti.slice(0, 6)}`;
  const base = { iss: 'https://site.example', aud: 'webrtc-room', sub, room, jti, iat: now, nbf: now, exp: now + 600 };
  const all: Record<string, unknown> = { ...base, role: 'speaker', ...more };
  for (const [name, value] of Object.entries(all)) if (value === undefined) Reflect.deleteProperty(all, name);
  return all;
}

export function sign(
  payload: Readonly<Record<string, unknown>>,
  header: JWTHeaderParameters = { alg: 'HS256' },
  key: Parameters<SignJWT['sign']>[0] = new TextEncoder().encode(SECRET),
): Promise<string> {
  return new SignJWT(payload).setProtectedHeader(header).sign(key);
}

export const tokenFor = (room: string, more: Readonly<Record<string, unknown>> = {}): Promise<string> => sign(claims(room, more));
