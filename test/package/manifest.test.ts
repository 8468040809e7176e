/** custom-elements.json describes every element that can be imported, with paths that exist. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { elements, manifest } from './manifest.js';
import { ROOT, packageJson } from './package.js';

/** What every element of the platform has, too. */
const OBVIOUS = new Set(['focus']);

describe('custom-elements.json', () => {
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

  test('knows the attributes of an element also where a base class holds them', () => {
    const room = elements().find(({ tagName }) => tagName === 'webrtc-room');
    for (const name of ['room', 'server-url', 'display-name', 'layout'])
      assert.ok(
        room?.attributes?.some((attribute) => attribute.name === name),
        name,
      );
  });

  test('is also there as data for editors', () => {
    const data = (path: string) => readFileSync(join(ROOT, 'dist', path), 'utf8');
    for (const tag of tags) {
      assert.ok(data('vscode.html-custom-data.json').includes(`"name": "${tag}"`), tag);
      assert.ok(data('web-types.json').includes(`"name": "${tag}"`), tag);
    }
    assert.match(data('vscode.css-custom-data.json'), /--webrtc-accent-bg/);
  });

  test('says in words what each attribute, property, method, event, slot, part and variable is', () => {
    const silent = elements().flatMap((element) =>
      (['attributes', 'members', 'events', 'slots', 'cssParts', 'cssProperties', 'cssStates'] as const).flatMap((kind) =>
        (element[kind] ?? [])
          .filter(({ name, description }) => !description && !OBVIOUS.has(name))
          .map(({ name }) => `<${element.tagName ?? ''}> ${kind} ${name}`),
      ),
    );
    assert.deepEqual(silent, []);
  });

  test('and so do the pages made of it', () => {
    const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'server/dev/element-pages.js'), '--check'], {
      encoding: 'utf8',
    });
    assert.equal(status, 0, stderr);
  });

  test('names the values of an attribute and what an event carries', () => {
    const room = elements().find(({ tagName }) => tagName === 'webrtc-room');
    const typeOf = (name: string) => room?.attributes?.find((attribute) => attribute.name === name)?.type?.text;
    assert.equal(typeOf('audio'), "'on' | 'off'");
    assert.equal(typeOf('layout'), "'auto' | 'grid' | 'spotlight' | 'audio'");
    const left = room?.events?.find(({ name }) => name === 'call-left');
    assert.match(left?.description ?? '', /`detail`: `\{ reason: 'voluntary' \| /);
  });

  test('names files of the package', () => {
    for (const { path } of manifest().modules) assert.ok(existsSync(join(ROOT, path)), path);
  });
});
