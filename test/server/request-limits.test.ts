/** How much one address may ask over HTTP, and whose address it is behind proxies. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { call, REST } from '../support/rest.js';
import { codeOf, joinRequest, startServer } from '../support/server.js';

describe('requests of one address', () => {
  const strict = { ...REST, production: true, allowNoOrigin: true };

  it('are held back when there are too many, also for what is not there; files and others are not', async () => {
    const server = await startServer({ ...strict, trustProxy: ['127.0.0.1'] }, { limits: { requestsPerMinute: 5 } });
    try {
      const get = (path: string, from: string) => call(server.url, path, { key: null, headers: { 'x-forwarded-for': from } });
      for (let count = 0; count < 5; count += 1) assert.equal((await get(`/nothing-${count}`, '203.0.113.1')).status, 404);
      const held = await get('/nothing', '203.0.113.1');
      assert.deepEqual([held.status, held.code], [429, 'RATE_LIMITED']);
      assert.ok(Number(held.headers['retry-after']) > 0);
      assert.equal((await get('/', '203.0.113.1')).status, 429);
      assert.equal((await get('/assets/page.css', '203.0.113.1')).status, 200);
      assert.equal((await get('/', '203.0.113.2')).status, 200);
      for (let count = 0; count < 20; count += 1) assert.equal((await get('/healthz', '203.0.113.1')).status, 200);
      // One household, one /64.
      for (let count = 0; count < 5; count += 1) await get('/', `2001:db8:1:1::${count + 1}`);
      assert.equal((await get('/', '2001:db8:1:1::ffff')).status, 429);
    } finally {
      await server.close();
    }
  });

  it('are counted to who sent them, not to whom they name, when no proxy is trusted', async () => {
    const server = await startServer(strict, { limits: { requestsPerMinute: 5 } });
    try {
      const statuses = [];
      for (let count = 0; count < 8; count += 1)
        statuses.push((await call(server.url, '/', { key: null, headers: { 'x-forwarded-for': `203.0.113.${count}` } })).status);
      assert.deepEqual(statuses, [200, 200, 200, 200, 200, 429, 429, 429]);
    } finally {
      await server.close();
    }
  });

  it('row 87: with wrong keys are told to wait, and a right key is served all the same', async () => {
    const server = await startServer(strict, { limits: { failedAuthPerMinute: 3 } });
    try {
      for (let count = 0; count < 4; count += 1)
        assert.equal((await call(server.url, '/api/v1/rooms', { key: 'wrong' })).status, 401);
      const held = await call(server.url, '/api/v1/rooms', { key: 'wrong' });
      assert.deepEqual([held.status, held.code], [429, 'RATE_LIMITED']);
      assert.ok(Number(held.headers['retry-after']) > 60);
      for (let count = 0; count < 20; count += 1) await call(server.url, '/api/v1/rooms', { key: 'wrong' });
      assert.equal((await call(server.url, '/api/v1/rooms')).status, 200);
      // Those who sit in a call from the same office are not concerned.
      assert.equal(codeOf(await server.connect({ join: joinRequest('open') }).next('join-result')), 'UNAUTHENTICATED');
    } finally {
      await server.close();
    }
  });
});
