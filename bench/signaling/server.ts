/**
 * The measured process: `ours` is the server with its production limits, `bare` is Socket.IO with the
 * same options that checks the same schemas, acknowledges, keeps rosters in a Map and passes messages
 * on; nothing else. Answers questions about the CPU and the memory it used.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import { Compile } from 'typebox/compile';
import { createApp } from '../../server/app.js';
import { DEFAULT_CONFIG } from '../../server/config.js';
import { createMetrics } from '../../server/metrics/metrics.js';
import { JoinRequest, SignalRequest } from '../../server/protocol/schemas.js';

export interface Usage {
  readonly cpuMs: number;
  readonly rssBytes: number;
  readonly heapBytes: number;
}

const limits = { lines: 20_000 };

async function ours(): Promise<HttpServer> {
  const app = await createApp(
    { ...DEFAULT_CONFIG, production: true, allowNoOrigin: true, trustProxy: ['127.0.0.1/32'], logLevel: 'silent' },
    { limits, meter: createMetrics(), timings: { graceMs: 20_000 } },
  );
  await app.listen({ port: 0, host: '127.0.0.1' });
  return app.server;
}

async function bare(): Promise<HttpServer> {
  const server = createServer();
  const io = new Server(server, {
    transports: ['websocket'],
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
  });
  io.engine.on('connection', (raw: { request: unknown }) => (raw.request = null));
  const joins = Compile(JoinRequest);
  const signals = Compile(SignalRequest);
  const rooms = new Map<string, Map<string, object>>();
  const lines = new Map<string, { emit(event: string, payload: object): unknown }>();
  io.on('connection', (socket) => {
    let id = '';
    let room = '';
    socket.on('join', (request: unknown, acknowledge: (answer: object) => void) => {
      if (!joins.Check(request)) return acknowledge({ ok: false });
      ({ room } = request);
      id = request.resume?.participantId ?? randomUUID().replaceAll('-', '').slice(0, 22);
      const self = { id, displayName: request.displayName ?? '', media: request.media };
      const others = rooms.get(room) ?? new Map<string, object>();
      rooms.set(room, others);
      const participants = [...others.values()];
      others.set(id, self);
      lines.set(id, socket);
      void socket.join(room);
      socket.to(room).emit('participant-joined', { participant: self });
      return acknowledge({ ok: true, data: { room, self, roster: { participants }, resumeToken: id } });
    });
    socket.on('signal', (request: unknown, acknowledge?: (answer: object) => void) => {
      if (!signals.Check(request)) return acknowledge?.({ ok: false });
      lines.get(request.to)?.emit('signal', { from: id, signal: request.signal });
      return acknowledge?.({ ok: true, data: {} });
    });
    socket.on('disconnect', () => {
      rooms.get(room)?.delete(id);
      lines.delete(id);
      socket.to(room).emit('participant-left', { participantId: id });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

const server = await (process.argv[2] === 'bare' ? bare() : ours());

/** Collecting garbage for the memory figures is the bench's work, not the server's. */
let ownMs = 0;
const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

process.on('message', () => {
  const spent = cpuMs();
  globalThis.gc?.();
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  process.send?.({ cpuMs: spent - ownMs, rssBytes: rss, heapBytes: heapUsed + external } satisfies Usage);
  ownMs += cpuMs() - spent;
});
process.on('disconnect', () => process.exit());
process.send?.({ port: (server.address() as { readonly port: number }).port });
