/**
 * How long to wait before the next try. Two shapes: a table of delays for the signaling line
 * (spread with jitter, so that a restarted server is not met by everybody at once), and a sleep
 * that ends early with a signal.
 */

/** Milliseconds before try 0, 1, 2 …; the last one repeats. The first retry is at once: most losses are blips. */
export const RECONNECT_DELAYS_MS: readonly number[] = [0, 300, 1_200, 2_700, 4_800, 7_000];
/** Added at random, so that the clients of a restarted server come back spread. */
export const RECONNECT_JITTER_MS = 1_000;

/** `random` is 0 to 1. The very first retry has a small jitter only: for one lost line speed counts, not spreading. */
export function reconnectDelay(attempt: number, random: number = Math.random()): number {
  const base = RECONNECT_DELAYS_MS[Math.min(attempt, RECONNECT_DELAYS_MS.length - 1)] ?? 0;
  return base + random * (attempt === 0 ? RECONNECT_JITTER_MS / 5 : RECONNECT_JITTER_MS);
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
