/**
 * Reads the settings that hold keys: secrets with names, public keys, addresses that are told things.
 * Each either gives the value or throws the sentence an operator will read, which never repeats a secret.
 */
import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { Compile } from 'typebox/compile';
import Type from 'typebox';
import { readList } from './config-values.js';

export interface NamedSecret {
  readonly kid: string;
  readonly secret: string;
}

/** What tokens are checked with. */
export interface TokenConfig {
  readonly secrets: readonly NamedSecret[];
  readonly jwks: readonly JsonWebKey[];
  /** Accepted `iss` claims; any if there is none. */
  readonly issuers: readonly string[];
}

export interface WebhookConfig {
  readonly url: string;
  readonly secret: string;
}

export const SHORTEST_SECRET = 32;
/** Secrets of examples and manuals, which are nobody's secret. Long ones too: people paste what they see. */
const SAMPLE_SECRET =
  /^(?:secret|changeme|change-me|password|test|example|north|static-auth-secret|supersecret.*|your[-_ ]?.*|my[-_ ]?(?:super[-_ ]?)?secret.*|.*(?:change[-_ ]?(?:me|this|it)|replace[-_ ]?(?:me|this)|at-least-(?:32|256)).*)$/i;
/** Random letters repeat themselves little: 32 hexadecimal digits hold fewer than these once in a million. */
const FEWEST_LETTERS = 8;
const NAMED = /^([A-Za-z0-9_-]{1,32}):(.+)$/s;
const MOST_ROOM_SECRETS = 2;

export function isGuessable(secret: string): boolean {
  return secret.length < SHORTEST_SECRET || SAMPLE_SECRET.test(secret) || new Set(secret).size < FEWEST_LETTERS;
}

/** `secret`, or `name:secret` separated by commas or spaces. */
export function readSecrets(name: string, value: string): readonly NamedSecret[] {
  const items = readList(value);
  const secrets = items.map((item, index): NamedSecret => {
    const [, kid = `${index + 1}`, secret = item] = NAMED.exec(item) ?? [];
    if (Buffer.byteLength(secret) < SHORTEST_SECRET)
      throw new Error(
        `${name} holds a secret of less than ${SHORTEST_SECRET} bytes${
          items.length > 1 ? ' (commas and spaces separate secrets, so none may hold one)' : ''
        }: use random ones, for example from "openssl rand -hex 32".`,
      );
    return { kid, secret };
  });
  if (new Set(secrets.map(({ kid }) => kid)).size < secrets.length)
    throw new Error(`${name} holds two secrets of one name; write them like spring:…,summer:….`);
  return secrets;
}

export function readRoomSecrets(value: string): readonly NamedSecret[] {
  const secrets = readSecrets('ROOM_TOKEN_SECRET', value);
  const items = readList(value);
  // Two without names are more likely one with a comma in it, and then no token of the site would be good.
  if (items.length > 1 && items.some((item) => !NAMED.test(item)))
    throw new Error(
      'ROOM_TOKEN_SECRET holds a comma or a space, and those separate secrets: give each a name (new:…,old:…), or use one without, for example from "openssl rand -hex 32".',
    );
  if (secrets.length > MOST_ROOM_SECRETS)
    throw new Error(
      'ROOM_TOKEN_SECRET holds more than two secrets: one to sign with, and the one before it until its tokens have expired.',
    );
  return secrets;
}

const Jwks = Compile(
  Type.Object({
    keys: Type.Array(
      Type.Union([
        Type.Object({
          kty: Type.Literal('EC'),
          crv: Type.Literal('P-256'),
          kid: Type.String({ minLength: 1, maxLength: 128 }),
          x: Type.String(),
          y: Type.String(),
        }),
        Type.Object({
          kty: Type.Literal('OKP'),
          crv: Type.Literal('Ed25519'),
          kid: Type.String({ minLength: 1, maxLength: 128 }),
          x: Type.String(),
        }),
      ]),
      { minItems: 1, maxItems: 16 },
    ),
  }),
);

/** A JSON Web Key Set of public keys for ES256 and EdDSA. */
export function readJwks(value: string): readonly JsonWebKey[] {
  const hint = 'a JSON Web Key Set with public keys for ES256 (EC, P-256) or EdDSA (OKP, Ed25519), each with a kid';
  let given: unknown;
  try {
    given = JSON.parse(value);
  } catch {
    throw new Error(`ROOM_TOKEN_JWKS is not valid JSON; it must be ${hint}.`);
  }
  if (!Jwks.Check(given)) throw new Error(`ROOM_TOKEN_JWKS must be ${hint}.`);
  const keys = given.keys as readonly JsonWebKey[];
  if (keys.some((key) => key.d !== undefined))
    throw new Error(
      'ROOM_TOKEN_JWKS holds a private key: this server needs the public half only, keep the other where tokens are made.',
    );
  if (new Set(keys.map((key) => key['kid'])).size < keys.length) throw new Error('ROOM_TOKEN_JWKS holds two keys with one kid.');
  try {
    for (const key of keys) createPublicKey({ key, format: 'jwk' });
  } catch {
    throw new Error('ROOM_TOKEN_JWKS holds a key that is not one.');
  }
  return keys;
}

/** Tokens name the key they are signed with, so no two may share a name. */
export function readTokens(
  secrets: readonly NamedSecret[],
  jwks: readonly JsonWebKey[],
  issuers: readonly string[],
): TokenConfig {
  const shared = secrets.find(({ kid }) => jwks.some((key) => key['kid'] === kid));
  if (shared !== undefined)
    throw new Error(
      `ROOM_TOKEN_JWKS has a key with the kid "${shared.kid}", and so has ROOM_TOKEN_SECRET (one without a name is "1"): name the secret differently, like site:….`,
    );
  return { secrets, jwks, issuers };
}

export function readWebhookUrl(value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:') || url.username !== '' || url.password !== '')
    throw new Error('WEBHOOK_URL must be an http(s) address without a user name in it.');
  return url.href;
}

/** What of these an open server on the internet must not run with. */
export function unsafeSecrets(settings: {
  readonly roomTokens?: TokenConfig | undefined;
  readonly apiKeys: readonly NamedSecret[];
  readonly webhook?: WebhookConfig | undefined;
}): readonly string[] {
  const { roomTokens, apiKeys, webhook } = settings;
  const guessable = (secrets: readonly NamedSecret[]) => secrets.some(({ secret }) => isGuessable(secret));
  const advice = `too easy to guess: use at least ${SHORTEST_SECRET} random characters, for example from "openssl rand -hex 32".`;
  return [
    ...(guessable(roomTokens?.secrets ?? []) ? [`ROOM_TOKEN_SECRET is ${advice}`] : []),
    ...(guessable(apiKeys) ? [`API_KEYS holds a key that is ${advice}`] : []),
    ...(webhook !== undefined && isGuessable(webhook.secret) ? [`WEBHOOK_SECRET is ${advice}`] : []),
  ];
}
