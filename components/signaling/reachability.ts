/** Tells "the server is not there" from "it refuses this page" and from "something between us lets no WebSocket through". */
import type { CallError } from '../core/call-error.js';

/** The reason as well as it can be found out, said in the console for the owner of the page. Aborted is no reason. */
export async function whyUnreachable(serverUrl: string, cause: CallError): Promise<CallError> {
  if (cause.code === 'ABORTED') return cause;
  try {
    return await (await import('./explain.js')).explain(serverUrl, cause);
  } catch {
    return cause; // where this script came from nobody answers, and that is mostly the server
  }
}

/** The same without a word: more tries follow. */
export async function lookWhy(serverUrl: string, cause: CallError): Promise<CallError> {
  try {
    return await (await import('./explain.js')).diagnose(serverUrl, cause);
  } catch {
    return cause;
  }
}
