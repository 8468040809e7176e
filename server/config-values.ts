/**
 * Reads the settings that are more than a number or a word: lists, origins, addresses, ICE servers.
 * Each either gives the value or throws the sentence an operator will read.
 */
import { isIP } from 'node:net';
import { Compile } from 'typebox/compile';
import Type from 'typebox';
import type { IceServer } from './protocol/schemas.js';

const GivenIceServers = Compile(
  Type.Array(
    Type.Object(
      {
        urls: Type.Union([Type.String(), Type.Array(Type.String())]),
        username: Type.Optional(Type.String()),
        credential: Type.Optional(Type.String()),
      },
      { additionalProperties: false },
    ),
  ),
);
const ICE_URL = /^(stun|turn)s?:(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::(\d{1,5}))?(\?transport=(?:udp|tcp))?$/;

export function readList(value: string): readonly string[] {
  return value
    .split(/[\s,]+/)
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** Origins as browsers write them, because they are compared letter by letter. */
export function readOrigins(value: string, name = 'ALLOWED_ORIGINS'): readonly string[] {
  return readList(value).map((item) => {
    if (item === '*') return item;
    const origin = URL.canParse(item) ? new URL(item).origin : 'null';
    if (origin === 'null' || new URL(item).pathname !== '/') {
      throw new Error(`${name} holds "${item}", which is not an origin; write it like https://example.org.`);
    }
    return origin;
  });
}

/** Only addresses and ranges: "all" or "the last one" believe whatever a stranger writes into a header. */
export function readProxies(value: string): readonly string[] {
  return readList(value).map((item) => {
    const [address = '', prefix, ...rest] = item.split('/');
    const bits = isIP(address) === 4 ? 32 : 128;
    const fits = prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits);
    if (isIP(address) === 0 || !fits || rest.length > 0) {
      throw new Error(`TRUST_PROXY holds "${item}"; list the addresses or CIDR ranges of your proxies, for example 10.0.0.0/8.`);
    }
    return item;
  });
}

export function readIceUrls(name: string, value: string): readonly string[] {
  return readList(value).map((url) => checkedIceUrl(name, url));
}

/** The same JSON that RTCPeerConnection takes as `iceServers`. */
export function readIceServers(value: string): readonly IceServer[] {
  let given: unknown;
  try {
    given = JSON.parse(value);
  } catch {
    throw new Error('ICE_SERVERS is not valid JSON; write it like [{"urls":"stun:stun.example.org:3478"}].');
  }
  if (!GivenIceServers.Check(given)) {
    throw new Error('ICE_SERVERS must be a list of objects with urls and, for TURN, username and credential.');
  }
  return given.map(({ urls: named, username, credential }) => {
    const urls = (typeof named === 'string' ? [named] : named).map((url) => checkedIceUrl('ICE_SERVERS', url));
    const relay = urls.find((url) => url.startsWith('turn'));
    // Browsers throw at such a server, and with it at every call.
    if (relay !== undefined && (!username || !credential))
      throw new Error(
        `ICE_SERVERS holds ${relay} without username and credential; for a coturn of your own use TURN_URLS and TURN_SECRET.`,
      );
    return {
      urls,
      ...(username === undefined ? {} : { username }),
      ...(credential === undefined ? {} : { credential }),
    };
  });
}

function checkedIceUrl(name: string, url: string): string {
  const [matched, scheme, port, transport] = ICE_URL.exec(url) ?? [];
  if (matched === undefined)
    throw new Error(
      `${name} holds "${url}"; an address starts with stun:, turn: or turns: and names a host, like turn:turn.example.org:3478?transport=tcp.`,
    );
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65_535))
    throw new Error(`${name} holds "${url}", and there is no port ${port}: they go from 1 to 65535.`);
  if (scheme === 'stun' && transport !== undefined)
    throw new Error(`${name} holds "${url}"; browsers refuse ?transport= at stun: addresses, leave it out.`);
  return url;
}
