/** The key that lets a restarted server recognise its own resume tokens. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { Claims } from '../../server/rooms/claims.js';
import { ownSessionKey } from '../../server/start/session-key.js';

describe('the session key', () => {
  const folder = mkdtempSync(join(tmpdir(), 'webrtc-elements-key-'));
  after(() => rmSync(folder, { recursive: true }));

  it('is made once, kept for the owner only, and the same after a restart', async () => {
    const first = await ownSessionKey(join(folder, 'kept'));
    assert.equal(first?.length, 32);
    assert.deepEqual(await ownSessionKey(join(folder, 'kept')), first);
    assert.equal(statSync(join(folder, 'kept', 'session.key')).mode & 0o777, 0o600);
  });

  it('is made anew when what is kept is no key', async () => {
    await ownSessionKey(join(folder, 'broken'));
    writeFileSync(join(folder, 'broken', 'session.key'), 'short');
    assert.equal((await ownSessionKey(join(folder, 'broken')))?.length, 32);
  });

  it('is missing where nothing can be written, and that is no reason not to start', async () => {
    writeFileSync(join(folder, 'file'), '');
    assert.equal(await ownSessionKey(join(folder, 'file', 'below')), undefined);
  });
});

describe('a resume token', () => {
  const owner = { room: 'standup', participantId: 'p'.repeat(22) };
  const times = { since: 1_790_000_000_000, expiresAt: 1_790_000_060_000 };
  const host = { sequence: 3, ...times, rights: { role: 'host', name: 'Ada ~ Łódź' } };
  const claims = new Claims(new Uint8Array(32).fill(7));

  it('describes its seat to whoever has the key, also to another process', () => {
    for (const seat of [host, { sequence: 12, ...times }]) {
      const token = claims.begin();
      const sealed = claims.seal(token, owner, seat);
      assert.deepEqual(new Claims(new Uint8Array(32).fill(7)).open(sealed, owner), seat);
      assert.equal(claims.hashOf(sealed), token.hash);
    }
  });

  it('is worth nothing when it was changed, mixed from two, signed by another or cut short', () => {
    const guest = claims.seal(claims.begin(), owner, { sequence: 2, ...times });
    const [one, two] = [claims.seal(claims.begin(), owner, host), claims.seal(claims.begin(), owner, { ...host, sequence: 4 })];
    const [secret, described = '', signature] = one.split('.');
    const forgeries = [
      `${secret}.${described.replace(/^3/, '1')}.${signature}`,
      `${secret}.3.${signature}`,
      `${two.split('.')[0]}.${described}.${signature}`,
      `${guest.split('.')[0]}.${described}.${guest.split('.')[2]}`,
      new Claims(new Uint8Array(32).fill(8)).seal(claims.begin(), owner, host),
      secret ?? '',
      `${secret}.${described}`,
      `${secret}.${described}.`,
      '',
      '..',
      '\0',
    ];
    for (const forgery of forgeries) assert.equal(claims.open(forgery, owner), undefined, forgery);
  });

  it('opens no seat of another room or another participant', () => {
    const sealed = claims.seal(claims.begin(), owner, host);
    assert.equal(claims.open(sealed, { ...owner, room: 'standup2' }), undefined);
    assert.equal(claims.open(sealed, { ...owner, participantId: 'q'.repeat(22) }), undefined);
  });
});
