/**
 * What pages take from other packages but never share with the page's own code is put into the package: icons, the socket, the
 * encoder of QR codes. Lit stays a dependency, because two copies of it in one page would be one too many.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { notices } from '../notices.js';
import { websocketOnly } from '../websocket-only.js';

const SHARED = /^(lit|@lit\/[\w-]+|react)(\/|$)|^node:/;
/** As the compiler writes imports: at the beginning of a line, or called. */
const SPECIFIER = /(^(?:import|export)\b[^;'"]*\bfrom |^import |\bimport\()(['"])([\w@][^'"\s]*)\2(?=;|\))/gm;

/** @param {string} folder of the package */
export async function vendor(folder) {
  const components = join(folder, 'dist/components');
  const files = readdirSync(components, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js'));
  /** @type {Map<string, string>} */
  const entries = new Map();
  const texts = new Map(
    files.map((file) => {
      const at = join(components, file);
      const text = readFileSync(at, 'utf8').replace(SPECIFIER, (all, before, quote, specifier) => {
        if (SHARED.test(specifier)) return all;
        const name = specifier
          .replace(/^lucide\/dist\/esm\//, '')
          .replace(/\.m?js$/, '')
          .replace(/[^\w/-]+/g, '-');
        entries.set(name, `package:${specifier}`);
        const path = relative(dirname(at), join(folder, 'dist/vendor', `${name}.js`)).replaceAll('\\', '/');
        return `${before}${quote}${path}${quote}`;
      });
      return [at, text];
    }),
  );
  await bundle(Object.fromEntries(entries), join(folder, 'dist/vendor'));
  for (const [file, text] of texts) writeFileSync(file, text);
}

/** @param {Readonly<Record<string, string>>} entry @param {string} outDir */
async function bundle(entry, outDir) {
  const mode = process.env['NODE_ENV'];
  await build({
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    plugins: [packages(), websocketOnly(), notices()],
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      minify: false,
      modulePreload: false,
      reportCompressedSize: false,
      lib: { entry, formats: ['es'] },
      rolldownOptions: {
        treeshake: { moduleSideEffects: [{ test: /engine\.io-client/, sideEffects: false }] },
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  });
  // The bundler sets it for the whole process.
  if (mode === undefined) delete process.env['NODE_ENV'];
}

/** An entry is a path to the bundler, unless somebody says what it is. @returns {import('vite').Plugin} */
function packages() {
  return {
    name: 'packages',
    enforce: 'pre',
    resolveId(source) {
      const [, specifier] = /package:(.+)$/.exec(source) ?? [];
      return specifier ? this.resolve(specifier, fileURLToPath(import.meta.url)) : null;
    },
  };
}
