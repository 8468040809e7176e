/**
 * The measured process: `ours` is the server with its production limits, `bare` is a relay as one writes it
 * by hand. Socket.IO with the same options; the same compiled schemas at every event; on a join the room,
 * the roster in the acknowledgement and word to the others; a message to its recipient, and an
 * acknowledgement. No rates, tokens, seats, checks of addresses. Answers questions about the CPU and the memory it used.
 */
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer, type Server as HttpServer } from 'node:http';
import { Session } from 'node:inspector';
import { Server } from 'socket.io';
import { Compile } from 'typebox/compile';

// What is shipped, compiled by tsc: what runs sources on the fly wraps every function.
const dist = new URL('../../dist/server/', import.meta.url).href;
const { createApp } = (await import(`${dist}app.js`)) as typeof import('../../server/app.js');
const { DEFAULT_CONFIG } = (await import(`${dist}config.js`)) as typeof import('../../server/config.js');
const { DEFAULT_TIMINGS } = (await import(`${dist}timings.js`)) as typeof import('../../server/timings.js');
const { createMetrics } = (await import(`${dist}metrics/metrics.js`)) as typeof import('../../server/metrics/metrics.js');
const { JoinRequest, SignalRequest } = (await import(
  `${dist}protocol/schemas.js`
)) as typeof import('../../server/protocol/schemas.js');

export interface Usage {
  readonly cpuMs: number;
  readonly rssBytes: number;
  readonly heapBytes: number;
}

/** What it holds, collected first; or only what it has spent, in milliseconds. */
export type Question = 'usage' | 'cpu';

const limits = { connections: 20_000 };

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
    // A line that is dead without a word is noticed as soon as with ours.
    pingInterval: DEFAULT_TIMINGS.pingIntervalMs,
    pingTimeout: DEFAULT_TIMINGS.pingTimeoutMs,
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

/** From the end of the warm-up on, without the loading of modules. */
function beginProfile(): Session {
  const inspecting = new Session();
  inspecting.connect();
  inspecting.post('Profiler.enable');
  inspecting.post('Profiler.start');
  return inspecting;
}

const [, , kind, profileTo] = process.argv;
const server = await (kind === 'bare' ? bare() : ours());

/** Collecting garbage for the memory figures is the bench's work, not the server's. */
let ownMs = 0;
const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

let session: Session | undefined;
process.on('message', (question: Question) => {
  const spent = cpuMs();
  if (question === 'cpu') {
    process.send?.(spent - ownMs);
    return;
  }
  if (session === undefined && profileTo !== undefined) session = beginProfile();
  globalThis.gc?.();
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  process.send?.({ cpuMs: spent - ownMs, rssBytes: rss, heapBytes: heapUsed + external } satisfies Usage);
  ownMs += cpuMs() - spent;
});
process.on('disconnect', () => {
  if (session === undefined || profileTo === undefined) process.exit();
  session.post('Profiler.stop', (_error, { profile }) => {
    writeFileSync(profileTo, JSON.stringify(profile));
    process.exit();
  });
});
process.send?.({ port: (server.address() as { readonly port: number }).port });
