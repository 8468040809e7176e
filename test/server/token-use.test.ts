/** What a good token is worth: one use, one person, one seat, and the rights it names. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { codeOf, joinRequest, ok, SILENT, startServer, type Member, type RunningServer } from '../support/server.js';
import { TOKEN_MODE, tokenFor } from '../support/tokens.js';

const LIVE = { microphone: true, camera: true, screen: true, screenAudio: true };
const seconds = () => Math.floor(Date.now() / 1_000);

describe('a good room token', () => {
  let server: RunningServer;
  let witness: Member;
  before(async () => {
    server = await startServer({ ...TOKEN_MODE, maxParticipants: 50 });
    witness = await server.join('room', { token: await tokenFor('room') });
  });
  after(() => server.close());

  const attempt = async (token: string, room: string): Promise<string> => {
    const client = server.connect({ join: joinRequest(room, { token }) });
    const code = codeOf(await client.next('join-result'));
    client.socket.disconnect();
    return code;
  };

  it('is good once: not for another device, but for the same attempt again', async () => {
    const token = await tokenFor('once');
    const request = joinRequest('once', { token });
    const first = ok(await server.connect({ join: request }).next('join-result'));
    assert.equal(await attempt(token, 'once'), 'TOKEN_REPLAYED');
    const again = ok(await server.connect({ join: request }).next('join-result'));
    assert.equal(again.self.id, first.self.id);
    assert.equal(await attempt(token, 'once'), 'TOKEN_REPLAYED');
  });

  it('is good once, however many devices ask at the same moment', async () => {
    const token = await tokenFor('race');
    const codes = await Promise.all(Array.from({ length: 8 }, () => attempt(token, 'race')));
    assert.deepEqual(codes.sort(), [...Array.from({ length: 7 }, () => 'TOKEN_REPLAYED'), 'ok']);
  });

  it('is not used up by a room that was full', async () => {
    const small = await startServer({ ...TOKEN_MODE, maxParticipants: 2 });
    try {
      const [first] = [
        await small.join('full', { token: await tokenFor('full') }),
        await small.join('full', { token: await tokenFor('full') }),
      ];
      const token = await tokenFor('full');
      const late = small.connect({ join: joinRequest('full', { token }) });
      assert.equal(codeOf(await late.next('join-result')), 'ROOM_FULL');
      ok(await first.client.ask('leave', {}));
      assert.equal(codeOf(await late.ask('join', joinRequest('full', { token }))), 'ok');
    } finally {
      await small.close();
    }
  });

  it('is not needed to come back, also when it has expired meanwhile', async () => {
    const token = await tokenFor('back', { role: 'moderator', iat: seconds() - 599, exp: seconds() - 29 });
    const first = await server.join('back', { token });
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    first.client.cut();
    const resume = { participantId: first.id, token: first.reply.resumeToken };
    const back = ok(await server.connect({ join: joinRequest('back', { resume, media: LIVE }) }).next('join-result'));
    assert.equal(back.self.role, 'moderator');
    assert.equal(back.grants?.moderate, true);
  });

  it('of the same person on a new device takes the place of the older one', async () => {
    const sub = 'one-person';
    const first = await server.join('twice', { token: await tokenFor('twice', { sub }) });
    const other = await server.join('twice', { token: await tokenFor('twice') });
    const second = await server.join('twice', { token: await tokenFor('twice', { sub }) });
    assert.deepEqual(await first.client.next('goodbye'), { code: 'DUPLICATE_IDENTITY', reason: 'duplicate' });
    const left = await other.client.next('participant-left');
    assert.deepEqual([left.participantId, left.reason], [first.id, 'duplicate']);
    assert.deepEqual(
      second.reply.roster.participants.map(({ id }) => id),
      [other.id],
    );
  });

  it('does not open the seat of somebody whose attempt was overheard', async () => {
    const request = joinRequest('overheard', { token: await tokenFor('overheard', { role: 'host' }) });
    const host = ok(await server.connect({ join: request }).next('join-result'));
    const thief = ok(
      await server.connect({ join: { ...request, token: await tokenFor('overheard', { role: 'viewer' }) } }).next('join-result'),
    );
    assert.notEqual(thief.self.id, host.self.id);
    assert.equal(thief.self.role, 'viewer');
  });

  it('of a viewer sends nothing, whatever the page says', async () => {
    const viewer = await server.join('room', {
      token: await tokenFor('room', { role: 'viewer', grants: { publish: ['camera'] } }),
      media: LIVE,
    });
    assert.deepEqual(viewer.reply.self.media, SILENT);
    const { participant } = await witness.client.next('participant-joined', ({ participant: { id } }) => id === viewer.id);
    assert.deepEqual(participant.media, SILENT);
    assert.equal(participant.role, 'viewer');
    assert.deepEqual(ok(await viewer.client.ask('update', { media: LIVE })).media, SILENT);
    assert.deepEqual(viewer.reply.grants?.publish, []);
  });

  it('of somebody who may not send everything is known to all as such, because pages are not believed', async () => {
    const viewer = await server.join('told', { token: await tokenFor('told', { role: 'viewer' }) });
    const grants = { publish: ['microphone' as const], subscribe: true, chat: true, moderate: false, record: false };
    const voice = await server.join('told', { token: await tokenFor('told', { grants }) });
    const speaker = await server.join('told', { token: await tokenFor('told') });
    const told = speaker.reply.roster.participants.map(({ id, publish }) => [id, publish]);
    assert.deepEqual(told, [
      [viewer.id, []],
      [voice.id, ['microphone']],
    ]);
    assert.equal(speaker.reply.self.publish, undefined);
    assert.equal(codeOf(await viewer.client.askAnything('update', { publish: ['camera'] })), 'BAD_PAYLOAD');
  });

  it('lets send what it grants, and no more', async () => {
    const token = await tokenFor('room', { grants: { publish: ['microphone', 'screen'] } });
    const { reply } = await server.join('room', { token, media: LIVE });
    assert.deepEqual(reply.self.media, { ...LIVE, camera: false });
  });
});

describe('the door of a room that needs a token', () => {
  it('is the same everywhere for who has none, and tells who has one, without using it up', async () => {
    const server = await startServer(TOKEN_MODE);
    try {
      await server.join('busy', { token: await tokenFor('busy') });
      const token = await tokenFor('busy');
      const look = async (more: object) => {
        const client = server.connect({ prepare: { protocol: 2, room: 'busy', ...more } });
        return { client, door: ok(await client.next('room-preview')) };
      };
      for (const more of [{}, { token: 'forged' }, { token: 7 }, { token: await tokenFor('other') }])
        assert.deepEqual((await look(more)).door, { participants: 0, limit: 8, full: false });
      const { client, door } = await look({ token });
      assert.equal(door.participants, 1);
      assert.equal(codeOf(await client.ask('join', joinRequest('busy', { token }))), 'ok');
    } finally {
      await server.close();
    }
  });
});

describe('after a restart', () => {
  it('everybody is who they were, and who was sent out stays out', async () => {
    const sessionKey = randomBytes(32);
    const before = await startServer(TOKEN_MODE, { sessionKey });
    const host = await before.join('kept', { token: await tokenFor('kept', { role: 'host', name: 'Ada', sub: 'ada' }) });
    const viewer = await before.join('kept', { token: await tokenFor('kept', { role: 'viewer' }) });
    await before.close();
    const server = await startServer(TOKEN_MODE, { sessionKey });
    try {
      const back = async ({ id, reply }: Member) => {
        const resume = { participantId: id, token: reply.resumeToken };
        const client = server.connect({ join: joinRequest('kept', { resume, media: LIVE, displayName: 'Eve' }) });
        return { client, ack: await client.next('join-result') };
      };
      const [ada, seen] = [await back(host), await back(viewer)];
      const { self, grants } = ok(ada.ack);
      assert.deepEqual([self.id, self.role, self.displayName, self.externalId], [host.id, 'host', 'Ada', 'ada']);
      assert.equal(grants?.moderate, true);
      assert.deepEqual([ok(seen.ack).self.role, ok(seen.ack).self.media], ['viewer', SILENT]);
      ok(await ada.client.ask('kick', { participantId: viewer.id }));
      assert.equal(codeOf((await back(viewer)).ack), 'SESSION_INVALID', 'that token was used');
      const resume = { participantId: viewer.id, token: ok(seen.ack).resumeToken };
      const again = server.connect({ join: joinRequest('kept', { resume }) });
      assert.deepEqual(await again.next('goodbye'), { code: 'FORBIDDEN', reason: 'kicked' });
    } finally {
      await server.close();
    }
  });
});

describe('open mode', () => {
  it('needs no token: everybody is a speaker, nobody a host', async () => {
    const server = await startServer();
    try {
      const { reply, client } = await server.join('open', { token: 'whatever' });
      assert.equal(reply.self.role, 'speaker');
      assert.equal(reply.grants?.moderate, false);
      assert.equal(codeOf(await client.ask('lock', { locked: true })), 'FORBIDDEN');
    } finally {
      await server.close();
    }
  });

  it('believes a token when it knows the secret: a site can send hosts into open rooms', async () => {
    const server = await startServer({ ...TOKEN_MODE, authMode: 'open' });
    try {
      await server.join('open');
      const host = await server.join('open', { token: await tokenFor('open', { role: 'host' }) });
      assert.equal(host.reply.self.role, 'host');
      const forged = server.connect({ join: joinRequest('open', { token: 'a.b.c' }) });
      assert.equal(codeOf(await forged.next('join-result')), 'UNAUTHENTICATED');
    } finally {
      await server.close();
    }
  });
});
