/**
 * Calls speak WebSocket only (one round trip, no sticky sessions), so polling and WebTransport
 * stay out of what pages load: −2 KiB gzip. Socket.IO's `transports` option alone does not remove them.
 * @returns {import('vite').Plugin}
 */
export function websocketOnly() {
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
