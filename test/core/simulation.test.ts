/** What `webrtc-elements/testing` promises, and the snippets of docs/testing.md. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Call } from '../../components/core/call.js';
import { FakeCall, SCENARIOS, simulateScenario } from '../../components/testing/index.js';

const path = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const page = readFileSync(path('docs/testing.md'), 'utf8');

describe('a fake call', () => {
  it('shows the trouble it is put through', () => {
    const call = new FakeCall({}, { connection: 'connected' });
    for (const scenario of SCENARIOS) simulateScenario(call, scenario);
    assert.deepEqual(call.scenarios, SCENARIOS);
    assert.equal(call.state.get().connection, 'reconnecting');
  });
});

describe('simulateScenario', () => {
  it('refuses a call that cannot simulate anything', () => {
    assert.throws(() => simulateScenario({} as Call, 'ice-failed'), /createCall/);
  });
});

describe('the page on testing', () => {
  it('names every scenario', () => {
    for (const scenario of SCENARIOS) assert.ok(page.includes(`| \`${scenario}\``), scenario);
  });

  it('has a snippet without a server that says what it promises', () => {
    const code = [...page.matchAll(/```ts\n([^]*?)```/g)].map(([, text]) => text ?? '').find((text) => text.includes('FakeCall'));
    assert.ok(code);
    const runnable = code.replace('webrtc-elements/testing', path('components/testing/index.ts'));
    const { stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', runnable], {
      cwd: path('.'),
      encoding: 'utf8',
    });
    assert.equal(stdout.trim(), 'reconnecting', stderr);
  });
});
