/**
 * What the operator decides: defaults that let a newcomer start, and a sentence for
 * each setting that would be unsafe in production. Reads the environment it is given; opens no port.
 */
import { readEmbedOrigins } from './config-embedding.js';
import { ConfigError, readSettings, type EnvironmentValues, type Settings } from './config-environment.js';
import { readLimits } from './config-limits.js';
import { readMetrics, unsafeMetrics, type MetricsConfig } from './config-operations.js';
import {
  isGuessable,
  SHORTEST_SECRET,
  readJwks,
  readRoomSecrets,
  readSecrets,
  readTokens,
  readWebhookUrl,
  unsafeSecrets,
  type NamedSecret,
  type TokenConfig,
  type WebhookConfig,
} from './config-secrets.js';
import { readRelay, type RelaySettings } from './config-relay.js';
import { readIceServers, readList, readOrigins, readProxies } from './config-values.js';
import type { Limits } from './limits.js';
import { DEFAULT_MAX_PARTICIPANTS } from './protocol/limits.js';
import type { IceServer } from './protocol/schemas.js';

export { ConfigError, ENVIRONMENT_NAMES, type EnvironmentValues } from './config-environment.js';

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
  /** Those inside tell newcomers what was said in the chat before. */
  readonly chatHistory: boolean;
  /** How long somebody who was sent out stays out. */
  readonly banMs: number;
  /** Keys for the REST interface; without any there is none. */
  readonly apiKeys: readonly NamedSecret[];
  readonly webhook?: WebhookConfig;
  readonly allowedOrigins: readonly string[];
  readonly allowNoOrigin: boolean;
  /** Sites that may frame `/embed/:room`, `*` for any. Not set: any, in production none. */
  readonly embedOrigins?: readonly string[];
  readonly trustProxy: readonly string[];
  readonly logLevel: string;
  readonly iceServers: readonly IceServer[];
  readonly turn?: RelaySettings;
  readonly metrics: MetricsConfig;
  /** How long `/readyz` says 503 before the lines are closed, so that a load balancer sends nobody here. */
  readonly drainSeconds: number;
  /** What differs from `DEFAULT_LIMITS`. */
  readonly limits: Partial<Limits>;
}

export const DEFAULT_CONFIG: ServerConfig = Object.freeze({
  production: false,
  port: 8080,
  host: 'localhost',
  https: false,
  maxParticipants: DEFAULT_MAX_PARTICIPANTS,
  authMode: 'open',
  waitingRoom: false,
  chatHistory: true,
  banMs: 3_600_000,
  apiKeys: Object.freeze([]),
  allowedOrigins: Object.freeze([]),
  allowNoOrigin: true,
  trustProxy: Object.freeze([]),
  logLevel: 'warn',
  iceServers: Object.freeze([]),
  metrics: Object.freeze({ host: '127.0.0.1' }),
  drainSeconds: 0,
  limits: Object.freeze({}),
});

export function readConfig(environment: EnvironmentValues): ServerConfig {
  const values = readSettings(environment);
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
  const turn = attempt(() => readRelay(values), undefined);
  const secrets = attempt(() => readRoomSecrets(values.ROOM_TOKEN_SECRET), []);
  const jwks = attempt(() => (values.ROOM_TOKEN_JWKS === undefined ? [] : readJwks(values.ROOM_TOKEN_JWKS)), []);
  const tokens = attempt(
    () => (secrets.length + jwks.length === 0 ? undefined : readTokens(secrets, jwks, readList(values.ROOM_TOKEN_ISSUER))),
    undefined,
  );
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
    ...(tokens === undefined ? {} : { roomTokens: tokens }),
    waitingRoom: values.WAITING_ROOM,
    chatHistory: values.CHAT_HISTORY,
    banMs: values.BAN_MINUTES * 60_000,
    apiKeys: attempt(() => readSecrets('API_KEYS', values.API_KEYS), []),
    ...(webhookUrl === undefined || values.WEBHOOK_SECRET === undefined
      ? {}
      : { webhook: { url: webhookUrl, secret: values.WEBHOOK_SECRET } }),
    allowedOrigins: attempt(() => readOrigins(values.ALLOWED_ORIGINS), []),
    allowNoOrigin: values.ALLOW_NO_ORIGIN ?? !production,
    ...attempt(() => readEmbedOrigins(values), {}),
    trustProxy: attempt(() => readProxies(values.TRUST_PROXY), []),
    logLevel: values.LOG_LEVEL ?? (production ? 'info' : 'warn'),
    iceServers: attempt(() => readIceServers(values.ICE_SERVERS), []),
    ...(turn === undefined ? {} : { turn }),
    metrics: readMetrics(values),
    drainSeconds: values.DRAIN_SECONDS,
    limits: readLimits(values),
  };
  if ((values.CERT === undefined) !== (values.KEY === undefined))
    problems.push('CERT and KEY belong together: give both, or neither.');
  if (values.AUTH_MODE === 'token' && values.ROOM_TOKEN_SECRET === '' && values.ROOM_TOKEN_JWKS === undefined)
    problems.push('AUTH_MODE=token needs ROOM_TOKEN_SECRET, the secret your site signs tokens with, or ROOM_TOKEN_JWKS.');
  if (config.waitingRoom && values.ROOM_TOKEN_SECRET === '' && values.ROOM_TOKEN_JWKS === undefined)
    problems.push(
      'WAITING_ROOM needs hosts who let people in, and only tokens make hosts: set ROOM_TOKEN_SECRET or ROOM_TOKEN_JWKS, otherwise everybody waits for ever.',
    );
  if (config.metrics.port !== undefined && config.metrics.port !== 0 && config.metrics.port === config.port)
    problems.push('METRICS_PORT and PORT are the same: give the metrics a port of their own, for example 9464.');
  if (values.WEBHOOK_URL !== undefined && values.WEBHOOK_SECRET === undefined)
    problems.push('WEBHOOK_URL needs WEBHOOK_SECRET, which signs what is sent there.');
  if (production) problems.push(...unsafe(config, values), ...unsafeSecrets(config));
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

/** What an open server on the internet must not run with. */
function unsafe(config: ServerConfig, values: Settings): readonly string[] {
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
