/** Tells "the server is not there" from "something between us lets no WebSocket through". */
import { abortable } from '../core/abort.js';
import { CallError } from '../core/call-error.js';

/** A visitor waits for the word; what has not answered by then does not let much through. */
const PATIENCE_MS = 5_000;

/** An opaque answer is answer enough: it needs no CORS, and says that HTTP gets through. */
export async function whyUnreachable(serverUrl: string, cause: CallError): Promise<CallError> {
  if (cause.code !== 'SIGNAL_UNREACHABLE') return cause;
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const asked = fetch(new URL('healthz', serverUrl.endsWith('/') ? serverUrl : `${serverUrl}/`), {
      mode: 'no-cors',
      cache: 'no-store',
      credentials: 'omit',
      signal,
    });
    await abortable(asked, signal);
    return new CallError('SIGNAL_BLOCKED', { cause, retryable: true });
  } catch {
    return cause;
  }
}
