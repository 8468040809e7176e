import assert from 'node:assert/strict';
import { it } from 'node:test';
import { RoomStay } from '../../components/core/room-stay.js';
import { SILENT_LOGGER } from '../../components/core/logger.js';
import { INITIAL_STATE } from '../../components/core/call-state.js';
import { Talk } from '../../components/core/talk/talk.js';
import { DEFAULT_TIMINGS } from '../../components/core/timings.js';
import { FakeSignaling, FakeTransport } from '../../components/testing/index.js';

it('a server that restarts again begins the wait for the others anew', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const line = new FakeSignaling();
  const stay = new RoomStay(line.reply(), {
    line,
    logger: SILENT_LOGGER,
    timings: DEFAULT_TIMINGS,
    createTransport: (context) => new FakeTransport(context),
    doorstep: null,
    createTalker: (context) => new Talk(context),
    state: () => INITIAL_STATE,
    options: () => ({ iceServers: null, iceTransportPolicy: 'all' }) as never,
    fact: () => undefined,
    warn: () => undefined,
  });
  const gone: string[] = [];
  stay.awaitReturn(['ben'], 30_000, (id) => gone.push(id));
  stay.returned('ben');
  t.mock.timers.tick(29_000);
  stay.awaitReturn(['ben', 'cleo'], 30_000, (id) => gone.push(id));
  t.mock.timers.tick(29_000);
  assert.deepEqual(gone, [], 'nobody is late yet');
  stay.returned('ben');
  t.mock.timers.tick(1_000);
  assert.deepEqual(gone, ['cleo']);
});
