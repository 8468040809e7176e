/** Rows 55, 59 and 60 of the faults: a handler that throws, clocks that differ, tokens that end. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MemoryRoomStore } from '../../server/rooms/memory-room-store.js';
import { DEFAULT_TIMINGS } from '../../server/timings.js';
import { codeOf, joinRequest, ok, SILENT, startServer, type RunningServer } from '../support/server.js';
import { tokenFor, TOKEN_MODE } from '../support/tokens.js';
import { until } from '../support/until.js';

const clock = (): number => Math.floor(Date.now() / 1_000);

async function serving(server: Promise<RunningServer>, task: (server: RunningServer) => Promise<void>): Promise<void> {
  const running = await server;
  try {
    await task(running);
  } finally {
    await running.close();
  }
}

const join = async (server: RunningServer, token: string): Promise<string> => {
  const client = server.connect({ join: joinRequest('room', { token }) });
  const code = codeOf(await client.next('join-result'));
  client.socket.disconnect();
  return code;
};

describe('a handler that throws', () => {
  it('row 55: is answered with INTERNAL, and everybody goes on', async () => {
    const store = new MemoryRoomStore({ ...DEFAULT_TIMINGS, settings: { waitingRoom: false } });
    let broken = true;
    const update = store.update.bind(store);
    store.update = (...args) => (broken ? Promise.reject(new Error('the disk is on fire')) : update(...args));
    await serving(startServer({}, { store }), async (server) => {
      const ana = await server.join('room');
      const ben = await server.join('room');
      assert.equal(codeOf(await ana.client.ask('update', { media: { ...SILENT, camera: true } })), 'INTERNAL');
      broken = false;
      ok(await ana.client.ask('update', { media: { ...SILENT, camera: true } }));
      const heard = await ben.client.next('participant-updated');
      assert.equal(heard.participant.media.camera, true);
      assert.equal(ok(await ben.client.ask('sync', {})).participants.length, 1);
    });
  });
});

describe('the clock of who makes the tokens', () => {
  for (const [seconds, code] of [
    [20, 'ok'],
    [-20, 'ok'],
    [60, 'TOKEN_NOT_YET_VALID'],
    [-60, 'TOKEN_EXPIRED'],
  ] as const) {
    it(`row 59: ${seconds} s off is ${code}`, async () => {
      await serving(startServer(TOKEN_MODE), async (server) => {
        const now = clock() + seconds;
        // A token for this moment only, by a clock that is off.
        assert.equal(await join(server, await tokenFor('room', { iat: now, nbf: now, exp: now + 1 })), code);
      });
    });
  }
});

describe('a token', () => {
  it('row 60: that ends during the call ends nothing', async () => {
    await serving(startServer(TOKEN_MODE, { timings: { tokenToleranceMs: 0 } }), async (server) => {
      const exp = clock() + 2;
      const ana = await server.join('room', { token: await tokenFor('room', { exp }) });
      await until('the end of the token', () => clock() > exp);
      assert.equal(await join(server, await tokenFor('room', { exp })), 'TOKEN_EXPIRED');
      ok(await ana.client.ask('sync', {}));
      const { resumeToken, self } = ana.reply;
      ana.client.cut();
      const back = await server.join('room', { resume: { participantId: self.id, token: resumeToken } });
      assert.equal(back.id, self.id);
    });
  });
});
