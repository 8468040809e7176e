/** One connection to a real server: whatever ends it, it can be opened again. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PROTOCOL_VERSION } from '../../server/protocol/limits.js';
import { Line } from '../../components/signaling/line.js';
import { startServer } from '../support/server.js';
import { until } from '../support/until.js';

test('a line that broke opens again, and what was asked meanwhile hears that it broke', async () => {
  const server = await startServer();
  let opened = 0;
  let lost = 0;
  const line = new Line(server.url, 5_000, {
    auth: () => ({ protocol: PROTOCOL_VERSION }),
    heard: () => undefined,
    opened: () => (opened += 1),
    lost: () => (lost += 1),
  });
  try {
    line.open();
    await until('the line', () => line.connected);
    const asked = line.request('presence', { protocol: PROTOCOL_VERSION, addresses: ['support'] }, 5_000);
    line.drop();
    await assert.rejects(asked, { code: 'SIGNAL_UNREACHABLE' });
    await until('the loss to be told', () => lost === 1);
    line.open();
    line.open(); // twice is once
    await until('the line to be back', () => line.connected);
    assert.deepEqual([opened, lost], [2, 1]);
    line.close();
    line.open();
    await until('the line after it was closed', () => line.connected);
    assert.equal(lost, 1);
  } finally {
    line.close();
    await server.close();
  }
});

test('a server that is not there is a loss each time it is tried', async () => {
  const server = await startServer();
  await server.close();
  let lost = 0;
  const line = new Line(server.url, 5_000, {
    auth: () => ({ protocol: PROTOCOL_VERSION }),
    heard: () => undefined,
    lost: () => (lost += 1),
  });
  line.open();
  await until('the first loss', () => lost === 1);
  line.open();
  await until('the second', () => lost === 2);
  line.close();
});
