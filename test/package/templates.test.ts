/** The typings for templates: what is right compiles, what is wrong does not, in React, Vue and Svelte. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { ROOT, packageJson } from './package.js';

let folder: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'webrtc-elements-templates-'));
  const dependencies = { vue: '^3.5.0', svelte: '^5.0.0', '@types/react': '^19.0.0' };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module', dependencies }));
  const npm = spawnSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 60_000,
  });
  assert.equal(npm.status, 0, npm.stderr);
  // A copy would do, too: what it names of dist/ is beside it.
  mkdirSync(join(folder, 'node_modules', packageJson.name));
  for (const part of ['package.json', 'types', 'dist'])
    symlinkSync(join(ROOT, part), join(folder, 'node_modules', packageJson.name, part));
});
after(() => rmSync(folder, { recursive: true, force: true }));

function compile(file: string, code: string): string {
  writeFileSync(join(folder, file), code);
  const compilerOptions = {
    strict: true,
    noEmit: true,
    target: 'es2022',
    module: 'esnext',
    moduleResolution: 'bundler',
    jsx: 'react-jsx',
    lib: ['es2022', 'dom', 'dom.iterable'],
    types: [],
    preserveSymlinks: true,
    skipLibCheck: true,
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [file] }));
  return spawnSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', folder], { encoding: 'utf8' }).stdout;
}

describe('the typings for templates', () => {
  test('React', () => {
    const code = `/// <reference types="webrtc-elements/types/react" />
import { useRef } from 'react';
export function Call() {
  const room = useRef<HTMLElementTagNameMap['webrtc-room']>(null);
  return (
    <webrtc-room ref={room} room="standup" layout="grid" autojoin className="call" key="a"
      oncall-joined={({ detail }) => detail.participantId satisfies string}>
      <webrtc-controls slot="controls" />
    </webrtc-room>
  );
}
// @ts-expect-error -- there is no such layout
export const wrong = <webrtc-room layout="pyramid" />;
// @ts-expect-error -- there is no such attribute
export const unknown = <webrtc-room rooms="x" />;
`;
    assert.equal(compile('user.tsx', code), '');
  });

  test('Vue', () => {
    const code = `/// <reference types="webrtc-elements/types/vue" />
import type { GlobalComponents } from 'vue';
type Props = InstanceType<GlobalComponents['webrtc-room']>['$props'];
export const right: Props = { room: 'standup', layout: 'grid', displayName: 'Ana', 'display-name': 'Ana', onCallJoined: ({ detail }) => void (detail.participantId satisfies string) };
// @ts-expect-error -- there is no such layout
export const wrong: Props = { layout: 'pyramid' };
`;
    assert.equal(compile('user-vue.ts', code), '');
  });

  test('Svelte', () => {
    const code = `/// <reference types="webrtc-elements/types/svelte" />
import type { SvelteHTMLElements } from 'svelte/elements';
type Props = SvelteHTMLElements['webrtc-room'];
export const right: Props = { room: 'standup', layout: 'grid', class: 'call', 'oncall-joined': ({ detail }) => void (detail.participantId satisfies string) };
// @ts-expect-error -- there is no such layout
export const wrong: Props = { layout: 'pyramid' };
`;
    assert.equal(compile('user-svelte.ts', code), '');
  });
});
