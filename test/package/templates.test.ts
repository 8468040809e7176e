/**
 * The typings for templates: every tag with every attribute, property and event of `custom-elements.json` compiles in each
 * framework, and what an element does not have does not.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { elements } from './manifest.js';
import { PAGE, ROOT } from './package.js';

let folder: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'webrtc-elements-templates-'));
  const dependencies = { vue: '^3.5.0', svelte: '^5.0.0', preact: '^10.0.0', 'solid-js': '^1.9.0', '@types/react': '^19.0.0' };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module', dependencies }));
  const npm = spawnSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 60_000,
  });
  assert.equal(npm.status, 0, npm.stderr);
  for (const name of ['@lit', 'lit', 'lit-html', 'lit-element'])
    symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name), 'junction');
  symlinkSync(PAGE.folder, join(folder, 'node_modules', PAGE.manifest.name), 'junction');
});
after(() => rmSync(folder, { recursive: true, force: true }));

const files = new Map<string, string>();

/** One run of the compiler for all: reading the types of a page takes longer than checking what is here. */
const complaints = once(() => {
  for (const [file, code] of files) writeFileSync(join(folder, file), code);
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
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [...files.keys()] }));
  return spawnSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', folder], { encoding: 'utf8' }).stdout;
});

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** A module of a user; what the compiler says of it is asked for when all are there. */
function compiles(title: string, file: string, code: string): void {
  files.set(file, code);
  test(title, () => {
    const lines = complaints().split('\n');
    const mine = lines.filter((line) => line !== '' && (line.startsWith(`${file}(`) || !/^[\w-]+\.tsx?\(|^\s/.test(line)));
    assert.deepEqual(mine, []);
  });
}

const camel = (name: string): string => name.replace(/-(\w)/g, (_all, letter: string) => letter.toUpperCase());
const handler = (event: string): string => `on${camel(`-${event}`)}`;

interface Surface {
  readonly tag: string;
  readonly name: string;
  /** Name and a value, both as TypeScript. */
  readonly attributes: readonly (readonly [string, string])[];
  readonly properties: readonly (readonly [string, string])[];
  readonly events: readonly (readonly [string, string])[];
}

/** What all elements together can tell: events bubble. */
const events = [
  ...new Map(elements().flatMap(({ events = [] }) => events.map(({ name, type }) => [name, type?.text ?? '']))).entries(),
];

const surfaces: readonly Surface[] = elements().map(({ tagName: tag = '', name, attributes = [], members = [] }) => {
  const written = (text: string): string => /'[^']*'/.exec(text)?.[0] ?? { boolean: 'true', number: '5' }[text] ?? "'x'";
  return {
    tag,
    name,
    attributes: attributes.map(({ name, type }) => [name, written(type?.text ?? '')] as const),
    properties: members
      .filter((member) => member.kind === 'field' && !member.readonly && !member.static)
      .map((member) => [member.name, `the['${tag}'].${member.name}`] as const),
    events: events.map(([event, type]) => [event, `(event: elements.${type}) => void event`] as const),
  };
});

const PRELUDE = `import type * as elements from 'webrtc-elements/elements.js';
declare const the: HTMLElementTagNameMap;
`;
const object = (pairs: readonly (readonly [string, string])[]): string =>
  `{ ${pairs.map(([name, value]) => `'${name}': ${value}`).join(', ')} }`;
const jsx = (tag: string, pairs: readonly (readonly [string, string])[]): string =>
  `<${tag} ${pairs.map(([name, value]) => `${name}={${value}}`).join(' ')} />`;
const prefixed = (prefix: string, pairs: readonly (readonly [string, string])[]) =>
  pairs.map(([name, value]) => [`${prefix}${name}`, value] as const);

/** JSX of a tag with what its framework adds, and three ways to be wrong. */
const inJsx = (name: string, more: (surface: Surface) => readonly (readonly [string, string])[]): string =>
  `/// <reference types="webrtc-elements/types/${name}" />
${PRELUDE}
export const all = () => [
${surfaces
  .flatMap((surface) => [
    jsx(surface.tag, surface.attributes),
    jsx(surface.tag, surface.properties),
    jsx(surface.tag, more(surface)),
  ])
  .map((text) => `  ${text},`)
  .join('\n')}
];
// @ts-expect-error -- there is no such layout
export const wrong = () => <webrtc-room layout="pyramid" />;
// @ts-expect-error -- there is no such attribute
export const unknown = () => <webrtc-room rooms="x" />;
// @ts-expect-error -- that is not what it tells
export const untrue = () => <webrtc-room ${name === 'solid' ? 'on:' : 'on'}call-left={(event: elements.ReactionEvent) => void event} />;
`;

/** The same where a template is an object of settings to the compiler. */
const inObjects = (
  name: string,
  props: (tag: string) => string,
  more: (surface: Surface) => readonly (readonly [string, string])[],
  event: string,
) =>
  `/// <reference types="webrtc-elements/types/${name}" />
${PRELUDE}
${surfaces
  .flatMap((surface) =>
    [surface.attributes, surface.properties, more(surface)].map(
      (pairs, index) => `export const ${surface.name}${index}: ${props(surface.tag)} = ${object(pairs)};`,
    ),
  )
  .join('\n')}
// @ts-expect-error -- there is no such layout
export const wrong: ${props('webrtc-room')} = { layout: 'pyramid' };
// @ts-expect-error -- there is no such attribute
export const unknown: ${props('webrtc-room')} = { rooms: 'x' };
export const untrue: ${props('webrtc-room')} = {
  // @ts-expect-error -- that is not what it tells
  '${event}': (event: elements.ReactionEvent) => void event,
};
`;

describe('every tag with every attribute, property and event compiles', () => {
  compiles(
    'in JSX of React',
    'react.tsx',
    `${inJsx('react', (surface) => prefixed('on', surface.events))}
export const usual = () => <webrtc-room className="call" key="a" room="standup" autojoin ref={(room) => void room?.join()}><webrtc-controls slot="controls" /></webrtc-room>;`,
  );

  compiles(
    'in JSX of Preact',
    'preact.tsx',
    `/** @jsxImportSource preact */\n${inJsx('preact', (surface) => prefixed('on', surface.events))}`,
  );

  compiles(
    'in JSX of Solid',
    'solid.tsx',
    `/** @jsxImportSource solid-js */\n${inJsx('solid', (surface) => [
      ...prefixed('on:', surface.events),
      ...prefixed('prop:', surface.properties),
      ...prefixed('attr:', surface.attributes),
    ])}`,
  );

  compiles(
    'in markup of Svelte 4 and 5',
    'svelte.ts',
    inObjects(
      'svelte',
      (tag) => `import('svelte/elements').SvelteHTMLElements['${tag}']`,
      (surface) => [...prefixed('on', surface.events), ...prefixed('on:', surface.events)],
      'oncall-left',
    ),
  );

  compiles(
    'in templates of Vue',
    'vue.ts',
    inObjects(
      'vue',
      (tag) => `InstanceType<import('vue').GlobalComponents['${tag}']>['$props']`,
      (surface) => surface.events.map(([name, value]) => [handler(name), value] as const),
      'onCallLeft',
    ),
  );

  compiles(
    'as components of React',
    'components.tsx',
    `${PRELUDE}import * as components from 'webrtc-elements/react';
export const all = () => [
${surfaces
  .flatMap(({ name, properties, events }) => [
    jsx(`components.${name}`, properties),
    jsx(
      `components.${name}`,
      events.map(([event, value]) => [handler(event), value] as const),
    ),
  ])
  .map((text) => `  ${text},`)
  .join('\n')}
];
// @ts-expect-error -- there is no such layout
export const wrong = () => <components.WebrtcRoom layout="pyramid" />;
`,
  );

  test('and the manifest names every event there is', () => {
    const map = readFileSync(join(ROOT, 'components/shared/events/event-map.ts'), 'utf8');
    const known = [...map.matchAll(/^ {2}'?([\w-]+)'?: \w+\.\w+Event;/gm)].map(([, name]) => name).sort();
    assert.deepEqual(events.map(([name]) => name).sort(), known);
  });
});
