/**
 * What the settings of this machine tell the doctor. Each is read apart from all others: a doctor that stumbles over a
 * setting it does not need helps nobody.
 */
import { mintToken } from '../auth/mint.js';
import { readSome, type EnvironmentValues } from '../config-environment.js';
import { readIceServersAlone, readRelayAlone } from '../config-relay.js';
import { readRoomSecrets } from '../config-secrets.js';
import { readList } from '../config-values.js';
import { createIceSource } from '../ice/ice-servers.js';
import type { IceServer } from '../protocol/schemas.js';
import { DEFAULT_TIMINGS } from '../timings.js';

/** Where a server started with these settings listens. */
export function localUrl(environment: EnvironmentValues): string {
  const { PORT, HTTPS, CERT, KEY } = readSome(environment, ['PORT', 'HTTPS', 'CERT', 'KEY']);
  const secure = HTTPS || CERT !== undefined || KEY !== undefined;
  return `${secure ? 'https' : 'http'}://localhost:${PORT}`;
}

export function iceServersHere(environment: EnvironmentValues): readonly IceServer[] {
  const turn = readRelayAlone(environment);
  const servers = readIceServersAlone(environment);
  return createIceSource({ servers, ...(turn === undefined ? {} : { turn }), ttlMs: DEFAULT_TIMINGS.turnTtlMs })().iceServers;
}

/** A token for a room that nobody else uses, where the secret is known here. */
export function mintHere(environment: EnvironmentValues): ((room: string) => Promise<string>) | undefined {
  const { ROOM_TOKEN_SECRET, ROOM_TOKEN_ISSUER } = readSome(environment, ['ROOM_TOKEN_SECRET', 'ROOM_TOKEN_ISSUER']);
  const [key] = readRoomSecrets(ROOM_TOKEN_SECRET);
  const [issuer] = readList(ROOM_TOKEN_ISSUER);
  if (key === undefined) return undefined;
  return (room) =>
    mintToken({
      room,
      sub: 'doctor',
      secret: key.secret,
      keyId: key.kid,
      ttlSeconds: 60,
      ...(issuer === undefined ? {} : { issuer }),
    });
}
