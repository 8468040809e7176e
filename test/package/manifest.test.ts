/** custom-elements.json describes every element that can be imported, with paths that exist. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { ROOT, packageJson } from './package.js';

interface Declaration {
  readonly name: string;
  readonly tagName?: string;
  readonly summary?: string;
  readonly customElement?: boolean;
}
interface Manifest {
  readonly modules: readonly { readonly path: string; readonly declarations?: readonly Declaration[] }[];
}

describe('custom-elements.json', () => {
  const read = (): Manifest => JSON.parse(readFileSync(join(ROOT, packageJson.customElements), 'utf8')) as Manifest;
  const elements = (): Declaration[] =>
    read().modules.flatMap(({ declarations = [] }) => declarations.filter((item) => item.customElement));
  const tags = Object.keys(packageJson.exports).flatMap((path) => /^\.\/elements\/(.+)\.js$/.exec(path)?.[1] ?? []);

  for (const tag of tags) {
    test(`describes <${tag}>`, () => {
      const element = elements().find(({ tagName }) => tagName === tag);
      assert.ok(element, `no element with @tag ${tag}`);
      assert.ok(element.summary, `<${tag}> has no @summary`);
    });
  }

  test('describes no element that cannot be imported', () => {
    const unknown = elements().map(({ tagName = '(no @tag)' }) => tagName);
    assert.deepEqual(
      unknown.filter((tag) => !tags.includes(tag)),
      [],
    );
  });

  test('names files of the package', () => {
    for (const { path } of read().modules) assert.ok(existsSync(join(ROOT, path)), path);
  });
});
