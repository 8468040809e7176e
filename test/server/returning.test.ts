/** Coming back without a seat: the return claim opens a new one, for as long as it should and for nobody else. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JoinRequest } from '../../server/protocol/schemas.js';
import { codeOf, joinRequest, ok, withServer, type Member, type RunningServer } from '../support/server.js';
import { TOKEN_MODE, tokenFor } from '../support/tokens.js';
import { until } from '../support/until.js';

const returnTokenOf = ({ reply }: Member): string => reply.returnToken ?? assert.fail('no return token');

const ask = async (server: RunningServer, room: string, more: Partial<JoinRequest>) =>
  server.connect({ join: joinRequest(room, more) }).next('join-result');

describe('a return claim', () => {
  it('opens a new seat after the old one is gone, as the same person with the same rights', () =>
    withServer(
      async (server) => {
        const stays = await server.join('room', { token: await tokenFor('room') });
        const token = await tokenFor('room', { sub: 'ada', name: 'Ada', role: 'moderator' });
        const lost = await server.join('room', { token });
        lost.client.cut();
        await stays.client.next('participant-left', ({ participantId }) => participantId === lost.id);
        const { self, grants, resumed } = ok(await ask(server, 'room', { token, returnToken: returnTokenOf(lost) }));
        assert.deepEqual([self.externalId, self.displayName, self.role], ['ada', 'Ada', 'moderator']);
        assert.equal(grants?.moderate, true);
        assert.notEqual(self.id, lost.id);
        assert.ok(self.sequence > lost.reply.self.sequence, 'no place in the order');
        assert.equal(resumed, false);
      },
      TOKEN_MODE,
      { timings: { graceMs: 50, awayAfterMs: 10 } },
    ));

  it('opens the room again after leaving, also when the token has expired', () =>
    withServer(
      async (server) => {
        const exp = Math.floor(Date.now() / 1_000) + 4;
        const token = await tokenFor('room', { exp });
        const member = await server.join('room', { token });
        ok(await member.client.ask('leave', {}));
        await until('the end of the token', () => Date.now() / 1_000 > exp);
        assert.equal(codeOf(await ask(server, 'room', { token })), 'TOKEN_EXPIRED');
        assert.equal(codeOf(await ask(server, 'room', { token, returnToken: returnTokenOf(member) })), 'ok');
      },
      TOKEN_MODE,
      { timings: { tokenToleranceMs: 0 } },
    ));

  it('is of one room, and of our making', () =>
    withServer(async (server) => {
      const member = await server.join('room', { token: await tokenFor('room') });
      const good = returnTokenOf(member);
      const [said = '', signature = ''] = good.split('.');
      const claim = JSON.parse(Buffer.from(said, 'base64url').toString()) as { rights: { role: string } };
      claim.rights.role = 'host';
      const forged = `${Buffer.from(JSON.stringify(claim)).toString('base64url')}.${signature}`;
      assert.equal(codeOf(await ask(server, 'other', { returnToken: good })), 'UNAUTHENTICATED');
      for (const returnToken of [forged, `${said}.`, said, '.', 'x', member.reply.resumeToken])
        assert.equal(codeOf(await ask(server, 'room', { returnToken })), 'UNAUTHENTICATED');
      assert.equal(codeOf(await ask(server, 'room', { resume: { participantId: member.id, token: good } })), 'SESSION_INVALID');
    }, TOKEN_MODE));

  it('lives from the first join, however often somebody comes back', () =>
    withServer(
      async (server) => {
        const first = await server.join('room', { token: await tokenFor('room') });
        const began = performance.now();
        await until('some time', () => performance.now() - began > 300);
        const second = await server.join('room', { returnToken: returnTokenOf(first) });
        assert.ok((second.reply.returnForMs ?? 0) <= 2_000 - 300, 'it does not begin anew');
        await until('the end', () => performance.now() - began > 2_000);
        for (const member of [first, second])
          assert.equal(codeOf(await ask(server, 'room', { returnToken: returnTokenOf(member) })), 'UNAUTHENTICATED');
      },
      TOKEN_MODE,
      { timings: { returnMs: 2_000 } },
    ));

  it('is not handed out where the operator wants none', () =>
    withServer(
      async (server) => {
        const { reply } = await server.join('room', { token: await tokenFor('room') });
        assert.equal(reply.returnToken, undefined);
      },
      { ...TOKEN_MODE, returnMs: 0 },
    ));

  it('ends with a kick, also where nobody is kept out for longer, and a new token of the site opens again', () =>
    withServer(
      async (server) => {
        const host = await server.join('room', { token: await tokenFor('room', { role: 'host' }) });
        const sent = await server.join('room', { token: await tokenFor('room', { sub: 'ben' }) });
        ok(await host.client.ask('kick', { participantId: sent.id }));
        assert.equal(codeOf(await ask(server, 'room', { returnToken: returnTokenOf(sent) })), 'FORBIDDEN');
        const token = await tokenFor('room', { sub: 'ben' });
        assert.equal(codeOf(await ask(server, 'room', { token, returnToken: returnTokenOf(sent) })), 'ok');
      },
      { ...TOKEN_MODE, banMs: 0 },
    ));

  it('does not walk back in by itself after a kick, without tokens neither', () =>
    withServer(
      async (server) => {
        const host = await server.join('open', { token: await tokenFor('open', { role: 'host' }) });
        const guest = await server.join('open');
        guest.client.cut();
        ok(await host.client.ask('kick', { participantId: guest.id }));
        const back = { returnToken: returnTokenOf(guest), automatic: true } as const;
        assert.equal(codeOf(await ask(server, 'open', back)), 'FORBIDDEN');
      },
      { ...TOKEN_MODE, authMode: 'open' },
    ));

  for (const authMode of ['token', 'open'] as const) {
    it(`takes who lost their seat into a room that was locked since, and nobody who left (${authMode} mode)`, () =>
      withServer(
        async (server) => {
          const person = async () => server.join('room', authMode === 'token' ? { token: await tokenFor('room') } : {});
          const host = await server.join('room', { token: await tokenFor('room', { role: 'host' }) });
          const [left, lost] = [await person(), await person()];
          ok(await left.client.ask('leave', {}));
          lost.client.cut();
          await host.client.next('participant-left', ({ participantId }) => participantId === lost.id);
          ok(await host.client.ask('lock', { locked: true }));
          assert.equal(codeOf(await ask(server, 'room', { returnToken: returnTokenOf(left) })), 'ROOM_LOCKED');
          assert.equal(codeOf(await ask(server, 'room', { returnToken: returnTokenOf(lost) })), 'ok');
        },
        { ...TOKEN_MODE, authMode },
        { timings: { graceMs: 50, awayAfterMs: 10 } },
      ));
  }

  it('does not push out the same person on a newer device by itself, and does when they ask for it', () =>
    withServer(
      async (server) => {
        const witness = await server.join('room', { token: await tokenFor('room') });
        const phone = await server.join('room', { token: await tokenFor('room', { sub: 'ada' }) });
        phone.client.cut();
        await witness.client.next('participant-left', ({ participantId }) => participantId === phone.id);
        const laptop = await server.join('room', { token: await tokenFor('room', { sub: 'ada' }) });
        const returnToken = returnTokenOf(phone);
        assert.equal(codeOf(await ask(server, 'room', { returnToken, automatic: true })), 'DUPLICATE_IDENTITY');
        assert.equal(codeOf(await ask(server, 'room', { returnToken })), 'ok');
        assert.equal((await laptop.client.next('goodbye')).reason, 'duplicate');
      },
      TOKEN_MODE,
      { timings: { graceMs: 50, awayAfterMs: 10 } },
    ));

  it('lets somebody at the door see who is inside', () =>
    withServer(async (server) => {
      const member = await server.join('room', { token: await tokenFor('room') });
      const look = server.connect({ prepare: { protocol: 2, room: 'room', returnToken: returnTokenOf(member) } });
      assert.equal(ok(await look.next('room-preview')).participants, 1);
    }, TOKEN_MODE));
});

describe('a newer token of the site, during the call', () => {
  it('lengthens the time in which its owner may come back, once', () =>
    withServer(
      async (server) => {
        const member = await server.join('room', { token: await tokenFor('room', { sub: 'ada' }) });
        const began = performance.now();
        await until('some time', () => performance.now() - began > 300);
        const token = await tokenFor('room', { sub: 'ada' });
        const renewed = ok(await member.client.ask('refresh-token', { token }));
        assert.ok(renewed.returnForMs > 59_900, 'from now on');
        assert.equal(codeOf(await ask(server, 'room', { token })), 'TOKEN_REPLAYED', 'it is used up');
        ok(await member.client.ask('leave', {}));
        assert.equal(codeOf(await ask(server, 'room', { returnToken: renewed.returnToken })), 'ok');
      },
      TOKEN_MODE,
      { timings: { returnMs: 60_000 } },
    ));

  it('of somebody else or for another room changes nothing', () =>
    withServer(async (server) => {
      const member = await server.join('room', { token: await tokenFor('room', { sub: 'ada' }) });
      for (const token of [await tokenFor('room', { sub: 'ben' }), await tokenFor('other', { sub: 'ada' })])
        assert.equal(codeOf(await member.client.ask('refresh-token', { token })), 'FORBIDDEN');
      assert.equal(codeOf(await member.client.ask('refresh-token', { token: 'forged' })), 'UNAUTHENTICATED');
    }, TOKEN_MODE));
});
