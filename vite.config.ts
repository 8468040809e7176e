/**
 * The bundle for a script tag: `dist/cdn/webrtc-elements.js` registers every element and needs
 * nothing else. Chunks (languages, effects, …) lie beside it and are found relative to it, so the
 * folder works under any origin and path. What npm users import is tsc's output, not this.
 */
import { readFileSync } from 'node:fs';
import { defineConfig, type Plugin } from 'vite';

const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')) as { version: string };

const banner = `/*! webrtc-elements ${version} | MIT | includes lit (BSD-3-Clause), socket.io-client (MIT), lucide (ISC) */`;

export default defineConfig({
  base: './',
  publicDir: false,
  logLevel: 'warn',
  define: { 'process.env.NODE_ENV': '"production"' },
  plugins: [websocketOnly()],
  build: {
    outDir: 'dist/cdn',
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: true,
    modulePreload: false,
    reportCompressedSize: false,
    lib: { entry: { 'webrtc-elements': 'components/index.ts' }, formats: ['es'] },
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
        assetFileNames: 'assets/[name]-[hash][extname]',
        postBanner: (chunk) => (chunk.isEntry ? banner : ''),
        minify: true,
      },
    },
  },
});

/**
 * Calls speak WebSocket only (one round trip, no sticky sessions), so polling and WebTransport
 * stay out of the bundle: −2 KiB gzip. Socket.IO's `transports` option alone does not remove them.
 */
function websocketOnly(): Plugin {
  const id = '\0engine.io-websocket-only';
  return {
    name: 'engine.io-websocket-only',
    enforce: 'pre',
    async resolveId(source, importer) {
      if (!source.endsWith('/transports/index.js') || !importer?.includes('engine.io-client')) return null;
      const real = await this.resolve(source, importer, { skipSelf: true });
      return real && `${id}?${real.id}`;
    },
    load(request) {
      if (!request.startsWith(id)) return null;
      const websocket = request.slice(id.length + 1).replace('index.js', 'websocket.js');
      return `import { WS } from ${JSON.stringify(websocket)};\nexport const transports = { websocket: WS };`;
    },
  };
}
