/** What can be said of a failure without the part that knows every reason: when that cannot be fetched, the server is mostly gone. */
import type { CallErrorCode } from '../core/call-error.js';
import type { Localize } from './localize.js';

const UNREACHABLE: ReadonlySet<string> = new Set<CallErrorCode>(['SIGNAL_UNREACHABLE', 'TIMEOUT']);

export function plainFailure(text: Localize, code: string | undefined): readonly [title: string, help: string] {
  return code && UNREACHABLE.has(code)
    ? [text.term('unreachableTitle'), text.term('unreachableHelp')]
    : [text.term('errorTitle'), text.term('errorHelp')];
}
