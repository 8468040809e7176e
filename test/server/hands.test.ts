/** Raised hands, and who may write in the chat: told by the server to everybody, because pages are not believed. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { codeOf, joinRequest, ok, startServer, type Member, type RunningServer } from '../support/server.js';
import { TOKEN_MODE, tokenFor } from '../support/tokens.js';

let rooms = 0;
const freshRoom = (): string => `room-${(rooms += 1)}`;

describe('a raised hand', () => {
  let server: RunningServer;
  before(async () => (server = await startServer({ ...TOKEN_MODE, maxParticipants: 6 })));
  after(() => server.close());
  const enter = async (room: string, more: Readonly<Record<string, unknown>> = {}): Promise<Member> =>
    server.join(room, { token: await tokenFor(room, more) });
  const hands = async (by: Member): Promise<readonly (number | undefined)[]> =>
    ok(await by.client.ask('sync', {})).participants.map(({ hand }) => hand);

  it('is seen by all, in the order the hands went up, by those who come later, too', async () => {
    const room = freshRoom();
    const [ana, ben, cleo] = [await enter(room), await enter(room), await enter(room)];
    assert.equal(ok(await cleo.client.ask('update', { handRaised: true })).hand, 1);
    assert.equal(ok(await ana.client.ask('update', { handRaised: true })).hand, 2);
    assert.equal(ok(await ana.client.ask('update', { handRaised: true })).hand, 2, 'raised twice is raised once');
    assert.equal(
      (await ben.client.next('participant-updated', ({ participant }) => participant.id === cleo.id)).participant.hand,
      1,
    );
    assert.deepEqual(await hands(await enter(room)), [2, undefined, 1]);
  });

  it('goes down by the same way, and up again after all others', async () => {
    const room = freshRoom();
    const [ana, ben] = [await enter(room), await enter(room)];
    ok(await ana.client.ask('update', { handRaised: true }));
    ok(await ben.client.ask('update', { handRaised: true }));
    assert.equal(ok(await ana.client.ask('update', { handRaised: false })).hand, undefined);
    assert.equal(ok(await ana.client.ask('update', { handRaised: true })).hand, 3);
  });

  it('stays up while its owner is away and comes back', async () => {
    const room = freshRoom();
    const [ana, ben] = [await enter(room), await enter(room)];
    ok(await ana.client.ask('update', { handRaised: true }));
    ana.client.cut();
    const resume = { participantId: ana.id, token: ana.reply.resumeToken };
    const back = server.connect({ join: joinRequest(room, { resume, handRaised: false }) });
    assert.equal(ok(await back.next('join-result')).self.hand, 1);
    assert.deepEqual(await hands(ben), [1]);
  });

  it('is taken down by who may moderate, and its owner hears of it', async () => {
    const room = freshRoom();
    const [host, ana, ben] = [await enter(room, { role: 'host' }), await enter(room), await enter(room)];
    ok(await ana.client.ask('update', { handRaised: true }));
    ok(await host.client.ask('lower-hand', { participantId: ana.id }));
    for (const { client } of [host, ana, ben]) {
      const { participant } = await client.next('participant-updated', (each) => each.participant.hand === undefined);
      assert.equal(participant.id, ana.id);
    }
  });

  it('of a host is not taken down by a moderator', async () => {
    const room = freshRoom();
    const [host, moderator] = [await enter(room, { role: 'host' }), await enter(room, { role: 'moderator' })];
    ok(await host.client.ask('update', { handRaised: true }));
    assert.equal(codeOf(await moderator.client.ask('lower-hand', { participantId: host.id })), 'FORBIDDEN');
    assert.deepEqual(await hands(moderator), [1]);
  });
});

describe('the chat', () => {
  it('of somebody without the right is known to all as such, whatever they say', async () => {
    const server = await startServer(TOKEN_MODE);
    const ana = await server.join('standup', { token: await tokenFor('standup') });
    const mute = await server.join('standup', {
      token: await tokenFor('standup', { grants: { publish: [], subscribe: true, chat: false, moderate: false, record: false } }),
    });
    assert.equal(mute.reply.self.chat, false);
    assert.equal((await ana.client.next('participant-joined')).participant.chat, false);
    assert.equal(ana.reply.self.chat, undefined);
    assert.equal(codeOf(await mute.client.askAnything('update', { chat: true })), 'BAD_PAYLOAD');
    await server.close();
  });

  it('is told to newcomers unless the operator says otherwise', async () => {
    for (const [chatHistory, told] of [
      [true, undefined],
      [false, false],
    ] as const) {
      const server = await startServer({ chatHistory });
      const { reply } = await server.join('standup');
      assert.equal(reply.roster.settings?.chatHistory, told);
      await server.close();
    }
  });

  it('has no event on the server', async () => {
    const server = await startServer();
    const { client } = await server.join('standup');
    for (const event of ['chat', 'chat-message', 'app-message', 'reaction'])
      assert.equal(codeOf(await client.askAnything(event, { text: 'x' })), 'UNKNOWN_EVENT');
    await server.close();
  });
});
