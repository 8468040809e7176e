/**
 * The bundle for a script tag: `dist/cdn/webrtc-elements.js` registers every element and needs
 * nothing else. Chunks (languages, effects, …) lie beside it and are found relative to it, so the
 * folder works under any origin and path. What npm users import is tsc's output, not this.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import MagicString from 'magic-string';
import { defineConfig, type Plugin, type Rolldown } from 'vite';
import { notices } from './server/dev/notices.js';
import { websocketOnly } from './server/dev/websocket-only.js';

const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')) as { version: string };

const banner = `/*! webrtc-elements ${version} | MIT | work of others in it: THIRD-PARTY-NOTICES.txt beside this file */`;

export default defineConfig({
  base: './',
  publicDir: false,
  logLevel: 'warn',
  define: { 'process.env.NODE_ENV': '"production"' },
  plugins: [assetsAsFiles(), websocketOnly(), smallTemplates(), runtimeAtOnce(), notices(), integrity()],
  build: {
    outDir: 'dist/cdn',
    emptyOutDir: true,
    target: 'es2022',
    // Not named by the files: a package for pages does not hold them.
    sourcemap: 'hidden',
    modulePreload: false,
    reportCompressedSize: false,
    lib: {
      entry: {
        'webrtc-elements': 'components/index.ts',
        doctor: 'components/doctor/page.ts',
        embed: 'components/embed/embed.ts',
      },
      formats: ['es'],
    },
    rolldownOptions: {
      // Its files declare no side effects but probe for XMLHttpRequest when loaded.
      treeshake: { moduleSideEffects: [{ test: /engine\.io-client/, sideEffects: false }] },
      // Chunks must never import the entry: a page may load it as `webrtc-elements.js?ver=6`, and the
      // entry without the query would be a second copy of everything. Shared code gets its own chunk.
      preserveEntrySignatures: 'strict',
      output: {
        format: 'es',
        entryFileNames: '[name].js',
        chunkFileNames: 'chunks/[name]-[hash].js',
        assetFileNames: 'chunks/[name]-[hash][extname]',
        codeSplitting: { groups: together() },
        postBanner: (chunk) => (chunk.isEntry && chunk.name !== 'embed' ? banner : ''),
        minify: true,
      },
    },
  },
});

/**
 * What is always fetched together is one file: fewer requests, and none that is found only when another has arrived.
 * Named by what imports it statically, at any depth. What is left is split by itself.
 */
const TOGETHER = {
  first: ['index.ts'],
  inside: ['core/room-session.ts', 'core/messaging/peer-messaging.ts', 'transport/mesh/mesh-transport.ts'],
  call: [
    'controls/define.ts',
    'controls/more-part.ts',
    'room/in-call.ts',
    'room/room-panels.ts',
    'stage/define.ts',
    'tile/tile-more.ts',
  ],
  telephone: ['phone/define.ts', 'phone/define-call-button.ts'],
} as const;

type Graph = Pick<Rolldown.ChunkingContext, 'getModuleInfo'>;
type Needs = Readonly<Record<keyof typeof TOGETHER, ReadonlySet<string>>>;
let needs: Needs | undefined;

/** A file takes what it needs along, unless one before it in this list has it. */
function together(): Rolldown.CodeSplittingGroup[] {
  const files = ['first', 'socket', 'inside', 'shared', 'call'];
  return files.map((file, index) => ({
    debugName: file,
    name: (id, graph) => (fileOf(id, graph) === file ? file : null),
    priority: files.length - index,
  }));
}

function fileOf(id: string, graph: Graph): string | null {
  if (/socket[.-]io|engine\.io|rolldown\/runtime/.test(id)) return 'socket';
  needs ??= Object.fromEntries(
    Object.entries(TOGETHER).map(([name, roots]) => [name, reached(roots, graph)]),
  ) as unknown as Needs;
  const { first, inside, call, telephone } = needs;
  // A join does not wait for a third file.
  if (first.has(id) || (inside.has(id) && call.has(id))) return 'first';
  if (inside.has(id)) return 'inside';
  if (call.has(id)) return telephone.has(id) ? 'shared' : 'call';
  return null;
}

function reached(roots: readonly string[], graph: Graph): ReadonlySet<string> {
  const found = new Set<string>();
  const open = roots.map((path) => fileURLToPath(new URL(`./components/${path}`, import.meta.url)));
  for (let id = open.pop(); id; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    open.push(...(graph.getModuleInfo(id)?.importedIds ?? []));
  }
  return found;
}

/** Vite would write what effects fetch into their code as data: addresses, which a strict CSP forbids. */
function assetsAsFiles(): Plugin {
  return {
    name: 'assets-as-files',
    enforce: 'pre',
    apply: 'build',
    transform(code, id) {
      if (!id.includes('/components/effects/') || !code.includes("new URL('./assets/")) return null;
      const source = new MagicString(code);
      for (const match of code.matchAll(/new URL\('\.\/assets\/([\w.-]+)', import\.meta\.url\)/g)) {
        const name = match[1] ?? '';
        const file = readFileSync(new URL(`./components/effects/assets/${name}`, import.meta.url));
        const reference = this.emitFile({ type: 'asset', name, source: file });
        source.overwrite(match.index, match.index + match[0].length, `import.meta.ROLLUP_FILE_URL_${reference}`);
      }
      return { code: source.toString(), map: source.generateMap({ hires: true }) };
    },
  };
}

/** The bundler's own few lines are a file. Named only by the files that need it, it would be a step more on the way into a call. */
function runtimeAtOnce(): Plugin {
  return {
    name: 'runtime-at-once',
    apply: 'build',
    generateBundle(_, bundle) {
      const runtime = Object.values(bundle).find(({ fileName }) => fileName.includes('rolldown-runtime'));
      const entry = bundle['webrtc-elements.js'];
      if (runtime && entry?.type === 'chunk') entry.code += `import"./${runtime.fileName}";`;
    },
  };
}

/** What `webrtc-elements sri` prints: the hash of every file as it was written, so that a page can refuse any other. */
function integrity(): Plugin {
  return {
    name: 'integrity',
    apply: 'build',
    writeBundle({ dir = '' }, bundle) {
      const files = Object.keys(bundle).filter((file) => !/\.map$|\.txt$/.test(file));
      const hashOf = (file: string) =>
        createHash('sha384')
          .update(readFileSync(join(dir, file)))
          .digest('base64');
      const hashes = Object.fromEntries(files.sort().map((file) => [file, `sha384-${hashOf(file)}`]));
      writeFileSync(join(dir, 'integrity.json'), `${JSON.stringify(hashes, null, 2)}\n`);
    },
  };
}

/**
 * White space and comments in css`…` and html`…` are for people: −1.1 KiB gzip. One space is always
 * left between texts, so what a page shows stays the same.
 */
function smallTemplates(): Plugin {
  const css = (text: string): string =>
    text
      .replace(/\/\*[^]*?\*\//g, '')
      .replace(/\s+/g, ' ')
      .replace(/ ?([{};,]) ?/g, '$1')
      .replace(/: /g, ':')
      .replace(/;}/g, '}');
  const html = (text: string): string =>
    text
      .replace(/<!--[^]*?-->/g, '')
      .replace(/\s+/g, ' ')
      .replace(/> </g, '><');
  const MINIFIERS: Readonly<Record<string, (text: string) => string>> = { css, html, svg: html };

  return {
    name: 'small-templates',
    enforce: 'post', // as JavaScript, after the types are gone
    apply: 'build',
    transform(code, id) {
      if (!id.includes('/components/') || !/\b(css|html|svg)`/.test(code)) return null;
      const source = new MagicString(code);
      const visit = (node: unknown): void => {
        if (Array.isArray(node)) return node.forEach(visit);
        if (typeof node !== 'object' || node === null) return;
        const { type, tag, quasi } = node as TaggedTemplate;
        const minify = type === 'TaggedTemplateExpression' && tag.type === 'Identifier' ? MINIFIERS[tag.name] : undefined;
        if (minify) {
          for (const { start, end } of quasi.quasis) {
            const before = code.slice(start, end);
            const after = minify(before);
            if (after !== before) source.overwrite(start, end, after);
          }
        }
        Object.values(node).forEach(visit);
      };
      visit(this.parse(code));
      return { code: source.toString(), map: source.generateMap({ hires: true }) };
    },
  };
}

interface TaggedTemplate {
  readonly type: string;
  readonly tag: { readonly type: string; readonly name: string };
  readonly quasi: { readonly quasis: readonly { readonly start: number; readonly end: number }[] };
}
