/**
 * A server in a process of its own that can be asked how much memory it holds. Its limits are wide, so
 * that a fuzzing client reaches the handlers instead of being sent away at the twentieth mistake.
 */
import { createApp } from '../../server/app.js';
import { DEFAULT_CONFIG } from '../../server/config.js';
import { DEFAULT_LIMITS, RATE_KINDS } from '../../server/limits.js';

const MANY = 1_000_000;

const rates = Object.fromEntries(RATE_KINDS.map((kind) => [kind, { burst: MANY, perSecond: MANY }]));
const app = await createApp(
  { ...DEFAULT_CONFIG, logLevel: 'silent', maxParticipants: 50, turn: { urls: ['turn:relay.test'], secret: 'x'.repeat(32) } },
  {
    limits: {
      ...DEFAULT_LIMITS,
      strikes: MANY,
      refusals: MANY,
      ringsPerCalleePerMinute: MANY,
      ringsPerPairPerMinute: MANY,
      ringsPerConnection: 50,
      rates: rates as (typeof DEFAULT_LIMITS)['rates'],
    },
    timings: { ringKeptMs: 200, calleeReturnMs: 200, graceMs: 500, awayAfterMs: 100, emptyRoomMs: 200, joinDeadlineMs: 5_000 },
  },
);
await app.listen({ port: 0, host: '127.0.0.1' });

process.on('message', (question) => {
  if (question !== 'memory') return;
  for (let count = 0; count < 4; count += 1) globalThis.gc?.();
  process.send?.({ memory: process.memoryUsage() });
});
process.on('disconnect', () => process.exit());
process.send?.({ port: (app.server.address() as { readonly port: number }).port });
