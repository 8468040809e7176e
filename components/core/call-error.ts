/**
 * The one error class of the page side: a stable code, a sentence for the developer, a hint
 * what to do, and what caused it. Texts a visitor sees are made from the code by the elements.
 */
import type { ErrorCode } from '../../server/protocol/error-codes.js';
import type { WireError } from '../../server/protocol/events.js';

/** Trouble that arises in the page itself; the server's codes are added to them. */
export const LOCAL_ERRORS = {
  INSECURE_CONTEXT: 'Serve the page over HTTPS or from http://localhost: browsers give no camera to other pages.',
  UNSUPPORTED_BROWSER: 'This browser has no WebRTC. Any current Chrome, Edge, Firefox or Safari has.',
  PERMISSION_DENIED: 'The visitor, the browser or the system refused the camera or microphone.',
  POLICY_BLOCKED:
    'The page may not use the device: add allow="camera; microphone; display-capture" to the iframe or change its Permissions-Policy.',
  DEVICE_IN_USE: 'Another program holds the device. Close it and try again.',
  DEVICE_NOT_FOUND: 'No such device is connected.',
  DEVICE_CONSTRAINTS: 'No device can do what was asked for.',
  EFFECT_FAILED: 'The effect could not be loaded or could not keep up. The camera or microphone goes on without it.',
  IMAGE_BLOCKED: 'A background picture must come from the page itself or from a server that allows it (CORS), and be a picture.',
  FORBIDDEN_RECORDING: 'Who runs this room does not let this person record.',
  RECORDING_FAILED: 'This browser could not record, or the file could not be written.',
  GESTURE_NEEDED:
    'The browser opens its picker only in answer to a click or a key. Call it from the event itself, before anything is awaited.',
  SCREENSHARE_CANCELLED: 'The visitor closed the picker without choosing.',
  PART_MISSING:
    'A file of the bundle could not be fetched: the line was cut, something blocks it, or the server has a newer version and the page is older. Reload the page.',
  SERVER_URL_INVALID: 'server-url is an address like "https://calls.example.org".',
  SIGNAL_UNREACHABLE:
    "The server does not answer. Check server-url, that the server runs, and that it allows this page's origin.",
  SIGNAL_BLOCKED:
    'A WebSocket to the server could not be opened although the server answers: a proxy in between blocks it, or the origin is not allowed.',
  NEGOTIATION_FAILED: 'The two browsers could not agree on a connection.',
  TOPOLOGY_UNAVAILABLE: 'Only topology="mesh" is there. The call goes on as a mesh.',
  E2EE_UNAVAILABLE: 'This call goes through a server that could see it, and e2ee="required" forbids that.',
  TIMEOUT: 'The server took too long to answer.',
  ABORTED: 'The call was left before this finished.',
  NOT_JOINED: 'Join first.',
  NO_ROOM: 'Set the room attribute.',
} as const;

export type LocalErrorCode = keyof typeof LOCAL_ERRORS;
export type CallErrorCode = LocalErrorCode | ErrorCode;

export class CallError extends Error {
  override readonly name = 'CallError';
  readonly code: CallErrorCode;
  /** What a developer can do about it; empty when there is nothing. */
  readonly hint: string;
  /** Trying again, unchanged, can help. */
  readonly retryable: boolean;
  readonly retryAfterMs: number | null;

  constructor(
    code: CallErrorCode,
    options: { message?: string; hint?: string; cause?: unknown; retryable?: boolean; retryAfterMs?: number | undefined } = {},
  ) {
    const hint = options.hint ?? (code in LOCAL_ERRORS ? LOCAL_ERRORS[code as LocalErrorCode] : '');
    super(options.message ?? (hint || code), 'cause' in options ? { cause: options.cause } : undefined);
    this.code = code;
    this.hint = hint;
    this.retryable = options.retryable ?? false;
    this.retryAfterMs = options.retryAfterMs ?? null;
  }

  /** Whatever was thrown, as one of ours. */
  static from(cause: unknown): CallError {
    return cause instanceof CallError ? cause : new CallError('INTERNAL', { cause });
  }

  static fromWire(error: WireError): CallError {
    return new CallError(error.code, {
      message: error.message,
      retryable: error.retryable,
      retryAfterMs: error.retryAfterMs,
    });
  }
}

/** What a source's capture failed with. `reason` and `blockedBy` are what the `device-error` event tells. */
export interface DeviceError {
  readonly kind: 'microphone' | 'camera' | 'screen';
  readonly reason: 'permissions' | 'in-use' | 'not-found' | 'constraints' | 'policy' | 'insecure';
  readonly blockedBy: 'user' | 'browser' | 'page' | 'system' | null;
  readonly error: CallError;
}
