/** The WordPress plugin, as far as it can be known without WordPress: PHP reads it, and what it makes of what authors write. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const PLUGIN = fileURLToPath(new URL('../../integrations/wordpress/webrtc-elements/', import.meta.url));
const STUBS = fileURLToPath(new URL('wordpress-stubs.php', import.meta.url));
const SERVER = 'https://calls.example.org';
const hasPhp = spawnSync('php', ['--version'], { timeout: 10_000 }).status === 0;
const skip = !hasPhp && 'no php on this machine';

interface Seen {
  readonly shortcode: string;
  readonly wrong: string;
  readonly none: string;
  readonly block: string;
  readonly kses: readonly string[];
  readonly embedded: Readonly<Record<string, string | null>>;
  readonly modules: readonly string[];
  readonly addresses: readonly string[];
}

const run = (server = SERVER): Seen =>
  JSON.parse(
    execFileSync('php', [STUBS, join(PLUGIN, 'webrtc-elements.php')], {
      encoding: 'utf8',
      env: { ...process.env, SERVER: server },
    }),
  ) as Seen;

describe('the WordPress plugin', () => {
  it('is PHP', { skip }, () => {
    const files = readdirSync(PLUGIN, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.php'));
    assert.ok(files.length >= 3);
    for (const file of files) {
      const { status, stdout } = spawnSync('php', ['-l', join(PLUGIN, file)], { encoding: 'utf8' });
      assert.equal(status, 0, stdout);
    }
  });

  it('makes an element of shortcode, block and link, on the server of the administrator', { skip }, () => {
    const { shortcode, block, embedded, modules } = run();
    assert.equal(
      shortcode,
      `<webrtc-room room="standup" server-url="${SERVER}" display-name="&quot;&gt;&lt;script&gt;"><a href="${SERVER}/r/standup">Join the call</a></webrtc-room>`,
    );
    assert.match(block, /^<div class="wp-block-webrtc-room"><webrtc-room room="standup" [^>]* layout="grid">/);
    assert.match(embedded['/r/standup'] ?? '', /^<webrtc-room room="standup"/);
    assert.match(embedded['/r/standup#embed'] ?? '', /^<webrtc-room room="standup"/);
    assert.deepEqual([embedded['/r/a/b'], embedded['.evil.example/r/standup']], [null, null]);
    assert.deepEqual(modules, [`${SERVER}/webrtc-elements.js`]);
  });

  it('lets an author neither choose the server nor skip the door', { skip }, () => {
    const { kses, wrong } = run();
    assert.ok(kses.includes('room'));
    for (const name of ['server-url', 'token', 'autojoin', 'prejoin', 'onclick']) assert.ok(!kses.includes(name), name);
    assert.match(wrong, /^<p><em>Video call: a room is named/);
  });

  it('says what is missing while no server is set', { skip }, () => assert.match(run('').none, /set the address of your server/));

  it('keeps the origin of an address, and nothing that is none', { skip }, () =>
    assert.deepEqual(run().addresses, [SERVER, SERVER, SERVER, 'http://10.0.0.5:8080', '']),
  );

  it('has a block whose script names what it registers', () => {
    const { name } = JSON.parse(readFileSync(join(PLUGIN, 'block/block.json'), 'utf8')) as { name: string };
    assert.ok(readFileSync(join(PLUGIN, 'block/editor.js'), 'utf8').includes(`registerBlockType('${name}'`));
  });
});
