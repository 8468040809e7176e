/**
 * Why a call did not come about, in words for the owner of the page. A browser tells no page why its WebSocket was
 * refused, so the server is asked again by plain HTTP. Loaded when something went wrong.
 */
import type { Ack, CheckReply } from '../../server/protocol/events.js';
import { SERVER_HEADER } from '../../server/protocol/limits.js';
import { CallError, type CallErrorCode } from '../core/call-error.js';

const PATIENCE_MS = 4_000;

/** What the owner of the page or of the server can do something about. Others in the room, a full room, a lost network are not their business. */
const FOR_THE_OWNER: ReadonlySet<CallErrorCode> = new Set<CallErrorCode>([
  'BAD_PAYLOAD',
  'ORIGIN_NOT_ALLOWED',
  'PROTOCOL_UNSUPPORTED',
  'RATE_LIMITED',
  'ROOM_NAME_INVALID',
  'SERVER_BUSY',
  'SIGNAL_BLOCKED',
  'UNAUTHENTICATED',
]);
const said = new Set<string>();

/** Says it in the console, too, once: whoever sets a page up looks there. */
export async function explain(serverUrl: string, cause: CallError): Promise<CallError> {
  const error = await diagnose(serverUrl, cause);
  const text = `webrtc-elements: ${error.message}${error.hint && error.hint !== error.message ? ` ${error.hint}` : ''}`;
  if ((FOR_THE_OWNER.has(error.code) || error !== cause) && !said.has(text)) {
    said.add(text);
    // eslint-disable-next-line no-console -- whoever sets a page up looks there, and nobody else can mend it
    console.warn(text);
  }
  return error;
}

export async function diagnose(serverUrl: string, cause: CallError): Promise<CallError> {
  if (cause.code !== 'SIGNAL_UNREACHABLE') return withHint(cause, serverUrl);
  const base = new URL(serverUrl.endsWith('/') ? serverUrl : `${serverUrl}/`);
  const health = await get(new URL('healthz', base));
  if (!health) return (await answers(base)) ? notOurs(base, cause) : mixed(base, cause);
  if (health.status >= 500) return cause; // a proxy answers for a server that does not
  if (!health.ok || !health.headers.has(SERVER_HEADER)) return notOurs(base, cause);
  const answer = await get(new URL('signaling/check', base));
  const check = (await answer?.json().catch(() => null)) as Ack<CheckReply> | null | undefined;
  if (check?.ok === false) return withHint(CallError.fromWire(check.error), serverUrl);
  return new CallError('SIGNAL_BLOCKED', { cause, retryable: true });
}

function withHint(error: CallError, serverUrl: string): CallError {
  if (error.code !== 'ORIGIN_NOT_ALLOWED' || error.hint.includes(location.origin)) return error;
  return new CallError(error.code, {
    message: error.message,
    hint: `Add ${location.origin} to ALLOWED_ORIGINS of ${new URL(serverUrl).origin}.`,
    cause: error,
  });
}

/** A CDN the script was loaded from, the page's own web server, a proxy that knows only some of our addresses. */
function notOurs({ href }: URL, cause: CallError): CallError {
  const message = `What answers at ${href} is no webrtc-elements server.`;
  const hint =
    'An element talks to where its script came from: say server-url="https://calls.example.org" where that is elsewhere, and let a proxy pass everything under that address on.';
  return new CallError('SIGNAL_UNREACHABLE', { message, hint, cause, retryable: true });
}

function mixed({ protocol, hostname, href }: URL, cause: CallError): CallError {
  const local = hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
  if (location.protocol !== 'https:' || protocol !== 'http:' || local) return cause;
  const message = `This page came over https, so the browser lets it ask nothing of ${href}.`;
  return new CallError('SIGNAL_UNREACHABLE', { message, hint: 'Give the server HTTPS and write https:// in server-url.', cause });
}

/** Null: nothing came back that this page may read. */
function get(url: URL): Promise<Response | null> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  return fetch(url, { cache: 'no-store', credentials: 'omit', signal }).catch(() => null);
}

/** An opaque answer is one: something is there, but not for us. */
async function answers(base: URL): Promise<boolean> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  return fetch(base, { mode: 'no-cors', cache: 'no-store', credentials: 'omit', signal }).then(
    () => true,
    () => false,
  );
}
