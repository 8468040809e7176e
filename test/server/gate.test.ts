/** Before a line exists: which pages may open one, and how many of them. */
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { DEFAULT_LIMITS } from '../../server/limits.js';
import { addressKey } from '../../server/signaling/addresses.js';
import { mayConnect } from '../../server/signaling/origins.js';
import { startServer, type RunningServer } from '../support/server.js';

interface Handshake {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly body: string;
  readonly end: () => void;
}

/** A WebSocket handshake written by hand, for headers no browser would let a page set. */
function handshake(
  port: number,
  headers: Readonly<Record<string, string>>,
  path = '/socket.io/?EIO=4&transport=websocket',
): Promise<Handshake> {
  return new Promise((resolve, reject) => {
    const outgoing = request({
      port,
      host: '127.0.0.1',
      path,
      headers: {
        Connection: 'Upgrade',
        Upgrade: 'websocket',
        'Sec-WebSocket-Version': '13',
        'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
        ...headers,
      },
    });
    outgoing.on('upgrade', (_response, socket) =>
      resolve({ status: 101, retryAfter: undefined, body: '', end: () => socket.destroy() }),
    );
    outgoing.on('response', (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => (body += part));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'], body, end: () => undefined }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}

describe('the origin of a page', () => {
  const strict = { allowedOrigins: ['https://good.example'], allowNoOrigin: false, allowLocalOrigins: false };
  const lenient = { allowedOrigins: [], allowNoOrigin: true, allowLocalOrigins: true };
  const table: readonly (readonly [string | undefined, string, typeof strict | typeof lenient, boolean])[] = [
    ['https://good.example', 'calls.example', strict, true],
    ['https://calls.example', 'calls.example', strict, true],
    ['https://calls.example', 'CALLS.example', strict, true],
    ['https://calls.example:8443', 'calls.example:8443', strict, true],
    ['https://calls.example:8443', 'calls.example', strict, false],
    ['http://good.example', 'calls.example', strict, false],
    ['https://good.example.evil.com', 'calls.example', strict, false],
    ['https://evil.com', 'calls.example', strict, false],
    ['https://GOOD.example', 'calls.example', strict, false],
    ['https://good.example.', 'calls.example', strict, false],
    ['https://good.example/', 'calls.example', strict, false],
    ['https://user@good.example', 'calls.example', strict, false],
    ['https://good.example:443', 'calls.example', strict, false],
    ['null', 'calls.example', strict, false],
    ['', 'calls.example', strict, false],
    ['file://', 'calls.example', strict, false],
    [undefined, 'calls.example', strict, false],
    ['http://localhost:5173', 'localhost:8080', strict, false],
    [undefined, 'localhost:8080', lenient, true],
    ['http://localhost:5173', 'localhost:8080', lenient, true],
    ['http://127.0.0.1:5173', 'localhost:8080', lenient, true],
    ['http://[::1]:5173', 'localhost:8080', lenient, true],
    ['http://app.localhost:5173', 'localhost:8080', lenient, true],
    ['http://localhost.evil.com', 'localhost:8080', lenient, false],
    ['https://evil.com', 'localhost:8080', lenient, false],
    ['null', 'localhost:8080', lenient, false],
    ['https://evil.com', 'localhost:8080', { ...lenient, allowedOrigins: ['*'] }, true],
  ];
  for (const [origin, host, settings, allowed] of table) {
    it(`${String(origin)} at ${host} ${allowed ? 'may' : 'may not'} open a line ${settings === strict ? 'in production' : 'in development'}`, () => {
      assert.equal(mayConnect(origin, host, settings), allowed);
    });
  }
});

describe('the gate', () => {
  let server: RunningServer;
  before(async () => {
    server = await startServer({ production: true, allowNoOrigin: false, allowedOrigins: ['https://good.example'] });
  });
  after(() => server.close());

  it('lets a page of an allowed origin through', async () => {
    const { status, end } = await handshake(server.port, { Origin: 'https://good.example' });
    assert.equal(status, 101);
    end();
  });

  for (const headers of [{ Origin: 'https://evil.example' }, { Origin: 'null' }, {}] as readonly Readonly<
    Record<string, string>
  >[]) {
    it(`refuses ${JSON.stringify(headers)} before there is a WebSocket`, async () => {
      const { status, body } = await handshake(server.port, headers);
      assert.equal(status, 403);
      assert.ok(body.includes('ORIGIN_NOT_ALLOWED'));
    });
  }

  for (const query of ['EIO=4&transport=polling', 'EIO=4&transport=__proto__', 'EIO=4&transport=websocket&sid=unknown', '']) {
    it(`refuses the transport query "${query}"`, async () => {
      const { status } = await handshake(server.port, { Origin: 'https://good.example' }, `/socket.io/?${query}`);
      assert.equal(status, 400);
    });
  }

  it('lets an address open only so many lines at once, and says when to come back', async () => {
    const small = await startServer({ production: true, allowNoOrigin: true }, { limits: { connectionsPerAddress: 2 } });
    const open = await Promise.all([handshake(small.port, {}), handshake(small.port, {})]);
    const refused = await handshake(small.port, {});
    assert.deepEqual([open[0].status, open[1].status, refused.status], [101, 101, 429]);
    assert.ok(Number(refused.retryAfter) > 0);
    assert.ok(refused.body.includes('RATE_LIMITED'));
    for (const { end } of open) end();
    await small.close();
  });

  it('lets an address open only so many lines in ten seconds', async () => {
    const small = await startServer({ production: true, allowNoOrigin: true }, { limits: { newConnectionsPerAddress: 3 } });
    const statuses: number[] = [];
    for (let count = 0; count < 5; count += 1) {
      const { status, end } = await handshake(small.port, {});
      statuses.push(status);
      end();
    }
    assert.deepEqual(statuses, [101, 101, 101, 429, 429]);
    await small.close();
  });

  it('believes X-Forwarded-For from the proxies it knows, and from nobody else', async () => {
    const limits = { newConnectionsPerAddress: 2 };
    const direct = await startServer({ production: true, allowNoOrigin: true }, { limits });
    const behind = await startServer({ production: true, allowNoOrigin: true, trustProxy: ['127.0.0.1/32'] }, { limits });
    const statuses = async (port: number) => {
      const result: number[] = [];
      for (const address of ['198.51.100.1', '198.51.100.2', '198.51.100.3', '198.51.100.3', '198.51.100.3']) {
        const { status, end } = await handshake(port, { 'X-Forwarded-For': address });
        result.push(status);
        end();
      }
      return result;
    };
    assert.deepEqual(await statuses(direct.port), [101, 101, 429, 429, 429]);
    assert.deepEqual(await statuses(behind.port), [101, 101, 101, 101, 429]);
    await Promise.all([direct.close(), behind.close()]);
  });

  it('says that the server is full when it carries all the lines it may', async () => {
    const full = await startServer({}, { limits: { connections: 1 } });
    const { end } = await handshake(full.port, {});
    const { status, body } = await handshake(full.port, {});
    assert.equal(status, 503);
    assert.ok(body.includes('SERVER_BUSY'));
    end();
    await full.close();
  });

  it('counts an IPv6 household as one', () => {
    assert.equal(addressKey('2001:db8:1:2:aaaa::1'), addressKey('2001:DB8:1:2:bbbb:cccc:dddd:eeee'));
    assert.notEqual(addressKey('2001:db8:1:2::1'), addressKey('2001:db8:1:3::1'));
    assert.equal(addressKey('::ffff:203.0.113.9'), '203.0.113.9');
    assert.equal(addressKey('::1'), '::1');
    assert.equal(addressKey('fe80::1%eth0'), 'fe80:0:0:0::/64');
  });

  it('knows limits that leave room for an office', () => assert.ok(DEFAULT_LIMITS.connectionsPerAddress >= 100));
});
