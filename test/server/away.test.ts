/** What is said to somebody whose line is away: they hear it when they come back for their seat. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { codeOf, joinRequest, ok, startServer, type Member, type RunningServer, type TestClient } from '../support/server.js';
import { TOKEN_MODE, tokenFor } from '../support/tokens.js';

const resume = ({ id, reply }: Member) => ({ resume: { participantId: id, token: reply.resumeToken } });

describe('to somebody whose line is away', () => {
  const withHost = async (test: (server: RunningServer, host: Member, ana: Member) => Promise<void>): Promise<void> => {
    const server = await startServer(TOKEN_MODE, { timings: { awayAfterMs: 1 } });
    try {
      const host = await server.join('room', { token: await tokenFor('room', { role: 'host' }) });
      const ana = await server.join('room', { token: await tokenFor('room', { sub: 'ana' }) });
      ana.client.cut();
      await host.client.next('participant-updated', ({ participant }) => participant.presence === 'away');
      await test(server, host, ana);
    } finally {
      await server.close();
    }
  };
  const comesBack = (server: RunningServer, ana: Member): TestClient =>
    server.connect({ join: joinRequest('room', resume(ana)) });

  it('that they were sent out', () =>
    withHost(async (server, host, ana) => {
      ok(await host.client.ask('kick', { participantId: ana.id }));
      assert.deepEqual(await comesBack(server, ana).next('goodbye'), { code: 'FORBIDDEN', reason: 'kicked' });
    }));

  it('that the meeting is over', () =>
    withHost(async (server, host, ana) => {
      ok(await host.client.ask('end', {}));
      assert.deepEqual(await comesBack(server, ana).next('goodbye'), { code: 'ROOM_ENDED', reason: 'ended' });
    }));

  it('that they are asked to be quiet, once they sit again', () =>
    withHost(async (server, host, ana) => {
      ok(await host.client.ask('mute-participants', { ids: [ana.id] }));
      ok(await host.client.ask('mute-participants', { ids: [ana.id], sources: ['camera'] }));
      const order: string[] = [];
      const back = comesBack(server, ana);
      back.socket.onAny((event: string) => order.push(event));
      assert.deepEqual(await back.next('mute-request'), { by: host.id, sources: ['microphone', 'camera'] });
      assert.deepEqual(order.slice(0, 2), ['join-result', 'mute-request']);
    }));

  it('but to nobody without the token of that seat', () =>
    withHost(async (server, host, ana) => {
      ok(await host.client.ask('kick', { participantId: ana.id }));
      const eve = server.connect({ join: joinRequest('room', { resume: { participantId: ana.id, token: 'guessed' } }) });
      assert.equal(codeOf(await eve.next('join-result')), 'SESSION_INVALID');
      assert.deepEqual(eve.heard('goodbye'), []);
    }));
});
