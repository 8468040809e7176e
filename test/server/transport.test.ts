/** Below the events: handshakes nobody should send, frames nobody needs, and joining in circles. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { WebSocket } from 'ws';
import { createApp } from '../../server/app.js';
import { DEFAULT_CONFIG } from '../../server/config.js';
import { PROTOCOL_VERSION } from '../../server/protocol/limits.js';
import { codeOf, joinRequest, ok, startServer, type Member, type RunningServer } from '../support/server.js';
import { candidates, to } from '../support/signals.js';

describe('a transport', () => {
  let server: RunningServer;
  let pair: readonly [Member, Member];
  before(async () => {
    server = await startServer();
    pair = [await server.join('witness'), await server.join('witness')];
  });
  after(() => server.close());

  /** The two in the room hear each other, still. */
  const undisturbed = async (round: string) => {
    const [ada, ben] = pair;
    ok(await ada.client.ask('signal', to(ben.id, candidates(1, 'link-0001', round))));
    assert.equal((await ben.client.next('signal')).from, ada.id);
  };
  const status = (path: string, method = 'GET', body = '') =>
    new Promise<number>((resolve, reject) => {
      const outgoing = request({ port: server.port, host: '127.0.0.1', path, method }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  const open = async (): Promise<WebSocket> => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/socket.io/?EIO=4&transport=websocket`);
    await once(socket, 'open');
    return socket;
  };

  for (const [what, path, method] of [
    ['an older Engine.IO', '/socket.io/?EIO=3&transport=websocket', 'GET'],
    ['polling', '/socket.io/?EIO=4&transport=polling', 'GET'],
    ['a message by polling', '/socket.io/?EIO=4&transport=polling&sid=unknown', 'POST'],
    ['another method', '/socket.io/?EIO=4&transport=polling', 'PUT'],
    ['a prototype as transport', '/socket.io/?EIO=4&transport=__proto__', 'GET'],
    ['a prototype as session', '/socket.io/?EIO=4&transport=websocket&sid=__proto__', 'GET'],
  ] as const) {
    it(`with ${what} is refused with 400`, async () => {
      assert.equal(await status(path, method, method === 'POST' ? 'x'.repeat(200_000) : ''), 400);
      await undisturbed(what.replaceAll(' ', ''));
    });
  }

  it('row 86: carries one socket, however fast more are asked for, and not a second one after the first', async () => {
    const hello = (room: string): string => `40${JSON.stringify({ protocol: PROTOCOL_VERSION, join: joinRequest(room) })}`;
    const socket = await open();
    const closed = once(socket, 'close');
    for (let count = 0; count < 250; count += 1) socket.send(hello('crowd'));
    await closed;
    const after = await open();
    const connected = new Promise<void>((resolve) => {
      after.on('message', (data: Buffer) => {
        if (data.toString().startsWith('42["join-result"')) resolve();
      });
    });
    after.send(hello('crowd'));
    await connected;
    const ended = once(after, 'close');
    after.send('41');
    after.send(hello('crowd'));
    await ended;
    const last = await server.join('crowd');
    assert.ok(last.reply.roster.participants.length <= 1, 'the first of the 250 waits for its owner at most');
  });

  it('is never compressed, whoever asks for it', async () => {
    const socket = connect(server.port, '127.0.0.1');
    socket.write(
      'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n',
    );
    const [head] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    assert.match(head.toString(), /^HTTP\/1\.1 101 /);
    assert.doesNotMatch(head.toString(), /Sec-WebSocket-Extensions/i);
  });

  it('of a frame above 128 KiB is closed with 1009', async () => {
    const socket = await open();
    socket.send(`42${'x'.repeat(131_073)}`);
    const [code] = (await once(socket, 'close')) as [number];
    assert.equal(code, 1009);
    await undisturbed('large');
  });

  it('of a message in very many fragments is closed, and nobody else notices', async () => {
    const socket = await open();
    const closed = once(socket, 'close');
    socket.on('error', () => undefined);
    for (let count = 0; count < 150_000 && socket.readyState === WebSocket.OPEN; count += 1) {
      socket.send('x', { fin: false });
      if (count % 10_000 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await closed;
    await undisturbed('fragments');
  });

  it('that keeps a message unfinished is closed when its time is over', async () => {
    const quick = await startServer({}, { timings: { connectTimeoutMs: 100, lingerMs: 50 } });
    const socket = new WebSocket(`ws://127.0.0.1:${quick.port}/socket.io/?EIO=4&transport=websocket`);
    await once(socket, 'open');
    const closed = once(socket, 'close');
    socket.send('40', { fin: false });
    await closed;
    await quick.close();
  });

  it('of somebody who joins and leaves in circles is held back after ten times', async () => {
    const client = server.connect();
    await client.next('connect');
    const codes: string[] = [];
    for (let count = 0; count < 12; count += 1) {
      codes.push(codeOf(await client.ask('join', joinRequest('circles'))));
      await client.askAnything('leave', {});
    }
    assert.deepEqual(
      codes.slice(0, 10),
      Array.from({ length: 10 }, () => 'ok'),
    );
    assert.deepEqual(codes.slice(10), ['RATE_LIMITED', 'RATE_LIMITED']);
    await undisturbed('circles');
  });

  it('asks for ICE servers ten times a minute, on whatever line', async () => {
    const { client } = await server.join('ice-again');
    const codes: string[] = [];
    for (let count = 0; count < 11; count += 1) codes.push(codeOf(await client.ask('ice', {})));
    assert.equal(codes.filter((code) => code === 'ok').length, 10);
    assert.equal(codes.at(-1), 'RATE_LIMITED');
  });

  it('does not wait for a request that never ends', async () => {
    const app = await createApp({ ...DEFAULT_CONFIG, logLevel: 'silent' });
    await app.ready();
    // Fifteen seconds are too long for a test; that Node is told so is what counts.
    assert.equal(app.server.requestTimeout, 15_000);
    await app.close();
  });
});
