/**
 * The command line, as environment values: a flag wins over the variable of the same meaning.
 * Knows spelling, not what a value may be; the configuration's schema does.
 */
import { parseArgs } from 'node:util';
import { limitLines } from '../config-limits.js';

const FLAGS = {
  port: 'PORT',
  host: 'HOST',
  cert: 'CERT',
  key: 'KEY',
  'max-participants': 'MAX_PARTICIPANTS',
  'auth-mode': 'AUTH_MODE',
  'allowed-origins': 'ALLOWED_ORIGINS',
  'log-level': 'LOG_LEVEL',
} as const;

export interface Arguments {
  readonly help: boolean;
  readonly version: boolean;
  readonly values: Readonly<Record<string, string>>;
}

/** Throws an error with a readable sentence for a flag that does not exist. */
export function readArguments(argv: readonly string[]): Arguments {
  const { values } = parseArgs({
    args: [...argv],
    strict: true,
    allowPositionals: false,
    options: {
      port: { type: 'string', short: 'p' },
      host: { type: 'string' },
      https: { type: 'boolean' },
      cert: { type: 'string' },
      key: { type: 'string' },
      'max-participants': { type: 'string' },
      'auth-mode': { type: 'string' },
      'waiting-room': { type: 'boolean' },
      'allowed-origins': { type: 'string' },
      'log-level': { type: 'string' },
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean', short: 'v' },
    },
  });
  const given: Record<string, string> = {
    ...(values.https === true ? { HTTPS: 'true' } : {}),
    ...(values['waiting-room'] === true ? { WAITING_ROOM: 'true' } : {}),
  };
  for (const [flag, name] of Object.entries(FLAGS) as [keyof typeof FLAGS, string][]) {
    const value = values[flag];
    if (value !== undefined) given[name] = value;
  }
  return { help: values.help === true, version: values.version === true, values: given };
}

export const HELP = `Video calls for any web page: serves the <webrtc-room> element and introduces its callers.

Usage: webrtc-elements [options]
       webrtc-elements coturn-config [options]   prints a configuration for your relay
       webrtc-elements doctor [url]              says what keeps a server from working
       webrtc-elements sri [url]                 prints script tags that accept exactly these files

  -p, --port <number>           port to listen on (8080)
      --host <address>          address to listen on (localhost; 0.0.0.0 for the whole network)
      --https                   HTTPS on the whole network, so that phones may use their camera;
                                makes a certificate in ./.webrtc-elements/ unless given one
      --cert <file>             certificate to use for HTTPS (PEM)
      --key <file>              its private key (PEM)
      --max-participants <n>    people in one room (8)
      --auth-mode <open|token>  who may come in: anybody who knows a room's name (open), or whoever
                                has a token of your site for it (token)
      --waiting-room            newcomers wait until a host lets them in
      --allowed-origins <list>  sites that may use this server, for example https://example.org
      --log-level <level>       trace, debug, info, warn, error, fatal or silent
  -h, --help                    this text
  -v, --version                 the version

Every option is also an environment variable (PORT, HOST, HTTPS, CERT, KEY, MAX_PARTICIPANTS,
AUTH_MODE, WAITING_ROOM, ALLOWED_ORIGINS, LOG_LEVEL), read from the environment or from a file .env. And these are only that:

  ICE_SERVERS      STUN and TURN servers as JSON: [{"urls":"stun:stun.example.org:3478"}]
  TURN_URLS        your coturn, for example turn:turn.example.org:3478,turns:turn.example.org:5349
  TURN_SECRET      its static-auth-secret; credentials are made from it and expire after 10 minutes
  TURN_SECRET_PREVIOUS  the one before it, which coturn accepts while the secret is being changed
  ROOM_TOKEN_SECRET  what your site signs room tokens with (docs/tokens.md), at least 32 bytes; two
                     while you change it: new:<secret>,old:<secret>
  ROOM_TOKEN_JWKS    or public keys (ES256, EdDSA) as a JSON Web Key Set
  ROOM_TOKEN_ISSUER  accepted issuers (iss) of tokens; any if not set
  BAN_MINUTES        how long somebody who was sent out of a room stays out (60)
  CHAT_HISTORY       false: who comes later does not see what was said in the chat before (true)
  API_KEYS           keys for the REST interface under /api/v1 (docs/rest.md); without any there is none
  WEBHOOK_URL        is told when rooms start and end, and who comes and goes (docs/rest.md)
  WEBHOOK_SECRET     signs what is sent there

  TRUST_PROXY      addresses or CIDR ranges of reverse proxies in front of this server
  EMBED_ORIGINS    sites that may show /embed/<room> in an iframe, for example https://example.org, or * for any
                   (default: any; in production none)
  ALLOW_NO_ORIGIN  true to let in clients that are no browsers (default: only outside production)
  METRICS_PORT     a port for /metrics alone, on METRICS_HOST (127.0.0.1)
  METRICS_TOKEN    who sends it as a bearer token may read /metrics
  DRAIN_SECONDS    how long /readyz says 503 before the server stops (0)
  NODE_ENV         production refuses unsafe settings and logs JSON

Limits, and what they are when not set. The defaults fit a school behind one address; the log names the one that is met:

${limitLines()
  .map((line) => `  ${line}`)
  .join('\n')}

Secrets may be read from files, for example TURN_SECRET_FILE=/run/secrets/turn: TURN_SECRET, ICE_SERVERS,
ROOM_TOKEN_SECRET, ROOM_TOKEN_JWKS, API_KEYS, WEBHOOK_SECRET, TURN_SECRET_PREVIOUS and METRICS_TOKEN.
`;
