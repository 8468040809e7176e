/**
 * What is published, as two folders in dist/npm: `webrtc-elements` is what pages need, `webrtc-elements-server` what runs on
 * an operator's machine. Both are made from one checkout and have one version; their manifests are made here.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { plainProtocol } from './packages/plain-protocol.js';
import { vendor } from './packages/vendor.js';

/**
 * @typedef {{ version: string, description: string, keywords: string[], license: string, author: string, engines: object,
 *   repository?: object, homepage?: string, bugs?: object, exports: object, customElements: string, 'web-types': string,
 *   sideEffects: string[], dependencies: Record<string, string>, optionalDependencies?: Record<string, string>,
 *   peerDependencies: Record<string, string>, peerDependenciesMeta: object }} Manifest of the checkout
 */

export const PAGE = 'webrtc-elements';
export const SERVER = 'webrtc-elements-server';

/** Imported by what we import. Named here, npm takes the last line that runs on the oldest Node we promise. */
const HELD = ['light-my-request'];

/** @param {string} root of the checkout, with dist/ as the other steps left it */
export async function writePackages(root) {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  rmSync(join(root, 'dist/npm'), { recursive: true, force: true });
  await writePage(root, join(root, 'dist/npm', PAGE), manifest);
  writeServer(root, join(root, 'dist/npm', SERVER), manifest);
}

/** What both manifests say. @param {Manifest} manifest */
const common = ({ version, license, author, repository, homepage, bugs, engines }) => ({
  version,
  license,
  author,
  ...(repository && { repository }),
  ...(homepage && { homepage }),
  ...(bugs && { bugs }),
  type: 'module',
  engines,
});

/** @param {string} root @param {string} to @param {Manifest} manifest */
async function writePage(root, to, manifest) {
  const copy = copier(root, to);
  copy('dist/components', (path) => !path.endsWith('.map'));
  copy('dist/cdn', (path) => !path.endsWith('.map'));
  copy('dist/types');
  for (const file of ['react.js', 'react.d.ts', 'custom-elements.json', 'web-types.json']) copy(`dist/${file}`);
  for (const kind of ['html', 'css']) copy(`dist/vscode.${kind}-custom-data.json`);
  for (const file of ['README.md', 'CHANGELOG.md', 'LICENSE']) copy(file);
  plainProtocol(join(root, 'dist/server/protocol'), join(to, 'dist/server/protocol'));
  await vendor(to);
  for (const file of filesBelow(to)) if (/\.(js|d\.ts)$/.test(file) && !file.startsWith(join(to, 'dist/cdn'))) plain(file);

  const names = Object.keys(await import(pathToFileURL(join(root, 'dist/server/index.js')).href));
  write(to, 'dist/hand-on/server.js', serverEntry(manifest.version, names));
  write(to, 'dist/hand-on/server.d.ts', `export * from '${SERVER}';\n`);
  write(to, 'dist/hand-on/cli.js', command(manifest.version));

  const { exports, keywords, description, peerDependencies, peerDependenciesMeta } = manifest;
  write(to, 'package.json', {
    name: PAGE,
    description,
    keywords,
    ...common(manifest),
    exports: {
      ...exports,
      './server': { types: './dist/hand-on/server.d.ts', default: './dist/hand-on/server.js' },
    },
    bin: { [PAGE]: 'dist/hand-on/cli.js' },
    customElements: manifest.customElements,
    'web-types': manifest['web-types'],
    sideEffects: manifest.sideEffects.filter(
      (/** @type {string} */ path) => path.startsWith('./dist/') && !path.startsWith('./dist/server'),
    ),
    dependencies: versionsOf(manifest, importsOf([join(to, 'dist/components')])),
    peerDependencies: { ...peerDependencies, [SERVER]: manifest.version },
    peerDependenciesMeta: { ...peerDependenciesMeta, [SERVER]: { optional: true } },
  });
}

/** @param {string} root @param {string} to @param {Manifest} manifest */
function writeServer(root, to, manifest) {
  const copy = copier(root, to);
  copy('dist/server', (path) => !/\.map$|server\/dev(\/|$)/.test(path));
  copy('dist/cdn');
  copy('dist/custom-elements.json');
  copy('docs', (path) => !/docs\/decisions(\/|$)/.test(path));
  for (const file of ['CHANGELOG.md', 'LICENSE']) copy(file);
  for (const file of filesBelow(join(to, 'dist/server'))) if (/\.js$/.test(file)) plain(file);
  write(to, 'README.md', serverReadme());
  write(to, 'package.json', {
    name: SERVER,
    description: `The server of ${PAGE}: it hands out the elements and introduces those who call.`,
    keywords: manifest.keywords,
    ...common(manifest),
    exports: {
      '.': { types: './dist/server/index.d.ts', default: './dist/server/index.js' },
      './package.json': './package.json',
    },
    bin: { [SERVER]: 'dist/server/cli.js' },
    sideEffects: false,
    dependencies: versionsOf(manifest, [...importsOf([join(to, 'dist/server')]), ...HELD]),
  });
}

/** @param {string} version @param {readonly string[]} names */
const serverEntry = (version, names) => `/** The server is a package of its own, so that who builds pages does not install it. */
const server = await import('${SERVER}').catch((error) => {
  if (error?.code !== 'ERR_MODULE_NOT_FOUND' || !String(error.message).includes("'${SERVER}'")) throw error;
  throw new Error('${PAGE}/server is in a package of its own: npm install ${SERVER}@${version}', { cause: error });
});
export const { ${names.join(', ')} } = server;
`;

/** @param {string} version */
const command = (version) => `#!/usr/bin/env node
/** The command is the server's. Installed beside this package it is taken as it is; otherwise npm brings the one of the same version. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The nearest one that Node would find from here. */
function installed() {
  for (let folder = dirname(fileURLToPath(import.meta.url)); folder !== dirname(folder); folder = dirname(folder)) {
    const cli = join(folder, 'node_modules/${SERVER}/dist/server/cli.js');
    if (existsSync(cli)) return cli;
  }
  return undefined;
}

const cli = installed();
if (cli !== undefined) {
  process.argv[1] = cli;
  await import(pathToFileURL(cli).href);
} else {
  const npx = ['--yes', '${SERVER}@${version}', ...process.argv.slice(2)];
  // npm sets the path of its own command for what it runs; Windows starts no .cmd file without a shell.
  const npm = process.env.npm_execpath;
  const { status, error } = npm
    ? spawnSync(process.execPath, [npm, 'exec', '--yes', '${SERVER}@${version}', '--', ...process.argv.slice(2)], { stdio: 'inherit' })
    : spawnSync('npx', npx, { stdio: 'inherit', shell: process.platform === 'win32' });
  if (error) console.error('${PAGE}: the server is in a package of its own: npm install ${SERVER}@${version}');
  process.exit(status ?? 1);
}
`;

const serverReadme = () => `# ${SERVER}

The server of [${PAGE}](https://www.npmjs.com/package/${PAGE}): it hands out the elements, introduces those who call to each other, and
relays nothing of what they say.

    npx ${PAGE}

starts it and prints its address. In a program:

    import { createServer } from '${SERVER}';

    const server = await createServer({ port: 8080 });
    console.log(await server.listen());

The documentation is in \`docs/\` of this package, and at \`/docs\` of a running server.
`;

/** @param {string} root @param {string} to */
function copier(root, to) {
  /** @param {string} path @param {(path: string) => boolean} [keep] */
  return (path, keep = () => true) =>
    cpSync(join(root, path), join(to, path), {
      recursive: true,
      filter: (from) => keep(relative(root, from).replaceAll('\\', '/')),
    });
}

/** @param {string} folder @param {string} file @param {string | object} content */
function write(folder, file, content) {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`);
}

/** Names no map that is not there, and Lit's types as those of the dependency. @param {string} file */
function plain(file) {
  const text = readFileSync(file, 'utf8');
  const without = text.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n').replaceAll('import("lit-html")', 'import("lit")');
  if (without !== text) writeFileSync(file, without);
}

/** Packages that code and typings name. @param {readonly string[]} folders */
function importsOf(folders) {
  const files = folders.flatMap(filesBelow).filter((file) => /\.(js|d\.ts)$/.test(file));
  const specifiers = files.flatMap((file) => ts.preProcessFile(readFileSync(file, 'utf8'), true, true).importedFiles);
  const names = specifiers.flatMap(({ fileName }) => /^(?:@[\w.-]+\/)?\w[\w.-]*(?=$|\/)/.exec(fileName)?.[0] ?? []);
  return [...new Set(names)].filter((name) => !builtinModules.includes(name)).sort();
}

/** @param {Manifest} manifest @param {readonly string[]} names */
function versionsOf({ dependencies }, names) {
  const missing = names.filter((name) => !(name in dependencies));
  if (missing.length > 0) throw new Error(`Imported, but no dependency: ${missing.join(', ')}`);
  return Object.fromEntries(names.map((name) => [name, dependencies[name]]));
}

/** @param {string} folder @returns {string[]} */
function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
