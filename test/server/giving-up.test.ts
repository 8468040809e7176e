/** A page that leaves before it has the answer to its join leaves nothing behind. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { codeOf, joinRequest, ok, withServer, type RunningServer } from '../support/server.js';
import { TOKEN_MODE, tokenFor } from '../support/tokens.js';

const post = async (server: RunningServer, what: string, body: unknown) => {
  const response = await fetch(`${server.url}/signaling/${what}`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: JSON.stringify(body),
  });
  return (await response.json()) as { ok: boolean; error?: { code: string } };
};

const there = async ({ client }: Awaited<ReturnType<RunningServer['join']>>) =>
  ok(await client.ask('sync', {})).participants.length;

for (const authMode of ['open', 'token'] as const) {
  const config = { ...TOKEN_MODE, authMode };
  const withToken = async () => (authMode === 'token' ? { token: await tokenFor('room') } : {});

  describe(`leaving while joining, in ${authMode} mode`, () => {
    it('frees a seat that was taken by plain HTTP and has no line yet', () =>
      withServer(async (server) => {
        const witness = await server.join('room', await withToken());
        const request = joinRequest('room', await withToken());
        assert.equal((await post(server, 'join', request)).ok, true);
        assert.equal(await there(witness), 1);
        assert.equal((await post(server, 'leave', { room: 'room', attempts: [request.joinId] })).ok, true);
        assert.equal(await there(witness), 0);
        const { reason } = await witness.client.next('participant-left');
        assert.equal(reason, 'left');
      }, config));

    it('frees a seat whose line broke before the answer was heard', () =>
      withServer(async (server) => {
        const witness = await server.join('room', await withToken());
        const request = joinRequest('room', await withToken());
        const client = server.connect({ join: request });
        await client.next('join-result');
        client.cut();
        await post(server, 'leave', { room: 'room', attempts: [request.joinId] });
        assert.equal(await there(witness), 0);
      }, config));

    it('takes no seat when the request to join arrives after it was given up', () =>
      withServer(async (server) => {
        const witness = await server.join('room', await withToken());
        const request = joinRequest('room', await withToken());
        await post(server, 'leave', { room: 'room', attempts: [request.joinId] });
        assert.equal((await post(server, 'join', request)).ok, false);
        assert.equal(codeOf(await server.connect({ join: request }).next('join-result')), 'STATE_CONFLICT');
        assert.equal(await there(witness), 0);
      }, config));

    it('lets one person join and leave thirty times without filling the room', () =>
      withServer(
        async (server) => {
          const witness = await server.join('room', await withToken());
          const token = await withToken();
          for (let round = 0; round < 30; round += 1) {
            const request = joinRequest('room', token);
            assert.equal((await post(server, 'join', request)).error?.code, undefined, `round ${round}`);
            await post(server, 'leave', { room: 'room', attempts: [request.joinId] });
          }
          assert.equal(await there(witness), 0);
        },
        { ...config, maxParticipants: 3 },
      ));
  });
}

describe('giving up', () => {
  it('is for who made the attempt: another room, another name, nonsense do nothing', () =>
    withServer(async (server) => {
      const stays = await server.join('room');
      const request = joinRequest('room');
      const other = server.connect({ join: request });
      ok(await other.next('join-result'));
      await post(server, 'leave', { room: 'elsewhere', attempts: [request.joinId] });
      await post(server, 'leave', { room: 'room', attempts: ['somebody-else'] });
      for (const body of [{}, { room: 'room' }, { room: 'room', attempts: [] }, { room: 7, attempts: ['a'] }, []])
        assert.equal((await post(server, 'leave', body)).error?.code, 'BAD_PAYLOAD');
      assert.equal((await post(server, 'leave', { room: '../x', attempts: ['whatever-1'] })).ok, false);
      assert.equal(await there(stays), 1);
    }));
});
