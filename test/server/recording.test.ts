/** Who records is told by the server to everybody, if they may: pages are not believed. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ok, startServer, type Member, type RunningServer } from '../support/server.js';
import { TOKEN_MODE, tokenFor } from '../support/tokens.js';

const MEDIA = { microphone: true, camera: false, screen: false, screenAudio: false };
const RECORDING = { ...MEDIA, recording: true } as const;

describe('a recording', () => {
  let server: RunningServer;
  before(async () => (server = await startServer({ ...TOKEN_MODE, maxParticipants: 6 })));
  after(() => server.close());
  const enter = async (room: string, more: Readonly<Record<string, unknown>> = {}): Promise<Member> =>
    server.join(room, { token: await tokenFor(room, more) });

  it('is told to all, to those who come later at once, and when it ends', async () => {
    const ana = await enter('told', { grants: { record: true } });
    const ben = await enter('told');
    assert.equal(ok(await ana.client.ask('update', { media: RECORDING })).media.recording, true);
    const heard = await ben.client.next('participant-updated', ({ participant }) => participant.media.recording === true);
    assert.equal(heard.participant.id, ana.id);
    const cleo = await enter('told');
    assert.deepEqual(
      cleo.reply.roster.participants.filter(({ media }) => media.recording).map(({ id }) => id),
      [ana.id],
    );
    assert.equal(ok(await ana.client.ask('update', { media: MEDIA })).media.recording, undefined);
    await ben.client.next('participant-updated', ({ participant }) => participant.media.recording === undefined);
  });

  it('is not told of somebody whose token does not grant it: their page is not believed', async () => {
    const guest = await enter('barred');
    assert.equal(guest.reply.grants?.record, false);
    assert.equal(ok(await guest.client.ask('update', { media: RECORDING })).media.recording, undefined);
    const late = await enter('barred');
    assert.equal(late.reply.roster.participants[0]?.media.recording, undefined);
  });
});
