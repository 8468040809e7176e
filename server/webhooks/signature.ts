/**
 * Signs what is sent to the host site, and checks it there: `verifyWebhook` is exported from the
 * package, and its few lines are the description for other languages (docs/rest.md).
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

export const SIGNATURE_HEADER = 'webrtc-signature';
const FORMAT = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/;
const DEFAULT_TOLERANCE_SECONDS = 300;

/** `t=<seconds>,v1=<hex of HMAC-SHA256(secret, "<seconds>.<body>")>` */
export function signWebhook(body: string | Uint8Array, secret: string, now: number = Date.now()): string {
  const seconds = Math.floor(now / 1_000);
  return `t=${seconds},v1=${hmac(secret, seconds, body).toString('hex')}`;
}

export interface VerifyOptions {
  /** The body as it came, before any parsing. */
  readonly body: string | Uint8Array;
  /** The header `webrtc-signature`. */
  readonly signature: string | undefined;
  readonly secret: string;
  /** Older ones are refused, so that nobody can send a recorded one again much later. 300 if not given. */
  readonly toleranceSeconds?: number;
  /** Milliseconds since 1970. */
  readonly now?: number;
}

/** Whether a request was sent by your server, a moment ago, as it is. */
export function verifyWebhook(options: VerifyOptions): boolean {
  const { body, signature, secret, toleranceSeconds = DEFAULT_TOLERANCE_SECONDS, now = Date.now() } = options;
  const [, time, digest] = FORMAT.exec(signature ?? '') ?? [];
  if (time === undefined || digest === undefined) return false;
  if (Math.abs(now / 1_000 - Number(time)) > toleranceSeconds) return false;
  return timingSafeEqual(hmac(secret, Number(time), body), Buffer.from(digest, 'hex'));
}

function hmac(secret: string, seconds: number, body: string | Uint8Array): Buffer {
  return createHmac('sha256', secret).update(`${seconds}.`).update(body).digest();
}
