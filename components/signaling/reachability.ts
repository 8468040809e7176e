/** Tells "the server is not there" from "something between us lets no WebSocket through". */
import { CallError } from '../core/call-error.js';

/** An opaque answer is answer enough: it needs no CORS, and says that HTTP gets through. */
export async function whyUnreachable(serverUrl: string, cause: CallError): Promise<CallError> {
  if (cause.code !== 'SIGNAL_UNREACHABLE') return cause;
  try {
    await fetch(new URL('healthz', serverUrl.endsWith('/') ? serverUrl : `${serverUrl}/`), {
      mode: 'no-cors',
      cache: 'no-store',
      credentials: 'omit',
    });
    return new CallError('SIGNAL_BLOCKED', { cause, retryable: true });
  } catch {
    return cause;
  }
}
