/**
 * The environment as the operator writes it: every name, its shape, and the words for what does not fit.
 * Knows what may be written, not what is safe. Reads the files that hold secrets, nothing else.
 */
import { readFileSync } from 'node:fs';
import { envSchema } from 'env-schema';
import Type, { type Static } from 'typebox';
import { EMBEDDING } from './config-embedding.js';
import { LIMITS } from './config-limits.js';
import { OPERATIONS } from './config-operations.js';
import { DEFAULT_MAX_PARTICIPANTS } from './protocol/limits.js';

/** A mesh of more is out of the question; the number only stops a slip of the finger. */
const MOST_PARTICIPANTS = 100;

const Environment = Type.Object({
  NODE_ENV: Type.String({ default: 'development', pattern: '^(?:development|production|test)$' }),
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
  CHAT_HISTORY: Type.Boolean({ default: true }),
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
  ...EMBEDDING,
  ...LIMITS,
});

/** Every name the environment is searched for; those that hold secrets can also be files. */
export const ENVIRONMENT_NAMES = Object.keys(Environment.properties);
const FROM_FILES = [
  'TURN_SECRET',
  'ICE_SERVERS',
  'ROOM_TOKEN_SECRET',
  'ROOM_TOKEN_JWKS',
  'API_KEYS',
  'WEBHOOK_SECRET',
  'TURN_SECRET_PREVIOUS',
  'METRICS_TOKEN',
];

export type Settings = Static<typeof Environment>;

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

type Name = keyof Settings;

/** The settings as they are meant, or all that is wrong with their spelling. */
export function readSettings(environment: EnvironmentValues): Settings {
  return readSome(environment, ENVIRONMENT_NAMES as readonly Name[]);
}

/** These and no others: a command for the relay must not stumble over a setting of the server that is not finished yet. */
export function readSome<N extends Name>(environment: EnvironmentValues, names: readonly N[]): Pick<Settings, N> {
  const given = withFiles(environment, names);
  const data: Record<string, string> = {};
  const problems: string[] = [];
  for (const name of names) {
    const value = given[name];
    // Compose files and shells write an unset variable as an empty one.
    if (value === undefined || value === '') continue;
    data[name] = value;
    // Nobody sees it, and it makes every name, secret and address a different one.
    if (value.endsWith('\r'))
      problems.push(
        `${name} ends with a carriage return: the file it comes from has the line ends of Windows, save it with those of Unix (LF).`,
      );
  }
  if (problems.length > 0) throw new ConfigError(problems);
  try {
    const schema = Type.Object(Object.fromEntries(names.map((name) => [name, Environment.properties[name]])));
    return envSchema<Pick<Settings, N>>({ schema, data, env: false, dotenv: false });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new ConfigError(message.split(', ').map(readable));
  }
}

/** `env/PORT must be integer`, as the schema says it, in words for who set it. */
function readable(problem: string): string {
  const [, name = '', rest = problem] = /^env\/(\w+) (.*)$/.exec(problem) ?? [];
  return `${name} ${rest.startsWith('must match pattern') ? (CHOICES[name] ?? rest) : rest}.`.trim();
}

const CHOICES: Readonly<Record<string, string>> = {
  AUTH_MODE: 'must be open or token',
  LOG_LEVEL: 'must be one of trace, debug, info, warn, error, fatal and silent',
  NODE_ENV: 'must be production on the internet; otherwise leave it out (or development, test)',
};

/** `NAME_FILE` names a file that holds the value, which keeps secrets out of process listings and images. */
function withFiles(environment: EnvironmentValues, names: readonly string[]): EnvironmentValues {
  const result: Record<string, string | undefined> = { ...environment };
  for (const name of FROM_FILES) {
    if (!names.includes(name)) continue;
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
