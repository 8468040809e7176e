/** What a host site is told about its rooms: in order of a call, signed, again when it was not heard, never in the way. */
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { after, before, beforeEach, describe, it } from 'node:test';
import { once } from 'node:events';
import { signWebhook, verifyWebhook } from '../../server/webhooks/signature.js';
import { Webhooks } from '../../server/webhooks/webhooks.js';
import { ok, startServer } from '../support/server.js';
import { until } from '../support/until.js';

const SECRET = 'w7Rk_2Vn-Qx5ZtB9mLc4Hf1Jy8Ds6Gp3Aoe';
const QUIET = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

interface Heard {
  readonly body: string;
  readonly signature: string | undefined;
  readonly event: {
    id: string;
    type: string;
    room: string;
    reason?: string;
    participant?: { displayName: string; role: string };
  };
}

describe('webhooks', () => {
  let site: Server;
  let url: string;
  const heard: Heard[] = [];
  /** What the site answers, one after the other; 204 when there is nothing left. */
  let answers: (number | 'never')[] = [];

  before(async () => {
    site = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString();
        heard.push({
          body,
          signature: request.headers['webrtc-signature'] as string | undefined,
          event: JSON.parse(body) as Heard['event'],
        });
        const answer = answers.shift() ?? 204;
        if (answer === 'never') return;
        response.writeHead(answer, answer === 302 ? { location: `${url}elsewhere` } : {}).end();
      });
    });
    site.listen(0, '127.0.0.1');
    await once(site, 'listening');
    url = `http://127.0.0.1:${(site.address() as { port: number }).port}/`;
  });
  after(() => {
    site.closeAllConnections();
    site.close();
  });
  beforeEach(() => {
    heard.length = 0;
    answers = [];
  });

  const types = () => heard.map(({ event }) => event.type);
  const policy = { retryAfterMs: [10, 20, 40], drainMs: 100 };

  it('tell when a room starts, who comes, who goes and why, and when it has ended', async () => {
    const server = await startServer(
      { webhook: { url, secret: SECRET } },
      { timings: { emptyRoomMs: 30 }, webhookPolicy: { ...policy, concurrency: 1 } },
    );
    try {
      const ada = await server.join('told', { displayName: 'Ada', externalId: 'user-1' });
      const ben = await server.join('told', { displayName: 'Ben' });
      ok(await ben.client.ask('leave', {}));
      ok(await ada.client.ask('leave', {}));
      await until('the room to end', () => types().includes('room.ended'));
      assert.deepEqual(types(), [
        'room.started',
        'participant.joined',
        'participant.joined',
        'participant.left',
        'participant.left',
        'room.ended',
      ]);
      assert.deepEqual(heard[1]!.event.participant, { id: ada.id, displayName: 'Ada', externalId: 'user-1', role: 'speaker' });
      assert.equal(heard[3]!.event.reason, 'left');
      assert.ok(heard.every(({ event }) => event.room === 'told'));
      assert.ok(heard.every(({ body, signature }) => verifyWebhook({ body, signature, secret: SECRET })));
      assert.equal(new Set(heard.map(({ event }) => event.id)).size, heard.length);
    } finally {
      await server.close();
    }
  });

  it('take somebody who reloads the page for the same meeting', async () => {
    const server = await startServer({ webhook: { url, secret: SECRET } }, { webhookPolicy: policy });
    try {
      const first = await server.join('reload');
      ok(await first.client.ask('leave', {}));
      await server.join('reload');
      await until('both arrivals', () => types().filter((type) => type === 'participant.joined').length === 2);
      assert.equal(types().filter((type) => type === 'room.started').length, 1);
      assert.equal(types().includes('room.ended'), false);
    } finally {
      await server.close();
    }
  });

  for (const [what, answer] of [
    ['says 500', 500],
    ['says 404', 404],
    ['sends them elsewhere', 302],
    ['does not answer', 'never'],
  ] as const) {
    it(`come again, as they were, when the site ${what}`, async () => {
      answers = [answer, answer];
      const patience = answer === 'never' ? { timeoutMs: 500 } : {};
      const webhooks = new Webhooks({ url, secret: SECRET, log: QUIET, policy: { ...policy, ...patience } });
      webhooks.tell({ type: 'room.started', room: 'r' });
      await until('the third attempt', () => heard.length === 3);
      assert.equal(new Set(heard.map(({ body }) => body)).size, 1);
      await webhooks.close();
      assert.equal(heard.length, 3);
    });
  }

  it('are given up in the end, and the log says so', async () => {
    const errors: object[] = [];
    answers = Array.from({ length: 10 }, () => 500);
    const webhooks = new Webhooks({ url, secret: SECRET, log: { ...QUIET, error: (data) => errors.push(data) }, policy });
    webhooks.tell({ type: 'room.started', room: 'r' });
    await until('giving up', () => errors.length === 1);
    assert.equal(heard.length, 4);
    await webhooks.close();
  });

  it('never wait in numbers without end: what is too much is dropped, and the rest arrives', async () => {
    const errors: object[] = [];
    const log = { ...QUIET, error: (data: object) => errors.push(data) };
    const webhooks = new Webhooks({ url, secret: SECRET, log, policy: { ...policy, most: 5 } });
    for (let count = 0; count < 50; count += 1) webhooks.tell({ type: 'room.started', room: `r${count}` });
    await until('those that waited', () => heard.length === 5);
    assert.equal(errors.length, 1);
    await webhooks.close();
  });

  it('do not keep anybody from joining or the server from closing when nobody listens', async () => {
    answers = Array.from({ length: 50 }, () => 'never' as const);
    const server = await startServer({ webhook: { url, secret: SECRET } }, { webhookPolicy: { ...policy, timeoutMs: 60_000 } });
    const started = performance.now();
    await Promise.all(Array.from({ length: 5 }, () => server.join('unheard')));
    await server.close();
    assert.ok(performance.now() - started < 3_000);
  });

  it('have a last chance when the server closes', async () => {
    answers = [500];
    const webhooks = new Webhooks({
      url,
      secret: SECRET,
      log: QUIET,
      policy: { ...policy, retryAfterMs: [60_000], drainMs: 1_000 },
    });
    webhooks.tell({ type: 'room.ended', room: 'r' });
    await until('the first attempt', () => heard.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await webhooks.close();
    assert.equal(heard.length, 2);
  });
});

describe('the signature of a webhook', () => {
  const now = 1_700_000_000_000;
  const body = '{"type":"room.started"}';
  const signature = signWebhook(body, SECRET, now);
  const good = { body, signature, secret: SECRET, now };

  it('fits what was signed, for a while', () => {
    assert.equal(verifyWebhook(good), true);
    assert.equal(verifyWebhook({ ...good, body: Buffer.from(body), now: now + 299_000 }), true);
  });

  const table: readonly (readonly [string, object])[] = [
    ['another body', { body: `${body} ` }],
    ['another secret', { secret: `${SECRET}x` }],
    ['a time long ago', { now: now + 301_000 }],
    ['a time to come', { now: now - 301_000 }],
    ['a changed time', { signature: signature.replace('t=17', 't=18') }],
    ['no header', { signature: undefined }],
    ['an empty header', { signature: '' }],
    ['half a digest', { signature: signature.slice(0, -2) }],
    ['two digests', { signature: `${signature},v1=${'0'.repeat(64)}` }],
    ['letters for numbers', { signature: signature.replace(/t=\d+/, 't=NaN') }],
  ];
  for (const [what, change] of table)
    it(`does not fit ${what}`, () => assert.equal(verifyWebhook({ ...good, ...change }), false));
});
