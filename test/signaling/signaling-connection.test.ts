/** One connection to a real server: whatever ends it, it can be opened again. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { test } from 'node:test';
import { Server } from 'socket.io';
import { PROTOCOL_VERSION } from '../../server/protocol/limits.js';
import { SignalingConnection } from '../../components/signaling/signaling-connection.js';
import { startServer } from '../support/server.js';
import { until } from '../support/until.js';

test('a line that broke opens again, and what was asked meanwhile hears that it broke', async () => {
  const server = await startServer();
  let opened = 0;
  let lost = 0;
  const signaling = new SignalingConnection(server.url, 5_000, {
    auth: () => ({ protocol: PROTOCOL_VERSION }),
    onMessage: () => undefined,
    onOpen: () => (opened += 1),
    onLost: () => (lost += 1),
  });
  try {
    signaling.open();
    await until('the line', () => signaling.connected);
    const asked = signaling.request('presence', { protocol: PROTOCOL_VERSION, addresses: ['support'] }, 5_000);
    signaling.drop();
    await assert.rejects(asked, { code: 'SIGNAL_UNREACHABLE' });
    await until('the loss to be told', () => lost === 1);
    signaling.open();
    signaling.open(); // twice is once
    await until('the signaling to be back', () => signaling.connected);
    assert.deepEqual([opened, lost], [2, 1]);
    signaling.close();
    signaling.open();
    await until('the signaling after it was closed', () => signaling.connected);
    assert.equal(lost, 1);
  } finally {
    signaling.close();
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
  const signaling = new SignalingConnection(server.url, 5_000, {
    auth: () => ({ protocol: PROTOCOL_VERSION }),
    onMessage: ({ event }) => told.push(event),
    onOpen: () => told.push('opened'),
    onLost: () => told.push('lost'),
  });
  try {
    signaling.open();
    await until('the first to ask', () => server.held.length === 1);
    signaling.close();
    signaling.open();
    await until('the second to ask', () => server.held.length === 2);
    const [first, second] = server.held as [Held, Held];
    assert.equal(first.socket.readableEnded, false);
    second.answer();
    await until('the second to be open', () => signaling.connected);
    assert.equal(first.socket.readableEnded, false);
    first.answer();
    await until('the first to be gone', () => first.socket.closed);
    assert.deepEqual([told, signaling.connected], [['opened'], true]);
  } finally {
    signaling.close();
    await server.close();
  }
});

test('a server that is not there is a loss each time it is tried', async () => {
  const server = await startServer();
  await server.close();
  let lost = 0;
  const signaling = new SignalingConnection(server.url, 5_000, {
    auth: () => ({ protocol: PROTOCOL_VERSION }),
    onMessage: () => undefined,
    onLost: () => (lost += 1),
  });
  signaling.open();
  await until('the first loss', () => lost === 1);
  signaling.open();
  await until('the second', () => lost === 2);
  signaling.close();
});
