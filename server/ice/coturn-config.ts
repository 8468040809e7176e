/**
 * Writes the configuration of a coturn that serves this server's callers and nobody else's purposes:
 * time-limited credentials, no way into private networks, bounded ports and quotas.
 * Text in, text out. What coturn makes of it is tested against coturn itself.
 */
export interface CoturnSettings {
  /** Name browsers reach the relay by; also the realm. */
  readonly host: string;
  /** The secret that credentials are made from. During a rotation coturn accepts a second one. */
  readonly secret: string;
  readonly previousSecret?: string;
  readonly port: number;
  /** Certificate and key for TLS; without them there is none. */
  readonly tls?: { readonly port: number; readonly cert: string; readonly key: string };
  /** Public address, when the machine only knows a private one. */
  readonly externalIp?: string;
  /** Private addresses that calls may reach all the same, for example an SFU beside it. */
  readonly allowedPeers?: readonly string[];
  readonly minPort?: number;
  readonly maxPort?: number;
}

/** One port for each allocation the total quota allows. */
export const RELAY_PORTS = { first: 49_152, last: 50_351 } as const;
const TOTAL_QUOTA = 1_200;
/** Seven connections with three addresses each, twice during an ICE restart. */
const USER_QUOTA = 50;
/** Bytes a second: 3 Mbit/s, more than a camera of a mesh sends. */
const MAX_BYTES_PER_SECOND = 375_000;
const NONCE_SECONDS = 600;

/**
 * Where no peer of a call is, but somebody's router, database or cloud metadata may be. The mapped and
 * translated ranges are IPv4 in disguise: coturn 4.6 does not look through them by itself.
 * Never `::-::0`: coturn reads that as everybody.
 */
export const DENIED_PEERS: readonly (readonly [range: string, what: string])[] = [
  ['0.0.0.0-0.255.255.255', 'this network'],
  ['10.0.0.0-10.255.255.255', 'private'],
  ['100.64.0.0-100.127.255.255', 'carrier NAT'],
  ['127.0.0.0-127.255.255.255', 'loopback'],
  ['169.254.0.0-169.254.255.255', 'link-local, cloud metadata'],
  ['172.16.0.0-172.31.255.255', 'private'],
  ['192.0.0.0-192.0.0.255', 'protocol assignments'],
  ['192.168.0.0-192.168.255.255', 'private'],
  ['198.18.0.0-198.19.255.255', 'benchmarks'],
  ['240.0.0.0-255.255.255.255', 'reserved, broadcast'],
  ['::1', 'loopback'],
  ['::ffff:0.0.0.0-::ffff:255.255.255.255', 'IPv4-mapped'],
  ['64:ff9b::-64:ff9b::ffff:ffff', 'NAT64'],
  ['2001::-2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff', 'Teredo, protocol assignments'],
  ['2002::-2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff', '6to4'],
  ['fc00::-fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'unique local'],
  ['fe80::-febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'link-local'],
];

export function coturnConfig(settings: CoturnSettings): string {
  const { host, secret, previousSecret, port, tls, externalIp, allowedPeers = [] } = settings;
  const { minPort = RELAY_PORTS.first, maxPort = RELAY_PORTS.last } = settings;
  return `${[
    `# coturn for webrtc-elements. Written by "webrtc-elements coturn-config"; it holds a secret: chmod 640.`,
    `# Open in the firewall: ${port}/udp, ${port}/tcp${tls === undefined ? '' : `, ${tls.port}/tcp`}, ${minPort}-${maxPort}/udp.`,
    '',
    `realm=${host}`,
    `server-name=${host}`,
    `listening-port=${port}`,
    ...(externalIp === undefined ? [] : [`external-ip=${externalIp}`]),
    `min-port=${minPort}`,
    `max-port=${maxPort}`,
    '',
    '# Credentials are made by the server from this secret and expire; there are no accounts.',
    'use-auth-secret',
    `static-auth-secret=${secret}`,
    ...(previousSecret === undefined
      ? []
      : ['# Until credentials made from the former secret have expired:', `static-auth-secret=${previousSecret}`]),
    `stale-nonce=${NONCE_SECONDS}`,
    'fingerprint',
    '',
    ...tlsLines(tls),
    '',
    '# Quotas: allocations for each credential and altogether, bytes a second for each allocation.',
    `user-quota=${USER_QUOTA}`,
    `total-quota=${TOTAL_QUOTA}`,
    `max-bps=${MAX_BYTES_PER_SECOND}`,
    '',
    '# Nothing but relaying UDP.',
    'no-cli',
    'no-tcp-relay',
    'no-multicast-peers',
    'no-rfc5780',
    'no-software-attribute',
    '# coturn 4.9 and later: slows down who guesses credentials.',
    '# unauthorized-ratelimit',
    '',
    '# Where no peer of a call is.',
    ...DENIED_PEERS.map(([range]) => `denied-peer-ip=${range}`),
    ...allowedPeers.map((address) => `allowed-peer-ip=${address}`),
    '',
    '# One line for each event on the standard output, for journald or docker logs.',
    'log-file=stdout',
    'simple-log',
  ].join('\n')}\n`;
}

function tlsLines(tls: CoturnSettings['tls']): readonly string[] {
  if (tls === undefined) return ['no-tls', 'no-dtls'];
  return [
    '# TLS: the way out of networks that let nothing but web traffic through. Browsers speak no DTLS to relays.',
    `tls-listening-port=${tls.port}`,
    `cert=${tls.cert}`,
    `pkey=${tls.key}`,
    'no-tlsv1',
    'no-tlsv1_1',
    'no-dtls',
  ];
}

export interface RelayAddresses {
  readonly host: string;
  readonly port: number;
  readonly tlsPort?: number;
}

const DEFAULT_PORT = 3_478;
const DEFAULT_TLS_PORT = 5_349;

/** What TURN_URLS say about the relay: they all name the same one. Throws a sentence when they do not. */
export function relayAddresses(urls: readonly string[]): RelayAddresses {
  const parsed = urls.map((url) => {
    const [, scheme = '', host = '', port] = /^(turns?):(\[[^\]]+\]|[^:?]+)(?::(\d+))?/.exec(url) ?? [];
    return { scheme, host, port: port === undefined ? undefined : Number(port) };
  });
  const [first] = parsed;
  if (first === undefined)
    throw new Error('TURN_URLS is empty: say how browsers will reach the relay, for example turn:turn.example.org:3478.');
  if (parsed.some(({ host }) => host !== first.host))
    throw new Error('TURN_URLS name different hosts: write one configuration for each, with its own TURN_URLS.');
  const plain = parsed.find(({ scheme }) => scheme === 'turn');
  const secure = parsed.find(({ scheme }) => scheme === 'turns');
  return {
    host: first.host,
    port: plain?.port ?? DEFAULT_PORT,
    ...(secure === undefined ? {} : { tlsPort: secure.port ?? DEFAULT_TLS_PORT }),
  };
}
