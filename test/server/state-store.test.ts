/** What outlives a restart is kept in memory, and on disk. */
import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { FileStateStore } from '../../server/file-state-store.js';
import { MemoryStateStore, type StateStore } from '../../server/state-store.js';
import { stateWarning } from '../../server/start/state-folder.js';

const folder = mkdtempSync(join(tmpdir(), 'webrtc-elements-state-'));
after(() => rmSync(folder, { recursive: true }));
let count = 0;
const newFile = (): string => join(folder, `${(count += 1)}`, 'state.jsonl');

const stores: Readonly<Record<string, (now: () => number) => Promise<StateStore>>> = {
  memory: (now) => Promise.resolve(new MemoryStateStore(now)),
  'a file': (now) => FileStateStore.open({ file: newFile(), now }),
};

for (const [name, open] of Object.entries(stores)) {
  describe(`the state store in ${name}`, () => {
    it('gives back what was set, until it expires or is deleted', async () => {
      let now = 1_000;
      const store = await open(() => now);
      await store.set('ban', 'room:sub:ben', true, 2_000);
      await store.set('room', '__proto__', { locked: true }, 5_000);
      assert.equal(await store.get('ban', 'room:sub:ben'), true);
      assert.equal(await store.get('token', 'room:sub:ben'), undefined, 'another kind is another thing');
      assert.deepEqual(await store.get('room', '__proto__'), { locked: true });
      await store.delete('room', '__proto__');
      assert.equal(await store.get('room', '__proto__'), undefined);
      now = 2_000;
      assert.equal(await store.get('ban', 'room:sub:ben'), undefined);
    });

    it('adds once: of many at the same moment one is first, the others hear what stands there', async () => {
      const store = await open(() => 0);
      const results = await Promise.all([1, 2, 3].map((by) => store.add('token', 'id', { by }, 10)));
      assert.deepEqual(results, [undefined, { by: 1 }, { by: 1 }]);
    });

    it('holds no more than it must: of one kind the oldest goes, of another nothing', async () => {
      const store = await open(() => 0);
      await store.set('ban', 'kept', true, 10);
      const many = Array.from({ length: 100_100 }, (_, i) => store.set('seat', `${i}`, true, 10));
      await Promise.all(many);
      assert.equal(await store.get('seat', '0'), undefined);
      assert.equal(await store.get('seat', '100099'), true);
      assert.equal(await store.get('ban', 'kept'), true);
    });
  });
}

describe('the state store on disk', () => {
  it('finds everything again that was acknowledged, without having been closed', async () => {
    const file = newFile();
    const first = await FileStateStore.open({ file });
    const later = Date.now() + 60_000;
    await Promise.all([
      first.set('ban', 'a\nb', true, later),
      first.add('token', 'ü ', { attempt: 'x', at: 7 }, later),
      first.set('room', 'gone', { locked: true }, later),
    ]);
    await first.delete('room', 'gone');
    await first.set('ban', 'expired', true, Date.now() - 1);
    const second = await FileStateStore.open({ file });
    assert.equal(await second.get('ban', 'a\nb'), true);
    assert.deepEqual(await second.get('token', 'ü '), { attempt: 'x', at: 7 });
    assert.equal(await second.get('room', 'gone'), undefined);
    assert.equal(await second.get('ban', 'expired'), undefined);
    assert.equal(statSync(file).mode & 0o777, 0o600, 'it is for the owner only');
  });

  it('loses nothing but a line that was cut off, whatever else stands in the file', async () => {
    const file = newFile();
    const first = await FileStateStore.open({ file });
    await first.set('ban', 'kept', true, Date.now() + 60_000);
    appendFileSync(file, 'null\n{}\n["ban"]\n["ban","odd",1,"soon"]\n["ban","cut');
    const second = await FileStateStore.open({ file });
    assert.equal(await second.get('ban', 'kept'), true);
    await second.set('ban', 'next', true, Date.now() + 60_000);
    const third = await FileStateStore.open({ file });
    assert.equal(await third.get('ban', 'next'), true);
    assert.equal(await third.get('ban', 'odd'), undefined);
  });

  it('does not grow with what is over', async () => {
    const file = newFile();
    const store = await FileStateStore.open({ file });
    for (let round = 0; round < 7; round += 1)
      await Promise.all(Array.from({ length: 1_000 }, (_, i) => store.set('seat', `${i % 10}`, round, Date.now() + 60_000)));
    assert.ok(readFileSync(file, 'utf8').split('\n').length < 2_100);
    assert.equal(await (await FileStateStore.open({ file })).get('seat', '3'), 6);
  });

  it('goes on in memory where the disk refuses, and says so once', async () => {
    const blocked = join(folder, 'blocked');
    writeFileSync(blocked, '');
    const complaints: unknown[] = [];
    const store = await FileStateStore.open({ file: join(blocked, 'state.jsonl'), failed: (error) => complaints.push(error) });
    await store.set('ban', 'one', true, Date.now() + 60_000);
    await store.set('ban', 'two', true, Date.now() + 60_000);
    assert.equal(await store.get('ban', 'two'), true);
    assert.equal(complaints.length, 1);
  });
});

describe('the place where it is kept', () => {
  const overlay = '100 50 0:40 / / rw,relatime - overlay overlay rw';
  const volume = (name: string) =>
    `${overlay}\n120 100 8:1 /var/lib/docker/volumes/${name}/_data /data rw,relatime master:1 - ext4 /dev/sda1 rw`;
  const warning = (mounts: string, inContainer = true) => stateWarning('/data/.webrtc-elements', true, { inContainer, mounts });

  it('is named when it ends with the container', () => {
    assert.match(warning(overlay) ?? '', /no volume.*-v calls:\/data/s);
    assert.match(warning(`${overlay}\n120 100 0:50 / /data rw - tmpfs tmpfs rw`) ?? '', /no volume/);
    assert.match(warning(volume('f'.repeat(64))) ?? '', /without a name/);
  });

  it('is not named when it lasts', () => {
    assert.equal(warning(volume('calls_server-data')), undefined);
    assert.equal(warning(overlay, false), undefined);
    assert.equal(warning(''), warning(overlay), 'a container that does not say what it mounts mounts nothing');
  });

  it('is named when nothing can be written there', () => {
    assert.match(stateWarning('/x', false, { inContainer: false, mounts: '' }) ?? '', /cannot be written/);
  });
});
