/** The snippets of docs/tokens.md and docs/rest.md, run as they stand there, against the server they are written for. */
import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { signWebhook } from '../../server/webhooks/signature.js';
import { startServer, type RunningServer } from '../support/server.js';
import { SECRET, TOKEN_MODE } from '../support/tokens.js';

const run = promisify(execFile);
const file = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

function snippet(document: string, language: string, having = ''): string {
  const text = readFileSync(file(document), 'utf8');
  const blocks = [...text.matchAll(new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``, 'g'))].map(([, block]) => block);
  const code = blocks.find((block) => block?.includes(having));
  assert.ok(code, `${document} has no snippet in ${language}`);
  return code;
}

/** The first of these commands that there is. */
const command = (...names: string[]) => names.find((name) => spawnSync(name, ['--version'], { timeout: 10_000 }).status === 0);
const python = command('python3', 'python');
const php = command('php');

describe('the documented way to make a token', () => {
  let server: RunningServer;
  let folder: string;
  before(async () => {
    server = await startServer(TOKEN_MODE);
    folder = await mkdtemp(join(tmpdir(), 'webrtc-elements-'));
  });
  after(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });

  const opens = async (name: string, code: string, program: string, ...args: string[]) => {
    const path = join(folder, name);
    await writeFile(path, code);
    const env = { ...process.env, ROOM_TOKEN_SECRET: SECRET };
    const { stdout } = await run(program, [...args, path], { env, timeout: 30_000 });
    const { reply } = await server.join('standup', { token: stdout.trim() });
    assert.deepEqual([reply.self.displayName, reply.self.externalId, reply.self.role], ['Ada', 'user-42', 'host']);
  };

  it('works in Node', () => {
    // The sources stand in for the package, which need not be built for this test.
    const source = pathToFileURL(file('server/index.ts')).href;
    const code = snippet('docs/tokens.md', 'js', 'webrtc-elements/server').replace('webrtc-elements/server', source);
    return opens('token.mjs', code, process.execPath, '--import', pathToFileURL(file('node_modules/tsx/dist/loader.mjs')).href);
  });

  it('works in Python', { skip: python === undefined && 'no python3 on this machine' }, () =>
    opens('token.py', snippet('docs/tokens.md', 'python'), python!),
  );

  it('works in PHP', { skip: php === undefined && 'no php on this machine' }, () =>
    opens('token.php', snippet('docs/tokens.md', 'php'), php!),
  );

  it('and to check a webhook works in Python', { skip: python === undefined && 'no python3 on this machine' }, async () => {
    const body = '{"type":"room.started"}';
    const check = `\nimport sys\nprint(verify_webhook(sys.argv[1].encode(), sys.argv[2], ${JSON.stringify(SECRET)}))\n`;
    const path = join(folder, 'webhook.py');
    await writeFile(path, snippet('docs/rest.md', 'python') + check);
    const verdict = async (text: string, signature: string) => (await run(python!, [path, text, signature])).stdout.trim();
    assert.equal(await verdict(body, signWebhook(body, SECRET)), 'True');
    assert.equal(await verdict(`${body} `, signWebhook(body, SECRET)), 'False');
    assert.equal(await verdict(body, signWebhook(body, SECRET, Date.now() - 400_000)), 'False');
  });
});
