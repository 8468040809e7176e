/** TypeScript and JavaScript of docs/ as a user's compiler reads it: every name is there and has the type that is used. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { snippets } from '../support/documents.js';
import { ROOT, userFolder } from './package.js';

/** Written for Node, with names of the reader's own; run in test/server/snippets and test/core/simulation. */
const OTHER_TESTS = /^(tokens|rest|testing|security|self-hosting)\.md$/;

test('the code in docs/ compiles', (t) => {
  const folder = userFolder(t);
  const mine = snippets.filter(
    ({ document, language, file }) => !OTHER_TESTS.test(document) && file === '' && ['js', 'ts', 'tsx'].includes(language),
  );
  assert.ok(mine.length >= 10);
  const files = mine.map(({ document, language, code }, index) => {
    const name = `${document.replace(/\W/g, '-')}-${index}.${language}`;
    // The page's elements are there where the text says so; a module of its own each.
    const text =
      language === 'js'
        ? code.replace(
            /document\.querySelector\('([\w-]+)'\)/g,
            "/** @type {HTMLElementTagNameMap['$1']} */ (document.querySelector('$1'))",
          )
        : code;
    writeFileSync(join(folder, name), `${text}\nexport {};\n`);
    return name;
  });
  writeFileSync(join(folder, 'elements.d.ts'), "import 'webrtc-elements';\n");
  const compilerOptions = {
    strict: true,
    noEmit: true,
    allowJs: true,
    checkJs: true,
    target: 'es2022',
    module: 'esnext',
    moduleResolution: 'bundler',
    jsx: 'react-jsx',
    lib: ['es2022', 'dom', 'dom.iterable'],
    types: ['react'],
    skipLibCheck: true,
    preserveSymlinks: true,
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['elements.d.ts', ...files] }));
  const { stdout } = spawnSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', folder], {
    encoding: 'utf8',
  });
  assert.equal(stdout, '');
});
