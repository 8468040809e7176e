/**
 * What the operator decides: one schema, defaults that let a newcomer start, and a sentence for
 * each setting that would be unsafe in production. Reads the environment it is given; opens no port.
 */
import { readFileSync } from 'node:fs';
import { envSchema } from 'env-schema';
import Type, { type Static } from 'typebox';
import { OPERATIONS, readMetrics, unsafeMetrics, type MetricsConfig } from './config-operations.js';
import {
  isGuessable,
  SHORTEST_SECRET,
  readJwks,
  readRoomSecrets,
  readSecrets,
  readWebhookUrl,
  unsafeSecrets,
  type NamedSecret,
  type TokenConfig,
  type WebhookConfig,
} from './config-secrets.js';
import { readIceServers, readIceUrls, readList, readOrigins, readProxies } from './config-values.js';
import { DEFAULT_MAX_PARTICIPANTS } from './protocol/limits.js';
import type { IceServer } from './protocol/schemas.js';

/** A mesh of more is out of the question; the number only stops a slip of the finger. */
const MOST_PARTICIPANTS = 100;

const Environment = Type.Object({
  NODE_ENV: Type.String({ default: 'development' }),
  PORT: Type.Integer({ default: 8080, minimum: 0, maximum: 65_535 }),
  HOST: Type.Optional(Type.String()),
  HTTPS: Type.Boolean({ default: false }),
  CERT: Type.Optional(Type.String()),
  KEY: Type.Optional(Type.String()),
  MAX_PARTICIPANTS: Type.Integer({ default: DEFAULT_MAX_PARTICIPANTS, minimum: 2, maximum: MOST_PARTICIPANTS }),
  AUTH_MODE: Type.Optional(Type.String({ pattern: '^(?:open|token)$' })),
  ROOM_TOKEN_SECRET: Type.String({ default: '' }),
  ROOM_TOKEN_JWKS: Type.Optional(Type.String()),
  ROOM_TOKEN_ISSUER: Type.String({ default: '' }),
  WAITING_ROOM: Type.Boolean({ default: false }),
  BAN_MINUTES: Type.Integer({ default: 60, minimum: 0, maximum: 43_200 }),
  API_KEYS: Type.String({ default: '' }),
  WEBHOOK_URL: Type.Optional(Type.String()),
  WEBHOOK_SECRET: Type.Optional(Type.String()),
  ALLOWED_ORIGINS: Type.String({ default: '' }),
  ALLOW_NO_ORIGIN: Type.Optional(Type.Boolean()),
  TRUST_PROXY: Type.String({ default: '' }),
  LOG_LEVEL: Type.Optional(Type.String({ pattern: '^(?:trace|debug|info|warn|error|fatal|silent)$' })),
  ICE_SERVERS: Type.String({ default: '[]' }),
  TURN_URLS: Type.String({ default: '' }),
  TURN_SECRET: Type.Optional(Type.String()),
  TURN_SECRET_PREVIOUS: Type.Optional(Type.String()),
  ...OPERATIONS,
});

/** Every name the environment is searched for; those that hold secrets can also be files. */
export const ENVIRONMENT_NAMES = Object.keys(Environment.properties);
const FROM_FILES = ['TURN_SECRET', 'ICE_SERVERS', 'ROOM_TOKEN_SECRET', 'ROOM_TOKEN_JWKS', 'API_KEYS', 'WEBHOOK_SECRET', 'TURN_SECRET_PREVIOUS', 'METRICS_TOKEN'];

export interface ServerConfig {
  readonly production: boolean;
  readonly port: number;
  readonly host: string;
  readonly https: boolean;
  /** Paths of a certificate and its key; without them `https` makes its own. */
  readonly certificate?: { readonly cert: string; readonly key: string };
  readonly maxParticipants: number;
  /** `open`: whoever knows a room's name comes in, a token only tells who they are. `token`: nobody without one. */
  readonly authMode: 'open' | 'token';
  readonly roomTokens?: TokenConfig;
  /** Rooms come to life with a waiting room. */
  readonly waitingRoom: boolean;
  /** How long somebody who was sent out stays out. */
  readonly banMs: number;
  /** Keys for the REST interface; without any there is none. */
  readonly apiKeys: readonly NamedSecret[];
  readonly webhook?: WebhookConfig;
  readonly allowedOrigins: readonly string[];
  readonly allowNoOrigin: boolean;
  readonly trustProxy: readonly string[];
  readonly logLevel: string;
  readonly iceServers: readonly IceServer[];
  readonly turn?: { readonly urls: readonly string[]; readonly secret: string; readonly previousSecret?: string };
  readonly metrics: MetricsConfig;
  /** How long `/readyz` says 503 before the lines are closed, so that a load balancer sends nobody here. */
  readonly drainSeconds: number;
}

export const DEFAULT_CONFIG: ServerConfig = Object.freeze({
  production: false,
  port: 8080,
  host: 'localhost',
  https: false,
  maxParticipants: DEFAULT_MAX_PARTICIPANTS,
  authMode: 'open',
  waitingRoom: false,
  banMs: 3_600_000,
  apiKeys: Object.freeze([]),
  allowedOrigins: Object.freeze([]),
  allowNoOrigin: true,
  trustProxy: Object.freeze([]),
  logLevel: 'warn',
  iceServers: Object.freeze([]),
  metrics: Object.freeze({ host: '127.0.0.1' }),
  drainSeconds: 0,
});

/** All that is wrong with the settings, one sentence each. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

export type EnvironmentValues = Readonly<Record<string, string | undefined>>;

export function readConfig(environment: EnvironmentValues): ServerConfig {
  const values = validated(withFiles(environment));
  const problems: string[] = [];
  const attempt = <T>(read: () => T, otherwise: T): T => {
    try {
      return read();
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
      return otherwise;
    }
  };
  const production = values.NODE_ENV === 'production';
  const https = values.HTTPS || values.CERT !== undefined || values.KEY !== undefined;
  const turnUrls = attempt(() => readIceUrls('TURN_URLS', values.TURN_URLS), []);
  const secrets = attempt(() => readRoomSecrets(values.ROOM_TOKEN_SECRET), []);
  const jwks = attempt(() => (values.ROOM_TOKEN_JWKS === undefined ? [] : readJwks(values.ROOM_TOKEN_JWKS)), []);
  const webhookUrl = attempt(
    () => (values.WEBHOOK_URL === undefined ? undefined : readWebhookUrl(values.WEBHOOK_URL)),
    undefined,
  );
  const config: ServerConfig = {
    production,
    port: values.PORT,
    // HTTPS is for the phones on the network; a production server is there to be reached. Otherwise nobody but this machine.
    host: values.HOST ?? (https || production ? '0.0.0.0' : 'localhost'),
    https,
    ...(values.CERT === undefined || values.KEY === undefined ? {} : { certificate: { cert: values.CERT, key: values.KEY } }),
    maxParticipants: values.MAX_PARTICIPANTS,
    authMode: values.AUTH_MODE === 'token' ? 'token' : 'open',
    ...(secrets.length + jwks.length === 0 ? {} : { roomTokens: { secrets, jwks, issuers: readList(values.ROOM_TOKEN_ISSUER) } }),
    waitingRoom: values.WAITING_ROOM,
    banMs: values.BAN_MINUTES * 60_000,
    apiKeys: attempt(() => readSecrets('API_KEYS', values.API_KEYS), []),
    ...(webhookUrl === undefined || values.WEBHOOK_SECRET === undefined
      ? {}
      : { webhook: { url: webhookUrl, secret: values.WEBHOOK_SECRET } }),
    allowedOrigins: attempt(() => readOrigins(values.ALLOWED_ORIGINS), []),
    allowNoOrigin: values.ALLOW_NO_ORIGIN ?? !production,
    trustProxy: attempt(() => readProxies(values.TRUST_PROXY), []),
    logLevel: values.LOG_LEVEL ?? (production ? 'info' : 'warn'),
    iceServers: attempt(() => readIceServers(values.ICE_SERVERS), []),
    ...(turnUrls.length === 0 || values.TURN_SECRET === undefined
      ? {}
      : {
          turn: {
            urls: turnUrls,
            secret: values.TURN_SECRET,
            ...(values.TURN_SECRET_PREVIOUS === undefined ? {} : { previousSecret: values.TURN_SECRET_PREVIOUS }),
          },
        }),
    metrics: readMetrics(values),
    drainSeconds: values.DRAIN_SECONDS,
  };
  if ((values.CERT === undefined) !== (values.KEY === undefined))
    problems.push('CERT and KEY belong together: give both, or neither.');
  if (turnUrls.length > 0 && values.TURN_SECRET === undefined)
    problems.push('TURN_URLS needs TURN_SECRET, the shared secret of the relay.');
  if (values.AUTH_MODE === 'token' && values.ROOM_TOKEN_SECRET === '' && values.ROOM_TOKEN_JWKS === undefined)
    problems.push('AUTH_MODE=token needs ROOM_TOKEN_SECRET, the secret your site signs tokens with, or ROOM_TOKEN_JWKS.');
  if (values.WEBHOOK_URL !== undefined && values.WEBHOOK_SECRET === undefined)
    problems.push('WEBHOOK_URL needs WEBHOOK_SECRET, which signs what is sent there.');
  if (production) problems.push(...unsafe(config, values), ...unsafeSecrets(config));
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

/** What an open server on the internet must not run with. */
function unsafe(config: ServerConfig, values: Static<typeof Environment>): readonly string[] {
  const problems: string[] = [];
  if (values.AUTH_MODE === undefined) {
    problems.push(
      'AUTH_MODE is not set: in production, say AUTH_MODE=token to let in whom your site gave a token, or AUTH_MODE=open to let in anybody who knows a room name.',
    );
  }
  if (config.allowedOrigins.length === 0) {
    problems.push(
      'ALLOWED_ORIGINS is empty: list the sites that may use this server, its own address included, for example https://calls.example.org.',
    );
  }
  if (config.allowedOrigins.includes('*')) {
    problems.push('ALLOWED_ORIGINS=* lets every site on the web use this server: list the sites instead.');
  }
  if (config.turn !== undefined && isGuessable(config.turn.secret)) {
    problems.push(
      `TURN_SECRET is too easy to guess: use at least ${SHORTEST_SECRET} random characters, for example from "openssl rand -hex 32".`,
    );
  }
  problems.push(...unsafeMetrics(config.metrics));
  return problems;
}

function validated(environment: EnvironmentValues): Static<typeof Environment> {
  const data: Record<string, string> = {};
  for (const name of ENVIRONMENT_NAMES) {
    const value = environment[name];
    // Compose files and shells write an unset variable as an empty one.
    if (value !== undefined && value !== '') data[name] = value;
  }
  try {
    return envSchema<Static<typeof Environment>>({ schema: Environment, data, env: false, dotenv: false });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new ConfigError(message.split(', ').map(readable));
  }
}

/** `env/PORT must be integer`, as the schema says it, in words for who set it. */
function readable(problem: string): string {
  const [, name = '', rest = problem] = /^env\/(\w+) (.*)$/.exec(problem) ?? [];
  const expected = rest.startsWith('must match pattern')
    ? name === 'AUTH_MODE'
      ? 'must be open or token'
      : 'must be one of trace, debug, info, warn, error, fatal and silent'
    : rest;
  return `${name} ${expected}.`.trim();
}

/** `NAME_FILE` names a file that holds the value, which keeps secrets out of process listings and images. */
function withFiles(environment: EnvironmentValues): EnvironmentValues {
  const result: Record<string, string | undefined> = { ...environment };
  for (const name of FROM_FILES) {
    const path = environment[`${name}_FILE`];
    if (path === undefined || path === '') continue;
    try {
      result[name] = readFileSync(path, 'utf8').trim();
    } catch {
      throw new ConfigError([`${name}_FILE names ${path}, which cannot be read.`]);
    }
  }
  return result;
}
