/**
 * Arbitrary payloads for every event, and arbitrary bytes below them. The server answers with codes it
 * knows, stays the same process, holds no more memory than before, and two pairs of witnesses go on
 * exchanging signals all the while. FUZZ_SECONDS says how long; a failure names its seed.
 *
 * Memory is compared after collecting garbage, against a first tenth of warm-up: 5 %, and 24 MiB on
 * top, because V8 and the allocator keep pages of a burst for some time.
 */
import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { WebSocket } from 'ws';
import { ERROR_CODES } from '../../server/protocol/error-codes.js';
import { PROTOCOL_VERSION } from '../../server/protocol/limits.js';
import type { Ack } from '../../server/protocol/events.js';
import { registerRequest, ringRequest } from '../support/phones.js';
import { freshId, joinRequest, ok, SILENT, TestClient } from '../support/server.js';
import { candidates, offer, SDP, to } from '../support/signals.js';

const SECONDS = Number(process.env['FUZZ_SECONDS'] ?? (process.env['CI'] === 'true' ? 60 : 20));
const SEED = Number(process.env['FUZZ_SEED'] ?? Math.trunc(Math.random() * 2 ** 31));
const PER_ROUND = 40;
const SLACK_BYTES = 24 * 1_048_576;
const SILENCE_MS = 5_000;

const EVENTS = [
  ...[
    'prepare',
    'join',
    'leave',
    'suspend',
    'update',
    'signal',
    'ice',
    'sync',
    'mute-participants',
    'admit',
    'reject',
    'prepare-offer',
  ],
  ...['kick', 'lower-hand', 'lock', 'waiting-room', 'end'],
  ...['register', 'unregister', 'phone-away', 'ring', 'cancel-ring', 'answer', 'presence'],
  ...['__proto__', 'constructor', 'toString', 'disconnect ', '', 'goodbye'],
];

type Json = fc.JsonValue;

/** Something that would be right, with one place of it replaced by whatever comes. */
const almostRight = fc
  .tuple(
    fc.constantFrom<object>(
      joinRequest('fuzz', { wantsOffers: true }),
      { protocol: PROTOCOL_VERSION, room: 'fuzz' },
      { displayName: 'x', media: SILENT, handRaised: true },
      { participantId: 'AAAAAAAAAAAAAAAAAAAAAA' },
      { participantId: 'AAAAAAAAAAAAAAAAAAAAAA', token: 'x', signals: [to('AAAAAAAAAAAAAAAAAAAAAA', offer())] },
      { offer: { connectionId: 'link-0001', sdp: SDP, mids: { microphone: '0' } } },
      to('AAAAAAAAAAAAAAAAAAAAAA', offer()),
      to('AAAAAAAAAAAAAAAAAAAAAA', candidates(2)),
      registerRequest({ secret: 'x'.repeat(43), device: 'device-1' }),
      registerRequest({ address: 'fuzz' }),
      ringRequest('fuzz', { timeoutMs: 1_000 }),
      ringRequest('nobody', { id: 'x'.repeat(22), again: true, timeoutMs: 1_000 }),
      { ringId: 'x'.repeat(22), answer: 'accept' },
      { protocol: PROTOCOL_VERSION, addresses: ['fuzz'] },
      {},
    ),
    fc.nat(20),
    fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary', maxLength: 5_000 }), fc.double(), fc.constant('__proto__')),
  )
  .map(([right, place, wrong]) => replaced(structuredClone(right), place, wrong));

const payload = fc.oneof(
  { weight: 3, arbitrary: almostRight },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 6 }) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes)) },
  {
    weight: 1,
    arbitrary: fc.object({ withNullPrototype: true, maxDepth: 4 }).map((value) => JSON.parse(JSON.stringify(value) ?? 'null')),
  },
);
const message = fc.tuple(
  fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...EVENTS) }, { weight: 1, arbitrary: fc.string({ maxLength: 20 }) }),
  fc.array(payload, { maxLength: 3 }),
);
const frame = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc
    .tuple(
      fc.constantFrom('0', '1', '2', '3', '4', '5', '6', '40', '41', '42', '43', '44', '45', '46', '421', '451-', '4599-'),
      fc.json(),
    )
    .map(([head, json]) => head + json),
  fc
    .tuple(fc.constantFrom(...EVENTS), fc.nat(), fc.json())
    .map(([event, id, json]) => `42${id}[${JSON.stringify(event)},${json}]`),
  fc.constantFrom('451-["x",{"_placeholder":true,"num":1000000000}]', '42["signal"', '40/admin,', '4', '42[', '3probe', '5'),
);

function replaced(value: object, place: number, wrong: Json): object {
  const spots: [Record<string, unknown>, string][] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, inner] of Object.entries(node)) {
      spots.push([node as Record<string, unknown>, key]);
      visit(inner);
    }
  };
  visit(value);
  const spot = spots[place % Math.max(1, spots.length)];
  if (spot === undefined) return { extra: wrong };
  spot[0][spot[1]] = wrong;
  return value;
}

describe(`fuzzing for ${SECONDS} s from seed ${SEED}`, () => {
  let server: ChildProcess;
  let url: string;
  let died = false;

  before(async () => {
    server = fork(fileURLToPath(new URL('../support/fuzz-server.ts', import.meta.url)), {
      execArgv: ['--expose-gc', '--import', import.meta.resolve('tsx')],
    });
    server.once('exit', () => (died = true));
    const [{ port }] = (await once(server, 'message')) as [{ readonly port: number }];
    url = `http://127.0.0.1:${port}`;
  });
  after(() => server.kill());

  const memory = async (): Promise<NodeJS.MemoryUsage> => {
    await pause(1_500); // seats of clients that were cut are given up
    server.send('memory');
    const [{ memory }] = (await once(server, 'message')) as [{ readonly memory: NodeJS.MemoryUsage }];
    return memory;
  };
  const join = async (room: string) => {
    const client = new TestClient(url, { protocol: PROTOCOL_VERSION, join: joinRequest(room) }, {});
    return { client, id: ok(await client.next('join-result')).self.id };
  };

  it(
    'leaves the server alive, its answers known, its memory as it was, and nobody else disturbed',
    { timeout: (SECONDS + 90) * 1_000 },
    async () => {
      const pid = server.pid;
      const witnesses = [
        [await join('fuzz'), await join('fuzz')],
        [await join('elsewhere'), await join('elsewhere')],
      ] as const;
      const codes = new Map<string, number>();
      let round = 0;
      const fuzz = async (milliseconds: number): Promise<void> => {
        const end = performance.now() + milliseconds;
        while (performance.now() < end) {
          round += 1;
          const seed = SEED + round;
          const context = `round ${round}, FUZZ_SEED=${SEED}`;
          await events(url, fc.sample(message, { numRuns: PER_ROUND, seed }), codes, context);
          await frames(url, fc.sample(frame, { numRuns: PER_ROUND, seed }), seed % 2 === 0);
          await posts(url, fc.sample(payload, { numRuns: PER_ROUND / 8, seed }), codes, context);
          for (const [ada, ben] of witnesses) {
            ok(await ada.client.ask('signal', to(ben.id, candidates(1, 'link-0001', `round${round}`))));
            assert.equal((await ben.client.next('signal', ({ from }) => from === ada.id)).from, ada.id, context);
          }
          assert.ok(!died && server.pid === pid, `the server died, ${context}`);
        }
      };
      await fuzz(SECONDS * 100);
      const first = await memory();
      await fuzz(SECONDS * 900);
      const last = await memory();
      for (const code of codes.keys()) assert.ok(code === 'ok' || code in ERROR_CODES, code);
      assert.ok(!codes.has('INTERNAL'), `a handler failed, FUZZ_SEED=${SEED}`);
      const said = `${round} rounds; heap ${mib(first.heapUsed)} → ${mib(last.heapUsed)}, rss ${mib(first.rss)} → ${mib(last.rss)} MiB; ${JSON.stringify([...codes])}`;
      assert.ok(codes.size > 5, said);
      assert.ok(last.heapUsed <= first.heapUsed * 1.05 + SLACK_BYTES / 3, said);
      assert.ok(last.rss <= first.rss * 1.05 + SLACK_BYTES, said);
      if (process.env['FUZZ_SECONDS'] !== undefined) console.log(`    ${said}`);
      for (const { client } of witnesses.flat()) client.socket.disconnect();
    },
  );
});

const mib = (bytes: number): string => (bytes / 1_048_576).toFixed(1);

/** Every message is answered, or ends the line. */
async function events(
  url: string,
  messages: readonly (readonly [string, readonly unknown[]])[],
  codes: Map<string, number>,
  context: string,
): Promise<void> {
  const client = new TestClient(url, { protocol: PROTOCOL_VERSION, join: joinRequest('fuzz', { joinId: freshId('fuzz') }) }, {});
  ok(await client.next('join-result'));
  await Promise.all(
    messages.map(async ([event, args]) => {
      // The client's own reserved names cannot be sent through it.
      if (['connect', 'connect_error', 'disconnect', 'disconnecting', 'newListener', 'removeListener'].includes(event)) return;
      const ack = (await Promise.race([
        client.socket.timeout(SILENCE_MS).emitWithAck(event, ...args),
        new Promise((resolve) => client.socket.once('disconnect', () => resolve('gone'))),
      ]).catch(() => 'silent')) as Ack<unknown> | 'gone' | 'silent';
      assert.notEqual(ack, 'silent', `no answer to ${JSON.stringify([event, ...args]).slice(0, 500)}, ${context}`);
      if (typeof ack === 'string') return;
      const code = ack.ok ? 'ok' : ack.error.code;
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }),
  );
  client.socket.disconnect();
}

/** Bytes on a bare WebSocket, with or without having said hello. Whatever comes back, it must not be an exception. */
async function frames(url: string, all: readonly (string | Buffer)[], hello: boolean): Promise<void> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
  socket.on('error', () => undefined);
  await once(socket, 'open');
  if (hello) socket.send(`40${JSON.stringify({ protocol: PROTOCOL_VERSION, join: joinRequest('fuzz') })}`);
  for (const one of all) {
    if (socket.readyState !== WebSocket.OPEN) break;
    socket.send(one);
  }
  await Promise.race([once(socket, 'close'), pause(20)]);
  socket.terminate();
}

/** The same payloads by plain HTTP: every one is answered with a code. */
async function posts(url: string, all: readonly unknown[], codes: Map<string, number>, context: string): Promise<void> {
  for (const [index, one] of all.entries()) {
    const response = await fetch(`${url}/signaling/${index % 2 === 0 ? 'join' : 'signals'}`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: JSON.stringify(one) ?? '',
      signal: AbortSignal.timeout(SILENCE_MS),
    });
    const ack = (await response.json()) as Ack<unknown>;
    assert.ok(response.status < 500, context);
    const code = ack.ok ? 'ok' : ack.error.code;
    codes.set(code, (codes.get(code) ?? 0) + 1);
  }
}
