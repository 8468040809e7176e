/**
 * The ICE servers a participant is told about: those of the operator, and TURN credentials that
 * expire, made the way coturn's REST mode expects them. There is no third-party default.
 * Knows neither who asks nor why: asked after a join, and at the door by who would be let in.
 */
import { createHmac, randomBytes } from 'node:crypto';
import type { IceReply, IceServer } from '../protocol/schemas.js';

export interface TurnSettings {
  readonly urls: readonly string[];
  readonly secret: string;
}

export interface IceSettings {
  readonly servers: readonly IceServer[];
  readonly turn?: TurnSettings;
  readonly ttlMs: number;
}

export type IceSource = () => IceReply;

export function createIceSource(settings: IceSettings, now: () => number = Date.now): IceSource {
  const { servers, turn, ttlMs } = settings;
  const fixed = [...servers];
  if (turn === undefined) return () => ({ iceServers: fixed });
  return () => ({
    iceServers: [...fixed, { urls: [...turn.urls], ...turnCredentials(turn.secret, ttlMs, now()) }],
    expiresInMs: ttlMs,
  });
}

/** `username = expiry:random`: no name of a person, because the relay writes it into its log. SHA-1 is what the relay speaks. */
export function turnCredentials(secret: string, ttlMs: number, now: number): { username: string; credential: string } {
  const username = `${Math.floor((now + ttlMs) / 1_000)}:${randomBytes(16).toString('hex')}`;
  return { username, credential: createHmac('sha1', secret).update(username).digest('base64') };
}
