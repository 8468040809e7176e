/** One connection to a real server: whatever ends it, it can be opened again. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { test } from 'node:test';
import { Server } from 'socket.io';
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

/** Socket.IO that answers the upgrade of a connection when the test says so. */
async function startSlowServer(): Promise<{ url: string; held: Held[]; close(): Promise<void> }> {
  const http = createServer();
  const io = new Server(http);
  const upgrade = http.listeners('upgrade')[0] as (...given: unknown[]) => void;
  const held: Held[] = [];
  http.removeAllListeners('upgrade').on('upgrade', (...given: [IncomingMessage, Duplex, Buffer]) => {
    held.push({ socket: given[1].resume(), answer: () => upgrade(...given) }); // reading shows when the other end leaves
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    held,
    close: () => {
      for (const { socket } of held) socket.destroy();
      return io.close();
    },
  };
}

interface Held {
  readonly socket: Duplex;
  answer(): void;
}

/** Chromium writes a warning into the console of the page where a WebSocket is closed before it is open. */
test('a line closed while it is being opened ends when it is open, and the next does not wait for it', async () => {
  const server = await startSlowServer();
  const told: string[] = [];
  const line = new Line(server.url, 5_000, {
    auth: () => ({ protocol: PROTOCOL_VERSION }),
    heard: ({ event }) => told.push(event),
    opened: () => told.push('opened'),
    lost: () => told.push('lost'),
  });
  try {
    line.open();
    await until('the first to ask', () => server.held.length === 1);
    line.close();
    line.open();
    await until('the second to ask', () => server.held.length === 2);
    const [first, second] = server.held as [Held, Held];
    assert.equal(first.socket.readableEnded, false);
    second.answer();
    await until('the second to be open', () => line.connected);
    assert.equal(first.socket.readableEnded, false);
    first.answer();
    await until('the first to be gone', () => first.socket.closed);
    assert.deepEqual([told, line.connected], [['opened'], true]);
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
