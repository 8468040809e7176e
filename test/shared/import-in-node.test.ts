import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { tsImport } from 'tsx/esm/api';

const components = new URL('../../components/', import.meta.url);
const tsconfig = fileURLToPath(new URL('../../tsconfig.base.json', import.meta.url));
const load = (file: string): Promise<Record<string, unknown>> =>
  tsImport(new URL(file, components).href, { parentURL: import.meta.url, tsconfig }) as Promise<Record<string, unknown>>;

test('every module of the elements can be imported where there is no page', async () => {
  const files = readdirSync(fileURLToPath(components), { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.d.ts'),
  );
  assert.ok(files.length > 50);
  for (const file of files) await load(file);
  assert.equal(typeof document, 'undefined');
});

test('an element can even be made there, as servers that render pages do', async () => {
  const { WebrtcRoom } = (await load('elements.ts')) as { WebrtcRoom: new () => { room: string } };
  assert.equal(new WebrtcRoom().room, '');
});
