/**
 * What can be seen of a server from outside without a browser: HTTPS, the WebSocket, whom it refuses,
 * its clock. Joins an empty room to learn which ICE servers a visitor gets. Knows nothing of relays.
 */
import { randomBytes } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import { PROTOCOL_VERSION, SERVER_HEADER } from '../protocol/limits.js';
import type { Ack, CheckReply, WireError } from '../protocol/events.js';
import type { IceServer, JoinReply } from '../protocol/schemas.js';
import { certificateAdvice } from './certificates.js';
import { bad, good, skipped, warning, type Finding } from './findings.js';
import { look, type Look } from './http-look.js';

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
  /** Opens one room only, and that is then the one to look at. */
  readonly token?: string;
  /** Makes a token for a room, where the settings of this machine hold the secret. */
  readonly mint?: (room: string) => Promise<string>;
}

export async function checkServer(given: URL, options: VisitOptions = {}): Promise<ServerReport> {
  const url = new URL(given.pathname.endsWith('/') ? given : `${given.href}/`);
  const { findings, reached } = await checkHttp(url);
  if (!reached) return { findings };
  const visit = await checkVisit(url, options);
  const stranger = await checkStranger(url);
  return { ...visit, findings: [...findings, ...visit.findings, stranger] };
}

/** `reached`: a server of ours answers, so that the rest can be looked at. */
async function checkHttp(url: URL): Promise<{ readonly findings: readonly Finding[]; readonly reached: boolean }> {
  const address = new URL('healthz', url);
  let answer: Look;
  try {
    answer = await look(address);
  } catch (error) {
    const cause = causeOf(error);
    return { findings: [bad('Server', `${url.origin} does not answer (${cause})`, adviceFor(cause, url))], reached: false };
  }
  const secure = checkSecure(url, answer.certificate);
  const ours = answer.headers[SERVER_HEADER] !== undefined;
  if (answer.status !== 200 || !ours)
    return { findings: [bad('Server', `${address.href} ${saysWhat(answer)}`, wrongServer(answer, url)), secure], reached: false };
  return { findings: [good('Server', `${url.origin} answers`), secure, clock(answer.headers.date)], reached: true };
}

function saysWhat({ status, headers }: Look): string {
  if (status >= 300 && status < 400) return `leads to ${headers.location ?? 'somewhere else'} (${status})`;
  return status === 200 ? 'is answered by something that is no webrtc-elements' : `answers with ${status}`;
}

function wrongServer({ status }: Look, url: URL): string {
  if (status === 502 || status === 503 || status === 504)
    return 'The proxy does not reach the server: check that the server runs, and the address and port the proxy passes requests to.';
  if (status >= 300 && status < 400) return 'Check the address where it leads to, or let the proxy pass this one on.';
  return `Check that the proxy passes everything under ${url.href} on to the server, and that this is the address of the server.`;
}

function checkSecure(url: URL, certificate: string | undefined): Finding {
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (certificate !== undefined && local && /SELF_SIGNED/.test(certificate))
    return warning('HTTPS', 'the certificate was made by this machine', 'Each browser asks once whether to trust it.');
  if (certificate !== undefined)
    return bad('HTTPS', `the certificate is not valid (${certificate})`, certificateAdvice(certificate) ?? 'Get another one.');
  if (url.protocol === 'https:') return good('HTTPS', 'the certificate is valid');
  if (local) return good('HTTPS', 'not needed on this machine');
  return bad(
    'HTTPS',
    'the address begins with http:',
    'Browsers give no camera to such pages: put a proxy with HTTPS in front, or start with --https.',
  );
}

function clock(date: string | undefined): Finding {
  const theirs = Date.parse(date ?? '');
  if (Number.isNaN(theirs)) return skipped('Clock', 'the server does not say what time it is');
  const skew = theirs - Date.now();
  if (Math.abs(skew) < SKEW_MS) return good('Clock', 'agrees with this machine');
  const advice =
    'Let both machines set their clock from the network (systemd-timesyncd): credentials of the relay and tokens expire by it.';
  return warning('Clock', `${Math.round(Math.abs(skew) / 1_000)} s ${skew > 0 ? 'ahead of' : 'behind'} this machine`, advice);
}

async function checkVisit(url: URL, { origin = url.origin, token: given, mint }: VisitOptions): Promise<ServerReport> {
  const asked = await askGate(url, origin);
  const socket = open(url, origin);
  try {
    const refusal = await outcome(socket);
    if (refusal !== undefined) return { findings: [refusedLine(refusal, asked, origin)] };
    const found = [good('WebSocket', `opens for pages of ${origin}`), ...proxyFindings(asked)];
    const room = roomOf(given) ?? `doctor-${randomBytes(16).toString('hex')}`;
    const token = given ?? (await mint?.(room));
    const request = {
      protocol: PROTOCOL_VERSION,
      joinId: randomBytes(12).toString('base64url'),
      room,
      media: { microphone: false, camera: false, screen: false, screenAudio: false },
      ...(token === undefined ? {} : { token }),
    };
    const ack = (await socket.timeout(TIMEOUT_MS).emitWithAck('join', request)) as Ack<JoinReply>;
    if (ack.ok) {
      await socket.timeout(TIMEOUT_MS).emitWithAck('leave', {});
      return { findings: [...found, good('Joining', 'an empty room can be joined')], iceServers: ack.data.ice.iceServers };
    }
    return { findings: [...found, refusedJoin(ack.error, given, token)] };
  } catch (error) {
    return { findings: [bad('Joining', `no answer (${causeOf(error)})`, 'The log of the server says more.')] };
  } finally {
    socket.disconnect();
  }
}

/** The room a token was made for; whether it is a good one the server will say. */
function roomOf(token: string | undefined): string | undefined {
  try {
    const claims = JSON.parse(Buffer.from(token?.split('.')[1] ?? '', 'base64url').toString()) as { readonly room?: unknown };
    return typeof claims.room === 'string' ? claims.room : undefined;
  } catch {
    return undefined;
  }
}

function refusedJoin({ code, message }: WireError, given: string | undefined, token: string | undefined): Finding {
  if (code === 'UNAUTHENTICATED' && token === undefined)
    return skipped('Joining', 'the server asks for a token: give one with --token');
  if (code === 'UNAUTHENTICATED' && given === undefined)
    return bad(
      'Joining',
      'the server does not accept a token made with the ROOM_TOKEN_SECRET of this machine',
      'Let your site and the server have the same secret, or look at the clocks; or give a token with --token.',
    );
  return bad('Joining', `refused with ${code}`, message);
}

/** What the server itself thinks of a connection from here; `undefined` where it could not be asked. */
async function askGate(url: URL, origin: string): Promise<Ack<CheckReply> | undefined> {
  try {
    const { body } = await look(new URL('signaling/check', url), { origin });
    const answer = JSON.parse(body) as Ack<CheckReply>;
    return typeof answer.ok === 'boolean' ? answer : undefined;
  } catch {
    return undefined;
  }
}

/** A proxy may answer with 403, too: only what the server says itself is said of its settings. */
function refusedLine(refusal: string, asked: Ack<CheckReply> | undefined, origin: string): Finding {
  if (asked?.ok === false) {
    const { code, message } = asked.error;
    return bad(
      'WebSocket',
      `refused with ${code}`,
      code === 'ORIGIN_NOT_ALLOWED' ? `Add ${origin} to ALLOWED_ORIGINS.` : message,
    );
  }
  return bad(
    'WebSocket',
    asked === undefined ? refusal : `${refusal}, and not from the server, which would let it in`,
    'The proxy must pass WebSocket upgrades on (Connection and Upgrade headers); nginx and Apache need to be told so.',
  );
}

function proxyFindings(asked: Ack<CheckReply> | undefined): readonly Finding[] {
  if (asked?.ok !== true || asked.data.forwarding !== 'ignored') return [];
  return [
    warning(
      'Proxy',
      'the server does not believe the proxy in front of it, so all visitors share the limits of one',
      'Set TRUST_PROXY to the address the proxy comes from; the log of the server names it.',
    ),
  ];
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
    path: `${url.pathname}socket.io`,
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    timeout: TIMEOUT_MS,
    // What is wrong with the certificate is a finding of its own.
    rejectUnauthorized: false,
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
  const { code, cause, message } = error as {
    readonly code?: string;
    readonly cause?: { readonly code?: string; readonly message?: string };
    readonly message: string;
  };
  return code ?? cause?.code ?? cause?.message ?? message;
}

function adviceFor(cause: string, url: URL): string {
  const certificate = certificateAdvice(cause);
  if (certificate !== undefined) return certificate;
  if (/ENOTFOUND|EAI_AGAIN/.test(cause)) return `Give ${url.hostname} an A and, if there is one, an AAAA record.`;
  if (/ECONNREFUSED/.test(cause)) return 'Nothing listens there: start the server, or check the port.';
  if (/EPROTO|SSL|TLS|ECONNRESET|HPE_/.test(cause))
    return url.protocol === 'https:'
      ? 'What listens there speaks no HTTPS: write http:// for a server without, or check the proxy.'
      : 'What listens there speaks no plain HTTP: write https://.';
  return 'A firewall may be in the way: open 80 and 443.';
}
