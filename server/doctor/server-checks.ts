/**
 * What can be seen of a server from outside without a browser: HTTPS, the WebSocket, whom it refuses,
 * its clock. Joins an empty room to learn which ICE servers a visitor gets. Knows nothing of relays.
 */
import { randomBytes } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import { PROTOCOL_VERSION } from '../protocol/limits.js';
import type { Ack } from '../protocol/events.js';
import type { IceServer, JoinReply } from '../protocol/schemas.js';
import { bad, good, skipped, warning, type Finding } from './findings.js';

const TIMEOUT_MS = 8_000;
/** Tokens are checked with 30 s of tolerance, TURN credentials with none. */
const SKEW_MS = 20_000;
const STRANGER = 'https://stranger.invalid';

export interface ServerReport {
  readonly findings: readonly Finding[];
  /** What a visitor is told; `undefined` when nobody came in. */
  readonly iceServers?: readonly IceServer[];
}

export interface VisitOptions {
  /** Page the visitor comes from; the server's own by default. */
  readonly origin?: string;
  readonly token?: string;
}

export async function checkServer(url: URL, options: VisitOptions = {}): Promise<ServerReport> {
  const reached = await checkHttp(url);
  if (reached.some(({ verdict }) => verdict === 'bad')) return { findings: reached };
  const visit = await checkVisit(url, options);
  const stranger = await checkStranger(url);
  return { ...visit, findings: [...reached, ...visit.findings, stranger] };
}

async function checkHttp(url: URL): Promise<readonly Finding[]> {
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  let response: Response;
  try {
    response = await fetch(new URL('/healthz', url), { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'manual' });
  } catch (error) {
    return [bad('Server', `${url.origin} does not answer (${causeOf(error)})`, adviceFor(causeOf(error), url))];
  }
  if (!response.ok) {
    const advice = 'Check that the proxy passes this address on to the server, and that the server runs.';
    return [bad('Server', `${url.origin}/healthz answers with ${response.status}`, advice)];
  }
  const secure =
    url.protocol === 'https:'
      ? good('HTTPS', 'the certificate is valid')
      : local
        ? good('HTTPS', 'not needed on this machine')
        : bad(
            'HTTPS',
            'the address begins with http:',
            'Browsers give no camera to such pages: put a proxy with HTTPS in front, or start with --https.',
          );
  return [good('Server', `${url.origin} answers`), secure, clock(response.headers.get('date'))];
}

function clock(date: string | null): Finding {
  const theirs = Date.parse(date ?? '');
  if (Number.isNaN(theirs)) return skipped('Clock', 'the server does not say what time it is');
  const skew = theirs - Date.now();
  if (Math.abs(skew) < SKEW_MS) return good('Clock', 'agrees with this machine');
  const advice =
    'Let both machines set their clock from the network (systemd-timesyncd): credentials of the relay and tokens expire by it.';
  return warning('Clock', `${Math.round(Math.abs(skew) / 1_000)} s ${skew > 0 ? 'ahead of' : 'behind'} this machine`, advice);
}

async function checkVisit(url: URL, { origin = url.origin, token }: VisitOptions): Promise<ServerReport> {
  const socket = open(url, origin);
  try {
    const refusal = await outcome(socket);
    if (refusal !== undefined) {
      const advice = /403/.test(refusal)
        ? `Add ${origin} to ALLOWED_ORIGINS.`
        : 'The proxy must pass WebSocket upgrades on (Connection and Upgrade headers); nginx and Apache need to be told so.';
      return { findings: [bad('WebSocket', refusal, advice)] };
    }
    const found = good('WebSocket', `opens for pages of ${origin}`);
    const request = {
      protocol: PROTOCOL_VERSION,
      joinId: randomBytes(12).toString('base64url'),
      room: `doctor-${randomBytes(16).toString('hex')}`,
      media: { microphone: false, camera: false, screen: false, screenAudio: false },
      ...(token === undefined ? {} : { token }),
    };
    const ack = (await socket.timeout(TIMEOUT_MS).emitWithAck('join', request)) as Ack<JoinReply>;
    if (ack.ok) {
      await socket.timeout(TIMEOUT_MS).emitWithAck('leave', {});
      return {
        findings: [found, good('Joining', 'an empty room can be joined')],
        iceServers: ack.data.negotiation.ice.iceServers,
      };
    }
    if (ack.error.code === 'UNAUTHENTICATED')
      return { findings: [found, skipped('Joining', 'the server asks for a token: give one with --token')] };
    return { findings: [found, bad('Joining', `refused with ${ack.error.code}`, ack.error.message)] };
  } catch (error) {
    return { findings: [bad('Joining', `no answer (${causeOf(error)})`, 'The log of the server says more.')] };
  } finally {
    socket.disconnect();
  }
}

async function checkStranger(url: URL): Promise<Finding> {
  const socket = open(url, STRANGER);
  try {
    const refusal = await outcome(socket);
    if (refusal !== undefined) return good('Strangers', 'pages of other sites are refused');
    return bad('Strangers', 'a page of any other site may use this server', 'List your sites in ALLOWED_ORIGINS instead of *.');
  } finally {
    socket.disconnect();
  }
}

function open(url: URL, origin: string): Socket {
  return io(url.origin, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    timeout: TIMEOUT_MS,
    auth: { protocol: PROTOCOL_VERSION },
    extraHeaders: { origin },
  });
}

/** `undefined` when the line opened, otherwise why it did not. */
function outcome(line: Socket): Promise<string | undefined> {
  return new Promise((resolve) => {
    line.once('connect', () => resolve(undefined));
    line.once('connect_error', (error) => {
      const { description } = error as { readonly description?: { readonly message?: string; readonly error?: Error } };
      resolve(description?.message ?? description?.error?.message ?? error.message);
    });
  });
}

function causeOf(error: unknown): string {
  const { cause, message } = error as {
    readonly cause?: { readonly code?: string; readonly message?: string };
    readonly message: string;
  };
  return cause?.code ?? cause?.message ?? message;
}

function adviceFor(cause: string, url: URL): string {
  if (/CERT|SELF_SIGNED|VERIFY|ALTNAME/i.test(cause))
    return 'The certificate does not fit the name, has expired or was made here: let Caddy get one for this name.';
  if (/ENOTFOUND|EAI_AGAIN/.test(cause)) return `Give ${url.hostname} an A and, if there is one, an AAAA record.`;
  if (/ECONNREFUSED/.test(cause)) return 'Nothing listens there: start the server, or check the port.';
  return 'A firewall may be in the way: open 80 and 443.';
}
