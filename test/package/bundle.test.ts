/** The file for a script tag and its chunks need nothing but each other. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, test } from 'node:test';
import { firstLoad, gzip, kib } from '../../bench/first-load.js';
import { ROOT, packageJson } from './package.js';

const FOLDER = join(ROOT, 'dist/cdn');
const ENTRY = join(FOLDER, 'webrtc-elements.js');

const scripts = (): string[] =>
  readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.js'))
    .map((path) => join(FOLDER, path));

function importsOf(file: string): string[] {
  const source = readFileSync(file, 'utf8');
  const fixed = [...source.matchAll(/(?:^|[;}\n])\s*(?:import|export)\b[^;'"`(]*?["'`]([^"'`]+)["'`]/g)];
  const onDemand = [...source.matchAll(/\bimport\(\s*["'`]([^"'`]+)["'`]/g)];
  return [...fixed, ...onDemand].map(([, path]) => path ?? '');
}

describe('the bundle', () => {
  test('imports only its own files, by relative paths, so that it runs from any address', () => {
    for (const file of scripts()) {
      for (const path of importsOf(file)) {
        assert.match(path, /^\.{1,2}\//, `${file} imports ${path}`);
        assert.ok(existsSync(join(dirname(file), path)), `${file} imports ${path}, which is missing`);
      }
    }
  });

  test('is never imported by its chunks: a page may load it with a query, which would be a second copy', () => {
    for (const file of scripts()) {
      for (const path of importsOf(file)) assert.notEqual(join(dirname(file), path), ENTRY);
    }
  });

  test('names its version and licence', () => {
    const [first] = readFileSync(ENTRY, 'utf8').split('\n');
    assert.match(first ?? '', new RegExp(`webrtc-elements ${packageJson.version.replaceAll('.', '\\.')} \\| MIT`));
  });

  test('expects nothing of Node and evaluates no strings, as a strict CSP wants it', () => {
    for (const file of scripts()) {
      assert.doesNotMatch(readFileSync(file, 'utf8'), /\bprocess\.env\b|\beval\(|new Function\(/, file);
    }
  });

  test('speaks WebSocket only', () => {
    // RNNoise's loader knows XMLHttpRequest; where it runs, in an audio worklet, there is none.
    const ours = scripts().filter((file) => !file.includes('rnnoise-worklet'));
    for (const file of ours) assert.doesNotMatch(readFileSync(file, 'utf8'), /XMLHttpRequest|new WebTransport/, file);
  });

  test('holds no schemas: the server checks what is sent, and TypeBox is larger than a telephone', () => {
    for (const file of scripts()) assert.doesNotMatch(readFileSync(file, 'utf8'), /~kind|additionalProperties/, file);
  });

  test('has a telephone of at most 40 KiB besides the first load, with its connection to the server', () => {
    const first = firstLoad(ENTRY);
    const phone = scripts().find((file) => /\(`webrtc-phone`,[\w$]+\)/.test(readFileSync(file, 'utf8')));
    const socket = scripts().find((file) => file.includes('socket-'));
    assert.ok(phone !== undefined && socket !== undefined);
    const files = [...firstLoad(socket, firstLoad(phone))].filter((file) => !first.has(file));
    const bytes = files.reduce((sum, file) => sum + gzip(file), 0);
    assert.ok(bytes > 10 * 1024 && bytes <= 40 * 1024, kib(bytes));
  });

  test('has the licences of everything it contains beside it', () => {
    const text = readFileSync(join(FOLDER, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
    for (const title of [
      /^lit-html [\d.]+ \(BSD-3-Clause\)$/m,
      /^socket\.io-client [\d.]+ \(MIT\)$/m,
      /^lucide [\d.]+ \(ISC\)$/m,
      /^RNNoise \(BSD-3-Clause\)$/m,
      /^MediaPipe Selfie Segmentation.*\(Apache-2\.0\)$/m,
    ])
      assert.match(text, title);
    for (const words of [
      'Redistributions in binary form',
      'TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION',
      'Permission to use, copy, modify',
    ])
      assert.ok(text.includes(words), words);
    // A package that is bundled has its place in it by itself, so this fails when one is without a text.
    assert.ok(!/\(undefined\)/.test(text));
  });

  test('has a hash of every file, and the code holds that of what it fetches', () => {
    const hashes = JSON.parse(readFileSync(join(FOLDER, 'integrity.json'), 'utf8')) as Record<string, string>;
    const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.(map|txt)$|^integrity\.json$/.test(entry.name))
      .map((entry) => relative(FOLDER, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
    assert.deepEqual(Object.keys(hashes).sort(), files.sort());
    const fetched = files.filter((file) => !file.endsWith('.js'));
    assert.ok(fetched.some((file) => file.endsWith('.wasm')));
    const code = scripts().map((file) => readFileSync(file, 'utf8'));
    for (const file of fetched) {
      const hash = `sha384-${createHash('sha384')
        .update(readFileSync(join(FOLDER, file)))
        .digest('base64')}`;
      assert.equal(hashes[file], hash, file);
      assert.ok(
        code.some((text) => text.includes(hash)),
        `no script holds the hash of ${file}`,
      );
    }
  });
});
