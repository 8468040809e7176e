/** How lines end: when the server stops, when a client does not read, when one never speaks. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, it } from 'node:test';
import { createApp } from '../../server/app.js';
import { DEFAULT_CONFIG } from '../../server/config.js';
import { watchQueue } from '../../server/signaling/slow-consumer.js';
import { codeOf, ok, startServer, TestClient } from '../support/server.js';

describe('closing the server', () => {
  it('tells everybody and takes less than a second, however many are connected', async () => {
    const server = await startServer();
    const members = await Promise.all(Array.from({ length: 6 }, (_, index) => server.join(`room-${index % 2}`)));
    const waiting = server.connect({ prepare: { protocol: 2, room: 'room-0' } });
    ok(await waiting.next('room-preview'));
    const started = performance.now();
    const closed = server.close();
    // The harness disconnects its clients first; what they hear before that is what counts.
    await closed;
    assert.ok(performance.now() - started < 1_000);
    assert.equal(members.length, 6);
  });

  it('says goodbye before the line goes', async () => {
    const app = await createApp({ ...DEFAULT_CONFIG, logLevel: 'silent' });
    const url = await app.listen({ port: 0, host: '127.0.0.1' });
    const client = new TestClient(url, { protocol: 2 }, {});
    await client.next('connect');
    const started = performance.now();
    await app.close();
    assert.ok(performance.now() - started < 1_000);
    assert.deepEqual(await client.next('goodbye'), { code: 'SERVER_DRAINING', reason: 'server-shutdown' });
    await client.next('disconnect');
  });

  it('does not wait for connections on which nobody asks anything', async () => {
    const server = await startServer();
    const reserve = connect(server.port, '127.0.0.1');
    await once(reserve, 'connect');
    // Only when the server has it, too.
    await fetch(`${server.url}/healthz`, { headers: { connection: 'close' } });
    const ended = once(reserve.resume(), 'close');
    const started = performance.now();
    await server.close();
    assert.ok(performance.now() - started < 5_000);
    await ended;
  });

  it('is possible without ever having listened', async () => {
    const app = await createApp({ ...DEFAULT_CONFIG, logLevel: 'silent' });
    await app.ready();
    await app.close();
  });
});

describe('a client that does not read', () => {
  const queue = (limits: { readonly queuedPackets: number; readonly queuedBytes: number }) => {
    const writeBuffer: { data?: unknown }[] = [];
    let listener: () => void = () => undefined;
    let cuts = 0;
    watchQueue({ writeBuffer, on: (_event, heard) => (listener = heard) }, limits, () => (cuts += 1));
    return {
      add: (data: string) => {
        listener();
        writeBuffer.push({ data });
      },
      cuts: () => cuts,
    };
  };

  it('is cut at so many packets, once', () => {
    const { add, cuts } = queue({ queuedPackets: 3, queuedBytes: 1_000 });
    for (let count = 0; count < 3; count += 1) add('x');
    assert.equal(cuts(), 0);
    for (let count = 0; count < 3; count += 1) add('x');
    assert.equal(cuts(), 1);
  });

  it('is cut at so many bytes', () => {
    const { add, cuts } = queue({ queuedPackets: 100, queuedBytes: 10 });
    add('xxxxxxxxxx');
    add('x');
    assert.equal(cuts(), 1);
  });

  it('loses its line over a real connection, and the room goes on', async () => {
    const server = await startServer({}, { limits: { queuedPackets: 16, queuedBytes: 65_536 }, timings: { awayAfterMs: 20 } });
    try {
      const ada = await server.join('slow');
      const deaf = await server.join('slow');
      // Below the WebSocket: bytes stay in the kernel, so the server cannot get rid of them.
      const tcp = (deaf.client.socket.io.engine.transport as unknown as { readonly ws: { readonly _socket: Socket } }).ws._socket;
      tcp.pause();
      const text = 'x'.repeat(60_000);
      const sdp = `v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=fingerprint:sha-256 ${Array.from({ length: 32 }, () => 'AB').join(':')}\r\n`;
      const padding = text
        .match(/.{2000}/g)!
        .map((part) => `a=x:${part}`)
        .join('\r\n');
      const description = { type: 'offer' as const, sdp: `${sdp}${padding}\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n` };
      const gone = ada.client.next('participant-updated', ({ participant }) => participant.presence === 'away');
      let sending = true;
      void (async () => {
        for (let count = 0; sending && count < 600; count += 1) {
          const ack = await ada.client.ask('signal', {
            id: `message-${count}`,
            to: deaf.id,
            signal: { connectionId: 'link-0001', description },
          });
          if (codeOf(ack) === 'RATE_LIMITED') await new Promise((resolve) => setTimeout(resolve, 100));
        }
      })().catch(() => undefined);
      assert.equal((await gone).participant.id, deaf.id);
      sending = false;
      tcp.destroy();
      ok(await ada.client.ask('sync', {}));
    } finally {
      await server.close();
    }
  });
});

describe('a connection that never speaks', () => {
  it('is closed', async () => {
    const server = await startServer({}, { timings: { connectTimeoutMs: 50, lingerMs: 50 } });
    try {
      const socket = connect(server.port, '127.0.0.1');
      const closed = new Promise((resolve) => socket.on('close', resolve));
      socket.resume();
      socket.write(
        'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
      );
      await closed;
    } finally {
      await server.close();
    }
  });

  it('or never answers a ping is closed', async () => {
    const server = await startServer({}, { timings: { pingIntervalMs: 40, pingTimeoutMs: 40, lingerMs: 50 } });
    try {
      const socket = connect(server.port, '127.0.0.1');
      const closed = new Promise((resolve) => socket.on('close', resolve));
      socket.resume();
      socket.write(
        'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
      );
      await closed;
    } finally {
      await server.close();
    }
  });
});
