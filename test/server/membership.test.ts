/** A seat outlives its line: coming back, being away, being given up, being taken over. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { codeOf, joinRequest, ok, SILENT, startServer, type Member, type RunningServer } from '../support/server.js';

const AWAY_MS = 60;
const GRACE_MS = 400;

describe('a seat', () => {
  let server: RunningServer;
  before(async () => {
    server = await startServer({}, { timings: { awayAfterMs: AWAY_MS, graceMs: GRACE_MS } });
  });
  after(() => server.close());

  const resume = async (member: Member, token = member.reply.resumeToken, room = member.reply.room) => {
    const client = server.connect({ join: joinRequest(room, { resume: { participantId: member.id, token } }) });
    return { client, ack: await client.next('join-result') };
  };

  it('is shown as away and then given up when its owner does not come back', async () => {
    const stays = await server.join('given-up');
    const lost = await server.join('given-up', { displayName: 'Lost' });
    lost.client.cut();
    const away = await stays.client.next('participant-updated');
    assert.equal(away.participant.id, lost.id);
    assert.equal(away.participant.presence, 'away');
    assert.equal(away.participant.displayName, 'Lost');
    const left = await stays.client.next('participant-left');
    assert.deepEqual(left, { version: away.version + 1, participantId: lost.id, reason: 'timeout' });
    assert.deepEqual(ok(await stays.client.ask('sync', {})).participants, []);
  });

  it('is taken back with the token: same id, same number, the roster as it is now', async () => {
    const stays = await server.join('taken-back');
    const lost = await server.join('taken-back', { displayName: 'Ben' });
    lost.client.cut();
    await stays.client.next('participant-updated', ({ participant }) => participant.presence === 'away');
    const { ack } = await resume(lost);
    const reply = ok(ack);
    assert.equal(reply.resumed, true);
    assert.equal(reply.self.id, lost.id);
    assert.equal(reply.self.sequence, lost.reply.self.sequence);
    assert.deepEqual(
      reply.roster.participants.map(({ id }) => id),
      [stays.id],
    );
    const back = await stays.client.next('participant-updated');
    assert.equal(back.participant.presence, 'present');
    assert.equal(back.version, reply.roster.version);
  });

  it('comes back unnoticed when its owner is quick', async () => {
    const stays = await server.join('unnoticed');
    const lost = await server.join('unnoticed');
    lost.client.cut();
    ok((await resume(lost)).ack);
    await stays.client.next('participant-joined');
    const { version } = ok(await stays.client.ask('sync', {}));
    assert.equal(version, lost.reply.roster.version);
    assert.deepEqual(stays.client.heard('participant-updated'), []);
  });

  it('counts while its owner is away: the room stays full', async () => {
    const small = await startServer({ maxParticipants: 2 });
    try {
      await small.join('full');
      const lost = await small.join('full');
      lost.client.cut();
      assert.equal(codeOf(await small.connect({ join: joinRequest('full') }).next('join-result')), 'ROOM_FULL');
    } finally {
      await small.close();
    }
  });

  it('keeps what is sent to it while its line is lost, and hands it over after the answer', async () => {
    const stays = await server.join('held');
    const lost = await server.join('held');
    lost.client.cut();
    await stays.client.next('participant-updated', ({ participant }) => participant.presence === 'away');
    const sent = { id: 'message-held', to: lost.id, signal: { connectionId: 'link-0001', videoRequests: {} } };
    ok(await stays.client.ask('signal', sent));
    const { client, ack } = await resume(lost);
    ok(ack);
    assert.deepEqual(await client.next('signal'), { from: stays.id, signal: sent.signal });
  });

  it('gives out a new token each time, and the old one is worth nothing', async () => {
    const first = await server.join('rotation');
    const { ack } = await resume(first);
    const second = ok(ack);
    assert.notEqual(second.resumeToken, first.reply.resumeToken);
    assert.equal(codeOf((await resume(first)).ack), 'SESSION_INVALID');
    assert.equal(ok((await resume(first, second.resumeToken)).ack).self.id, first.id);
  });

  it('is handed over again to the attempt whose answer was lost', async () => {
    const first = await server.join('lost-resume');
    const request = joinRequest('lost-resume', { resume: { participantId: first.id, token: first.reply.resumeToken } });
    ok(await server.connect({ join: request }).next('join-result'));
    const again = ok(await server.connect({ join: request }).next('join-result'));
    assert.equal(again.self.id, first.id);
    assert.equal(again.resumed, true);
  });

  it('goes to the newer of two lines; the older is told why it ends', async () => {
    const first = await server.join('newer');
    const witness = await server.join('newer');
    ok((await resume(first)).ack);
    assert.deepEqual(await first.client.next('goodbye'), { code: 'DUPLICATE_IDENTITY', reason: 'duplicate' });
    await first.client.next('disconnect');
    const { participants } = ok(await witness.client.ask('sync', {}));
    assert.deepEqual(
      participants.map(({ id, presence }) => [id, presence]),
      [[first.id, 'present']],
    );
  });

  it('takes what its owner brings along: the name and the media of now', async () => {
    const stays = await server.join('brings');
    const lost = await server.join('brings', { displayName: 'Old' });
    lost.client.cut();
    const media = { ...SILENT, microphone: true };
    const request = joinRequest('brings', {
      displayName: 'New',
      media,
      resume: { participantId: lost.id, token: lost.reply.resumeToken },
    });
    ok(await server.connect({ join: request }).next('join-result'));
    const { participant } = await stays.client.next(
      'participant-updated',
      ({ participant: { displayName } }) => displayName === 'New',
    );
    assert.deepEqual(participant.media, media);
  });

  it('is not given for a wrong token, a stranger id, another room, or after leaving', async () => {
    const owner = await server.join('guarded');
    const other = await server.join('guarded');
    const codes = [
      await resume(owner, 'x'.repeat(43)),
      await resume({ ...owner, id: other.id }),
      await resume({ ...owner, id: 'A'.repeat(22) }),
      await resume(owner, owner.reply.resumeToken, 'elsewhere'),
    ].map(({ ack }) => codeOf(ack));
    assert.deepEqual(
      codes,
      Array.from({ length: 4 }, () => 'SESSION_INVALID'),
    );
    ok(await owner.client.ask('leave', {}));
    assert.equal(codeOf((await resume(owner)).ack), 'SESSION_INVALID');
    // Nothing of this disturbed the owner of the other seat.
    ok(await other.client.ask('sync', {}));
  });

  it('is not given any more when the grace is over', async () => {
    const stays = await server.join('too-late');
    const lost = await server.join('too-late');
    lost.client.cut();
    await stays.client.next('participant-left');
    assert.equal(codeOf((await resume(lost)).ack), 'SESSION_INVALID');
  });

  it('can be changed by its owner, and the others hear the change', async () => {
    const stays = await server.join('changes');
    const changes = await server.join('changes', { displayName: 'Before' });
    const media = { microphone: true, camera: true, screen: false, screenAudio: false };
    const self = ok(await changes.client.ask('update', { displayName: ' After ', media }));
    assert.equal(self.displayName, 'After');
    const { participant, version } = await stays.client.next('participant-updated');
    assert.deepEqual(participant, self);
    assert.equal(version, changes.reply.roster.version + 1);
    ok(await changes.client.ask('update', { media }));
    assert.equal(ok(await stays.client.ask('sync', {})).version, version);
    assert.deepEqual(changes.client.heard('participant-updated'), []);
  });
});

describe('the door of a room', () => {
  let server: RunningServer;
  before(async () => {
    server = await startServer(
      { maxParticipants: 2 },
      { timings: { previewEveryMs: 20, joinDeadlineMs: 150, previewDeadlineMs: 300 } },
    );
  });
  after(() => server.close());

  it('tells how many are inside, and each change, and nobody hears who waits there', async () => {
    const waiting = server.connect({ prepare: { protocol: 2, room: 'door' } });
    assert.deepEqual(ok(await waiting.next('room-preview')), { participants: 0, limit: 2, full: false, hosted: false });
    const ada = await server.join('door');
    assert.deepEqual(ok(await waiting.next('room-preview')), { participants: 1, limit: 2, full: false, hosted: false });
    await server.join('door');
    assert.deepEqual(ok(await waiting.next('room-preview')), { participants: 2, limit: 2, full: true, hosted: false });
    assert.equal(ada.reply.roster.participants.length, 0);
    ok(await ada.client.ask('leave', {}));
    assert.deepEqual(ok(await waiting.next('room-preview')), { participants: 1, limit: 2, full: false, hosted: false });
  });

  it('can be asked for after connecting, and left by joining', async () => {
    const client = server.connect();
    await client.next('connect');
    assert.deepEqual(ok(await client.ask('prepare', { protocol: 2, room: 'through' })), {
      participants: 0,
      limit: 2,
      full: false,
      hosted: false,
    });
    ok(await client.ask('join', joinRequest('through')));
    await server.join('through');
    await client.next('participant-joined');
    assert.deepEqual(client.heard('room-preview'), []);
    assert.equal(codeOf(await client.ask('prepare', { protocol: 2, room: 'through' })), 'ALREADY_JOINED');
  });

  it('tells a crowd as few messages, the last of them right', async () => {
    const crowded = await startServer({ maxParticipants: 20 }, { timings: { previewEveryMs: 50 } });
    try {
      const waiting = crowded.connect({ prepare: { protocol: 2, room: 'crowd' } });
      ok(await waiting.next('room-preview'));
      await Promise.all(Array.from({ length: 20 }, () => crowded.join('crowd')));
      await waiting.next('room-preview', (door) => door.ok && door.data.full);
      assert.ok(waiting.heard('room-preview').length < 10);
    } finally {
      await crowded.close();
    }
  });

  it('tells whether the call is being recorded', async () => {
    const waiting = server.connect({ prepare: { protocol: 2, room: 'recorded' } });
    ok(await waiting.next('room-preview'));
    const { client } = await server.join('recorded');
    await waiting.next('room-preview', (door) => door.ok && door.data.participants === 1);
    const media = { microphone: false, camera: false, screen: false, screenAudio: false };
    ok(await client.ask('update', { media: { ...media, recording: true } }));
    assert.equal(ok(await waiting.next('room-preview')).recording, true);
    ok(await client.ask('update', { media }));
    assert.equal(ok(await waiting.next('room-preview')).recording, undefined);
  });

  it('refuses a bad room name', async () => {
    const client = server.connect({ prepare: { protocol: 2, room: '__proto__' } });
    assert.equal(codeOf(await client.next('room-preview')), 'ROOM_NAME_INVALID');
  });

  it('is not kept open for ever, nor is a line that asks for nothing', async () => {
    const silent = server.connect();
    const waiting = server.connect({ prepare: { protocol: 2, room: 'slow' } });
    assert.deepEqual(await silent.next('goodbye'), { code: 'IDLE', reason: 'idle' });
    assert.deepEqual(await waiting.next('goodbye'), { code: 'IDLE', reason: 'idle' });
    await waiting.next('disconnect');
  });
});
