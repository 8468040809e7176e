/**
 * The server of the other systems: their pages, a bare Socket.IO relay with rooms, and PeerJS's own server, all on
 * one port as one would install them. And the pages themselves, bundled alike.
 */
import { readFileSync } from 'node:fs';
import type { IncomingMessage, Server as HttpServer, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PeerServer } from 'peer';
import { Server, type Socket } from 'socket.io';
import { build } from 'vite';
import { WebSocketServer } from 'ws';

export const OTHERS = ['plain', 'simple-peer', 'peerjs'] as const;
const PAGES = fileURLToPath(new URL('pages/', import.meta.url));
const BUILT = fileURLToPath(new URL('../../dist/bench/join/', import.meta.url));

async function bundle(): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    // Written for Node; this is what it ships for pages.
    resolve: { alias: { 'simple-peer': 'simple-peer/simplepeer.min.js' } },
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    build: {
      outDir: BUILT,
      emptyOutDir: true,
      target: 'es2022',
      lib: { entry: Object.fromEntries(OTHERS.map((name) => [name, join(PAGES, `${name}.ts`)])), formats: ['es'] },
    },
  });
}

/** What was bundled beside the page asked for: everything stays on this origin. */
function answer({ url = '/' }: IncomingMessage, response: ServerResponse): void {
  const script = /^\/([\w.-]+\.js)$/.exec(url)?.[1];
  const page = /^\/([\w-]+)$/.exec(url)?.[1];
  if (script)
    response
      .writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'max-age=600' })
      .end(readFileSync(join(BUILT, script)));
  else if (page)
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end(`<!doctype html><title>${page}</title><body><script type="module" src="/${page}.js"></script>`);
  else response.writeHead(404).end();
}

/** A message to somebody in the same room, and word of who left: what every tutorial has. */
function relay(io: Server): void {
  io.on('connection', (socket: Socket) => {
    socket.on('join', (room: string, reply: (others: readonly string[]) => void) => {
      reply([...(io.sockets.adapter.rooms.get(room) ?? [])]);
      void socket.join(room);
    });
    socket.on('message', (to: string, message: object) => io.to(to).emit('message', { from: socket.id, ...message }));
    socket.on('disconnecting', () => {
      for (const room of socket.rooms) socket.to(room).emit('left', socket.id);
    });
  });
}

export async function serveOthers(): Promise<{ readonly port: number; close(): void }> {
  await bundle();
  const peerSockets = new WebSocketServer({ noServer: true });
  const server = await new Promise<HttpServer>((resolve) => {
    PeerServer({ port: 0, path: '/peerjs', createWebSocketServer: () => peerSockets }, (made) => resolve(made));
  });
  const [peers] = server.listeners('request') as ((request: IncomingMessage, response: ServerResponse) => void)[];
  server.removeAllListeners('request');
  server.on('request', (request, response) => (request.url?.startsWith('/peerjs/') ? peers : answer)?.(request, response));
  server.on('upgrade', (request, socket, head) => {
    if (request.url?.startsWith('/peerjs/'))
      peerSockets.handleUpgrade(request, socket, head, (line) => peerSockets.emit('connection', line, request));
  });
  const io = new Server(server, { destroyUpgrade: false, serveClient: false });
  relay(io);
  return { port: (server.address() as AddressInfo).port, close: () => void io.close() };
}
