/** How people come into a room: in the handshake, by asking, and again after an answer was lost. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { codeOf, freshId, joinRequest, ok, SILENT, startServer, type RunningServer } from '../support/server.js';

describe('joining a room', () => {
  let server: RunningServer;
  before(async () => {
    server = await startServer({ maxParticipants: 3 });
  });
  after(() => server.close());

  it('is answered right after the handshake when the handshake asks for it', async () => {
    const { reply } = await server.join('handshake', { displayName: ' Ada  Lovelace ' });
    assert.equal(reply.self.displayName, 'Ada Lovelace');
    assert.equal(reply.self.sequence, 1);
    assert.equal(reply.self.presence, 'present');
    assert.match(reply.self.id, /^[A-Za-z0-9_-]{22}$/);
    assert.deepEqual(reply.roster, { version: 1, participants: [], settings: { locked: false, waitingRoom: false } });
    assert.deepEqual(reply.negotiation.ice, { iceServers: [] });
    assert.equal(reply.limit, 3);
    assert.equal(reply.graceMs, 30_000);
    assert.equal(reply.resumed, false);
    assert.ok(reply.resumeToken.length >= 43);
  });

  it('can be asked for after connecting', async () => {
    const client = server.connect();
    await client.next('connect');
    const reply = ok(await client.ask('join', joinRequest('asked')));
    assert.equal(reply.room, 'asked');
  });

  it('never gives the id of the socket away as the id of the participant', async () => {
    const { client, id } = await server.join('identity');
    assert.notEqual(client.socket.id, id);
  });

  it('tells those inside who came, and the newcomer who is there', async () => {
    const ada = await server.join('meeting', { displayName: 'Ada' });
    const ben = await server.join('meeting', {
      displayName: 'Ben',
      externalId: 'user-2',
      avatarUrl: 'https://example.org/b.png',
    });
    const { version, participant } = await ada.client.next('participant-joined');
    assert.equal(version, 2);
    assert.deepEqual(participant, {
      id: ben.id,
      displayName: 'Ben',
      externalId: 'user-2',
      avatarUrl: 'https://example.org/b.png',
      sequence: 2,
      presence: 'present',
      media: SILENT,
      role: 'speaker',
    });
    assert.deepEqual(
      ben.reply.roster.participants.map(({ id }) => id),
      [ada.id],
    );
    assert.equal(ben.reply.roster.version, 2);
  });

  it('is refused to one too many, who is told so and may ask again', async () => {
    const [first] = await Promise.all([server.join('small'), server.join('small'), server.join('small')]);
    const late = server.connect({ join: joinRequest('small') });
    assert.equal(codeOf(await late.next('join-result')), 'ROOM_FULL');
    ok(await first.client.ask('leave', {}));
    ok(await late.ask('join', joinRequest('small')));
  });

  it('never lets more in than the limit, however many ask at the same moment', async () => {
    const crowd = Array.from({ length: 10 }, () => server.connect({ join: joinRequest('crowd') }));
    const codes = (await Promise.all(crowd.map((client) => client.next('join-result')))).map(codeOf);
    assert.deepEqual(codes.sort(), [...Array.from({ length: 7 }, () => 'ROOM_FULL'), 'ok', 'ok', 'ok']);
  });

  it('gives the same seat to the same attempt on the same line', async () => {
    const request = joinRequest('again');
    const client = server.connect({ join: request });
    const first = ok(await client.next('join-result'));
    const second = ok(await client.ask('join', request));
    assert.equal(second.self.id, first.self.id);
    assert.equal(second.resumed, false);
    assert.deepEqual(second.roster.participants, []);
  });

  it('gives the same seat to the same attempt on a new line, when the first answer was lost', async () => {
    const request = joinRequest('lost-answer');
    const first = ok(await server.connect({ join: request }).next('join-result'));
    const again = server.connect({ join: request });
    const second = ok(await again.next('join-result'));
    assert.equal(second.self.id, first.self.id);
    assert.deepEqual(ok(await again.ask('sync', {})).participants, []);
  });

  it('is refused to a line that is in another room', async () => {
    const { client } = await server.join('one-room');
    assert.equal(codeOf(await client.ask('join', joinRequest('other-room'))), 'ALREADY_JOINED');
  });

  it('numbers newcomers on, also after everybody left', async () => {
    const first = await server.join('numbers');
    ok(await first.client.ask('leave', {}));
    const second = await server.join('numbers');
    assert.equal(second.reply.self.sequence, 2);
    assert.ok(second.reply.roster.version > first.reply.roster.version);
  });

  it('can be undone twice, and the others hear it once', async () => {
    const stays = await server.join('leaving');
    const goes = await server.join('leaving');
    ok(await goes.client.ask('leave', {}));
    ok(await goes.client.ask('leave', {}));
    const left = await stays.client.next('participant-left');
    assert.deepEqual(left, { version: 3, participantId: goes.id, reason: 'left' });
    await stays.client.ask('sync', {});
    assert.deepEqual(stays.client.heard('participant-left'), []);
    assert.equal(codeOf(await goes.client.ask('sync', {})), 'NOT_IN_ROOM');
  });

  it('lets a line that left join again', async () => {
    const { client, id } = await server.join('return');
    ok(await client.ask('leave', {}));
    assert.notEqual(ok(await client.ask('join', joinRequest('return'))).self.id, id);
  });

  for (const protocol of [undefined, 0, 1, 3, '2', null]) {
    it(`does not speak version ${JSON.stringify(protocol)} of the protocol, and says which it speaks`, async () => {
      const client = server.connect({ protocol } as never);
      const error = (await client.next('connect_error')) as { readonly data: Record<string, unknown> };
      assert.equal(error.data['code'], 'PROTOCOL_UNSUPPORTED');
      assert.equal(error.data['min'], 2);
      assert.equal(error.data['max'], 2);
    });
  }

  it('refuses a handshake with anything unknown in it', async () => {
    const client = server.connect({ role: 'host' });
    const error = (await client.next('connect_error')) as { readonly data: Record<string, unknown> };
    assert.equal(error.data['code'], 'BAD_PAYLOAD');
  });

  const rooms: readonly (readonly [unknown, string])[] = [
    ['a', 'ok'],
    ['A-b_9', 'ok'],
    ['x'.repeat(64), 'ok'],
    ['constructor', 'ok'],
    ['hasOwnProperty', 'ok'],
    ['x'.repeat(65), 'ROOM_NAME_INVALID'],
    ['', 'ROOM_NAME_INVALID'],
    ['__proto__', 'ROOM_NAME_INVALID'],
    ['-a', 'ROOM_NAME_INVALID'],
    ['../x', 'ROOM_NAME_INVALID'],
    ['a/b', 'ROOM_NAME_INVALID'],
    ['a b', 'ROOM_NAME_INVALID'],
    ['a\n', 'ROOM_NAME_INVALID'],
    ['%00', 'ROOM_NAME_INVALID'],
    ['\u0000', 'ROOM_NAME_INVALID'],
    ['😀', 'ROOM_NAME_INVALID'],
    ['rооm', 'ROOM_NAME_INVALID'],
    [{}, 'BAD_PAYLOAD'],
    [['a'], 'BAD_PAYLOAD'],
    [7, 'BAD_PAYLOAD'],
    [null, 'BAD_PAYLOAD'],
  ];
  for (const [room, code] of rooms) {
    it(`answers ${code} to the room name ${JSON.stringify(room)?.slice(0, 20)}`, async () => {
      const client = server.connect();
      await client.next('connect');
      assert.equal(codeOf(await client.askAnything('join', { ...joinRequest('x'), room, joinId: freshId('room') })), code);
    });
  }
});
