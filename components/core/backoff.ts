/**
 * How long to wait before the next try: a table of delays, spread with jitter so that a restarted server is
 * not answered by everybody at once, and a sleep that ends early with a signal.
 */
import { DEFAULT_TIMINGS, type SignalingTimings } from './timings.js';

type RetryTimings = Pick<SignalingTimings, 'retryDelaysMs' | 'retryJitterMs'>;

/** `random` is 0 to 1. The very first retry has a small jitter only: for one lost line speed counts, not spreading. */
export function reconnectDelay(
  attempt: number,
  random: number = Math.random(),
  { retryDelaysMs, retryJitterMs }: RetryTimings = DEFAULT_TIMINGS.signaling,
): number {
  const base = retryDelaysMs[Math.min(attempt, retryDelaysMs.length - 1)] ?? 0;
  return base + random * (attempt === 0 ? retryJitterMs / 5 : retryJitterMs);
}

/** Resolves after the delay, or at once when the signal aborts: the caller looks at the signal. */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
