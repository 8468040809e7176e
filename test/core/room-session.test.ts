import assert from 'node:assert/strict';
import { it } from 'node:test';
import { RequestedVideo, RoomSession } from '../../components/core/room-session.js';
import { SILENT } from '../../components/core/participant.js';
import { SILENT_LOGGER } from '../../components/core/logger.js';
import { INITIAL_STATE } from '../../components/core/call-state.js';
import { PeerMessaging } from '../../components/core/messaging/peer-messaging.js';
import { DEFAULT_TIMINGS } from '../../components/core/timings.js';
import { FakeSignaling, FakeTransport } from '../../components/testing/index.js';

it('a server that restarts again begins the wait for the others anew', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const signaling = new FakeSignaling();
  const session = new RoomSession(signaling.reply(), {
    signaling,
    logger: SILENT_LOGGER,
    timings: DEFAULT_TIMINGS,
    createTransport: (kind, context, events) => new FakeTransport(kind, context, events),
    earlyConnections: null,
    createMessaging: (context) => new PeerMessaging(context),
    requestedVideo: new RequestedVideo(),
    state: () => INITIAL_STATE,
    options: () => ({ iceServers: null, iceTransportPolicy: 'all' }) as never,
    mediaState: () => SILENT,
    fact: () => undefined,
    warn: () => undefined,
  });
  const gone: string[] = [];
  session.awaitReturns(['ben'], 30_000, (id) => gone.push(id));
  session.returned('ben');
  t.mock.timers.tick(29_000);
  session.awaitReturns(['ben', 'cleo'], 30_000, (id) => gone.push(id));
  t.mock.timers.tick(29_000);
  assert.deepEqual(gone, [], 'nobody is late yet');
  session.returned('ben');
  t.mock.timers.tick(1_000);
  assert.deepEqual(gone, ['cleo']);
});
