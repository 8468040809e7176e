/** Names are for who has a token that grants them; and what the site hears when nobody answered for one. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { after, before, describe, it } from 'node:test';
import { mintPhoneToken, mintToken } from '../../server/auth/mint.js';
import { DEFAULT_LIMITS } from '../../server/limits.js';
import { connected, freshSecret, phone, phoneToken, registerRequest, ringRequest } from '../support/phones.js';
import { codeOf, ok, startServer, type RunningServer } from '../support/server.js';
import { claims, SECRET, sign, TOKEN_MODE, tokenFor } from '../support/tokens.js';
import { until } from '../support/until.js';

const limits = { failedAuthPerMinute: 1_000 };
const PRODUCTION = { production: true, allowNoOrigin: true } as const;

describe('a named address', () => {
  let open: RunningServer;
  let closed: RunningServer;
  before(async () => {
    open = await startServer({ ...TOKEN_MODE, authMode: 'open', ...PRODUCTION }, { limits });
    closed = await startServer({ ...TOKEN_MODE, ...PRODUCTION }, { limits });
  });
  after(() => Promise.all([open.close(), closed.close()]));

  const tryTo = async (server: RunningServer, more: object) =>
    codeOf(await (await connected(server)).askAnything('register', { ...registerRequest(), ...more }));

  it('is for who has a token that grants it, and for that name only', async () => {
    const token = await phoneToken({ address: 'support', sub: 'ada', name: 'Ada Lovelace' });
    const ada = await phone(open, { token, displayName: 'somebody else' });
    assert.deepEqual([ada.address, ada.reply.displayName], ['support', 'Ada Lovelace']);
    const fresh = (more: object) => phoneToken({ address: 'support', ...more });
    assert.equal(await tryTo(open, { address: 'support' }), 'FORBIDDEN');
    assert.equal(await tryTo(open, { address: 'sales', token: await fresh({}) }), 'FORBIDDEN');
    assert.equal(await tryTo(open, { token: await fresh({ aud: 'webrtc-room' }) }), 'UNAUTHENTICATED');
    assert.equal(await tryTo(open, { token: await tokenFor('support') }), 'UNAUTHENTICATED');
    assert.equal(await tryTo(open, { token: await fresh({ exp: 1_000, iat: 900 }) }), 'TOKEN_EXPIRED');
    assert.equal(await tryTo(open, { token: await fresh({ role: 'host' }) }), 'UNAUTHENTICATED');
    assert.equal(await tryTo(open, { token: await fresh({ address: ada.reply.pass }) }), 'UNAUTHENTICATED');
    // Not even a token makes a random address somebody else's.
    const own = await phone(open);
    assert.equal(
      await tryTo(open, { token: await fresh({ address: `a${own.address.replaceAll('-', '').slice(1)}` }) }),
      'UNAUTHENTICATED',
    );
  });

  it('is not for a room token’s door, and a phone token opens no room', async () => {
    const client = open.connect({
      join: { protocol: 2, joinId: 'join-00001', room: 'r', media: SILENT, token: await phoneToken() },
    });
    assert.equal(codeOf(await client.next('join-result')), 'UNAUTHENTICATED');
  });

  it('is taken once by a token; the device comes back with its pass, and nobody else does', async () => {
    const token = await phoneToken({ address: 'desk', sub: 'ben' });
    const ben = await phone(open, { token });
    const { pass } = ben.reply;
    assert.ok(pass);
    assert.equal(await tryTo(open, { token }), 'TOKEN_REPLAYED');
    assert.equal(await tryTo(open, { address: 'desk', pass }), 'FORBIDDEN');
    assert.equal(await tryTo(open, { address: 'desk', pass: `${pass}x`, secret: ben.request.secret }), 'FORBIDDEN');
    ben.client.cut();
    const back = await phone(open, { secret: ben.request.secret, device: ben.request.device, pass });
    assert.equal(back.address, 'desk');
  });

  it('is kept over a restart by its pass, until a working day is over', async () => {
    const sessionKey = randomBytes(32);
    const config = { ...TOKEN_MODE, ...PRODUCTION } as const;
    let run = await startServer(config, { sessionKey });
    try {
      const { request, reply } = await phone(run, { token: await phoneToken({ address: 'desk' }) });
      const { token: _, ...rest } = { ...request, ...(reply.pass === undefined ? {} : { pass: reply.pass }) };
      await run.close();
      run = await startServer(config, { sessionKey });
      assert.equal((await phone(run, rest)).address, 'desk');
      await run.close();
      run = await startServer(config, { sessionKey, timings: { passMs: 1 } });
      assert.equal(codeOf(await (await connected(run)).ask('register', { ...registerRequest(), ...rest })), 'UNAUTHENTICATED');
    } finally {
      await run.close();
    }
  });

  it('where a token is needed, neither rings nor registers nor asks who has none', async () => {
    const client = await connected(closed);
    assert.equal(codeOf(await client.ask('register', registerRequest())), 'UNAUTHENTICATED');
    assert.equal(codeOf(await client.ask('ring', ringRequest('support'))), 'UNAUTHENTICATED');
    assert.equal(codeOf(await client.ask('presence', { protocol: 2, addresses: ['support'] })), 'UNAUTHENTICATED');
    const desk = await phone(closed, { token: await phoneToken({ address: 'support', sub: 'desk-1' }) });
    const token = await phoneToken({ sub: 'visitor', name: 'Vera' });
    assert.deepEqual(ok(await client.ask('presence', { protocol: 2, addresses: ['support'], token })).presence, ['available']);
    ok(await client.ask('ring', ringRequest('support', { token, displayName: 'The director' })));
    const { from, ringId } = await desk.client.next('ring-incoming');
    assert.deepEqual([from.displayName, from.externalId], ['Vera', 'visitor']);
    const { admittance } = ok(await desk.client.ask('answer', { ringId, answer: 'accept' }));
    assert.equal((await closed.join(admittance!.room, { token: admittance!.ticket })).reply.self.externalId, 'desk-1');
  });

  it('is open to all on a developer’s machine', async () => {
    const dev = await startServer();
    try {
      assert.equal((await phone(dev, { address: 'Support' })).address, 'support');
      assert.equal(await tryTo(dev, { address: 'no name!' }), 'FORBIDDEN');
    } finally {
      await dev.close();
    }
  });

  it('is minted by the package, with the same checks', async () => {
    const token = await mintPhoneToken({ secret: SECRET, keyId: 'new', sub: 'ada', address: 'minted', strategy: 'turn' });
    assert.equal((await phone(open, { token })).address, 'minted');
    await assert.rejects(mintPhoneToken({ secret: SECRET, sub: 'ada', address: 'Not A Name' }), TypeError);
    await assert.rejects(mintPhoneToken({ secret: SECRET, sub: 'ada', address: 'a'.repeat(28) }), TypeError);
    assert.ok(await mintToken({ secret: SECRET, room: 'r', sub: 'ada' }));
  });

  it('is guessed at a price: forged tokens and tickets of an address count', async () => {
    const strict = await startServer({ ...TOKEN_MODE, ...PRODUCTION }, { limits: { failedAuthPerMinute: 2 } });
    try {
      const codes = [];
      for (let count = 0; count < 5; count += 1)
        codes.push(
          await tryTo(strict, { token: await sign(claims('r'), { alg: 'HS256' }, new TextEncoder().encode('x'.repeat(32))) }),
        );
      assert.equal(codes[0], 'UNAUTHENTICATED');
      assert.equal(codes.at(-1), 'RATE_LIMITED');
    } finally {
      await strict.close();
    }
  });
});

const SILENT = { microphone: false, camera: false, screen: false, screenAudio: false };

describe('the site', () => {
  let site: Server;
  const told: { readonly type: string; readonly address?: string; readonly outcome?: string; readonly from?: object }[] = [];
  before(async () => {
    site = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        told.push(JSON.parse(body) as (typeof told)[number]);
        response.writeHead(204).end();
      });
    });
    site.listen(0, '127.0.0.1');
    await once(site, 'listening');
  });
  after(() => site.close());

  it('hears of a missed call to a name: who rang and why nobody came; of other addresses nothing', async () => {
    const { port } = site.address() as { readonly port: number };
    const server = await startServer(
      { webhook: { url: `http://127.0.0.1:${port}/`, secret: 'w7Rk_2Vn-Qx5ZtB9mLc4Hf1Jy8Ds6Gp3Aoe' } },
      { limits: { ...DEFAULT_LIMITS } },
    );
    try {
      const [ada, ben] = [await phone(server, { secret: freshSecret() }), await phone(server)];
      const desk = await phone(server, { address: 'support' });
      ok(await ada.ring(ben.address));
      ok(await ben.client.ask('answer', { ringId: (await ben.client.next('ring-incoming')).ringId, answer: 'decline' }));
      ok(await ada.ring('nobody-here', { displayName: 'Ada' }));
      const visitor = await connected(server);
      ok(await visitor.ask('ring', ringRequest('support', { displayName: 'Vera', timeoutMs: 1_000 })));
      await desk.client.next('ring-ended');
      await until('two missed calls', () => told.length === 2);
      assert.deepEqual(
        told.map(({ type, address, outcome, from }) => ({ type, address, outcome, from })),
        [
          {
            type: 'call.missed',
            address: 'nobody-here',
            outcome: 'unavailable',
            from: { displayName: 'Ada', address: ada.address },
          },
          { type: 'call.missed', address: 'support', outcome: 'no-answer', from: { displayName: 'Vera' } },
        ],
      );
    } finally {
      await server.close();
    }
  });
});
