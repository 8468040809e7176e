/** The one place where elements meet the maker of calls. */
import { createCall } from '../create-call.js';
import type { Call, CallOptions } from '../core/call.js';

export type CallFactory = (options: Partial<CallOptions>) => Call;

export const defaultCallFactory: CallFactory = (options) => createCall(options);
