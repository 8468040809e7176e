/** A server that was killed and started again opens nothing that was shut, and shuts out nobody who was inside. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import type { ServerConfig } from '../../server/config.js';
import type { JoinRequest } from '../../server/protocol/schemas.js';
import { MemoryStateStore } from '../../server/state-store.js';
import type { Timings } from '../../server/timings.js';
import { codeOf, joinRequest, ok, startServer, type Member, type RunningServer } from '../support/server.js';
import { TOKEN_MODE, tokenFor } from '../support/tokens.js';
import { until } from '../support/until.js';

/** One run of the server after the other, with the same key and what is on disk. */
class Runs {
  readonly #sessionKey = randomBytes(32);
  readonly #state = new MemoryStateStore();
  #server: RunningServer | undefined;

  async start(timings: Partial<Timings> = {}, config: Partial<ServerConfig> = TOKEN_MODE): Promise<RunningServer> {
    await this.#server?.close();
    return (this.#server = await startServer(config, { sessionKey: this.#sessionKey, state: this.#state, timings }));
  }

  async close(): Promise<void> {
    await this.#server?.close();
  }
}

const inRuns = async (test: (runs: Runs) => Promise<void>): Promise<void> => {
  const runs = new Runs();
  try {
    await test(runs);
  } finally {
    await runs.close();
  }
};

const resumeOf = ({ id, reply }: Member) => ({ participantId: id, token: reply.resumeToken });

const attempt = async (server: RunningServer, room: string, more: Partial<JoinRequest>): Promise<string> =>
  codeOf(await server.connect({ join: joinRequest(room, more) }).next('join-result'));

describe('a server that was killed', () => {
  it('keeps out who was sent out, by seat, by token and by having been inside', () =>
    inRuns(async (runs) => {
      const first = await runs.start();
      const host = await first.join('room', { token: await tokenFor('room', { role: 'host' }) });
      const sent = await first.join('room', { token: await tokenFor('room', { sub: 'ben' }) });
      ok(await host.client.ask('kick', { participantId: sent.id }));
      const second = await runs.start();
      assert.equal(await attempt(second, 'room', { resume: resumeOf(sent) }), 'SESSION_INVALID');
      assert.equal(await attempt(second, 'room', { returnToken: sent.reply.returnToken! }), 'FORBIDDEN');
      assert.equal(await attempt(second, 'room', { token: await tokenFor('room', { sub: 'ben' }) }), 'FORBIDDEN');
    }));

  it('gives no seat back to who had left, host or not', () =>
    inRuns(async (runs) => {
      const first = await runs.start();
      await first.join('room', { token: await tokenFor('room') });
      const host = await first.join('room', { token: await tokenFor('room', { role: 'host' }) });
      ok(await host.client.ask('leave', {}));
      const second = await runs.start();
      assert.equal(await attempt(second, 'room', { resume: resumeOf(host) }), 'SESSION_INVALID');
    }));

  it('gives no seat back when nobody sat there for longer than a seat may be away', () =>
    inRuns(async (runs) => {
      const graceMs = 150;
      const first = await runs.start({ graceMs });
      const gone = await first.join('room', { token: await tokenFor('room') });
      gone.client.cut();
      await first.close();
      const since = performance.now();
      await until('the claim to expire', () => performance.now() - since > 2 * graceMs);
      const second = await runs.start({ graceMs });
      assert.equal(await attempt(second, 'room', { resume: resumeOf(gone) }), 'SESSION_INVALID');
    }));

  it('gives the seat back to who sits there, by the claim that was renewed last', () =>
    inRuns(async (runs) => {
      const graceMs = 3_000;
      const first = await runs.start({ graceMs });
      const sits = await first.join('room', { token: await tokenFor('room', { role: 'host' }) });
      let { token } = resumeOf(sits);
      for (let renewed = 0; renewed < 5; renewed += 1) {
        const { claim } = await sits.client.next('seat-renewed');
        token = `${token.split('.')[0]}.${claim}`;
      }
      const second = await runs.start({ graceMs });
      const back = second.connect({ join: joinRequest('room', { resume: { participantId: sits.id, token } }) });
      const { self } = ok(await back.next('join-result'));
      assert.deepEqual([self.id, self.role], [sits.id, 'host']);
    }));

  it('gives the same answer to the same attempt to come back, when the first one was lost', () =>
    inRuns(async (runs) => {
      const first = await runs.start();
      const member = await first.join('room', { token: await tokenFor('room') });
      const second = await runs.start();
      const request = joinRequest('room', { resume: resumeOf(member) });
      for (const time of ['first', 'second', 'third']) {
        const reply = ok(await second.connect({ join: request }).next('join-result'));
        assert.equal(reply.self.id, member.id, `the ${time} time`);
      }
      assert.equal(await attempt(second, 'room', { resume: resumeOf(member) }), 'SESSION_INVALID', 'of another attempt');
      const third = await runs.start();
      const again = ok(await third.connect({ join: request }).next('join-result'));
      assert.equal(again.self.id, member.id, 'after another restart');
    }));

  it('still has the lock and the waiting room, while those inside come back', () =>
    inRuns(async (runs) => {
      const first = await runs.start();
      const host = await first.join('locked', { token: await tokenFor('locked', { role: 'host' }) });
      ok(await host.client.ask('lock', { locked: true }));
      const keeper = await first.join('waits', { token: await tokenFor('waits', { role: 'moderator' }) });
      ok(await keeper.client.ask('waiting-room', { enabled: true }));
      const second = await runs.start();
      assert.equal(await attempt(second, 'locked', { token: await tokenFor('locked') }), 'ROOM_LOCKED');
      assert.equal(await attempt(second, 'waits', { token: await tokenFor('waits') }), 'LOBBY_WAITING');
      const back = second.connect({ join: joinRequest('locked', { resume: resumeOf(host) }) });
      assert.equal(ok(await back.next('join-result')).roster.settings?.locked, true);
      assert.equal(await attempt(second, 'locked', { token: await tokenFor('locked') }), 'ROOM_LOCKED');
      ok(await back.ask('lock', { locked: false }));
      const third = await runs.start();
      assert.equal(await attempt(third, 'locked', { token: await tokenFor('locked') }), 'ok');
    }));

  it('forgets how a room was set when nobody comes back in time', () =>
    inRuns(async (runs) => {
      const first = await runs.start();
      const host = await first.join('room', { token: await tokenFor('room', { role: 'host' }) });
      ok(await host.client.ask('lock', { locked: true }));
      const second = await runs.start({ rebuildMs: 0 });
      assert.equal(await attempt(second, 'room', { token: await tokenFor('room') }), 'ok');
    }));

  it('remembers that a call was ended for all', () =>
    inRuns(async (runs) => {
      const first = await runs.start();
      const host = await first.join('room', { token: await tokenFor('room', { role: 'host' }) });
      const guest = await first.join('room', { token: await tokenFor('room') });
      await host.client.ask('end', {});
      await guest.client.next('goodbye');
      const second = await runs.start();
      assert.equal(await attempt(second, 'room', { resume: resumeOf(guest) }), 'SESSION_INVALID');
      for (const { reply } of [guest, host])
        assert.equal(await attempt(second, 'room', { returnToken: reply.returnToken! }), 'ROOM_ENDED');
      assert.equal(await attempt(second, 'room', { token: await tokenFor('room') }), 'ok', 'the site may begin another');
    }));

  it('takes no token a second time', () =>
    inRuns(async (runs) => {
      const first = await runs.start();
      const token = await tokenFor('room');
      await first.join('room', { token });
      const second = await runs.start();
      assert.equal(await attempt(second, 'room', { token }), 'TOKEN_REPLAYED');
    }));
});
