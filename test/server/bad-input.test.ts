/**
 * Whatever a client sends, it gets an answer with a code, and nobody else notices: a pair in the same
 * room and a pair in another go on exchanging signals through all of it.
 */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { codeOf, joinRequest, ok, startServer, type Member, type RunningServer, type TestClient } from '../support/server.js';
import { candidates, offer, to } from '../support/signals.js';

describe('bad input', () => {
  let server: RunningServer;
  let witnesses: readonly (readonly [Member, Member])[];
  let round = 0;

  before(async () => {
    server = await startServer({ maxParticipants: 4 });
    witnesses = [
      [await server.join('same'), await server.join('same')],
      [await server.join('other'), await server.join('other')],
    ];
  });
  after(() => server.close());
  afterEach(async () => {
    for (const [ada, ben] of witnesses) {
      round += 1;
      ok(await ada.client.ask('signal', to(ben.id, candidates(1, 'link-0001', `round${round}`))));
      // What a flood still had on the way is not what is waited for.
      await ben.client.next('signal', ({ from }) => from === ada.id);
    }
  });

  const inside = async (): Promise<TestClient> => (await server.join('same')).client;
  const connected = async (): Promise<TestClient> => {
    const client = server.connect();
    await client.next('connect');
    return client;
  };
  const leave = async (client: TestClient) => {
    if (client.socket.connected) await client.askAnything('leave', {});
    client.socket.disconnect();
  };

  const payloads: readonly (readonly [string, unknown])[] = [
    ['nothing', undefined],
    ['null', null],
    ['a number', 7],
    ['a string', 'x'],
    ['a list', []],
    ['a list of what fits', [joinRequest('same')]],
    ['true', true],
    ['something unknown', { unknown: 1 }],
    ['a nested list', [[[[[[]]]]]]],
    ['bytes', Buffer.from('x')],
    ['no bytes', Buffer.alloc(0)],
    ['bytes inside', { id: Buffer.from('x'), to: Buffer.from('x'), signal: Buffer.from('x') }],
  ];
  const room = ['prepare', 'join', 'leave', 'update', 'signal', 'ice', 'sync', 'prepare-offer'];
  const calls = ['register', 'unregister', 'phone-away', 'ring', 'cancel-ring', 'answer', 'presence'];
  for (const event of [...room, ...calls]) {
    it(`in ${event} is answered with BAD_PAYLOAD`, async () => {
      const client = await inside();
      for (const [what, payload] of payloads) {
        const ack = await (payload === undefined ? client.askAnything(event) : client.askAnything(event, payload));
        assert.equal(codeOf(ack), 'BAD_PAYLOAD', what);
      }
      await leave(client);
    });
  }

  const poisoned: readonly (readonly [string, string, string])[] = [
    ['leave', '{"__proto__":{"x":1}}', 'BAD_PAYLOAD'],
    ['update', '{"constructor":{"prototype":{"x":1}}}', 'BAD_PAYLOAD'],
    ['update', '{"media":{"microphone":true,"camera":true,"screen":true,"screenAudio":true,"__proto__":{"x":1}}}', 'BAD_PAYLOAD'],
    ['update', '{"media":{"microphone":"true","camera":1,"screen":null,"screenAudio":[]}}', 'BAD_PAYLOAD'],
    ['update', '{"role":"host"}', 'BAD_PAYLOAD'],
    ['update', '{"recording":true}', 'BAD_PAYLOAD'],
    ['update', '{"media":{"microphone":true,"camera":true,"screen":true,"screenAudio":true,"recording":false}}', 'BAD_PAYLOAD'],
    ['update', '{"media":{"microphone":true,"camera":true,"screen":true,"screenAudio":true,"recording":"yes"}}', 'BAD_PAYLOAD'],
    ['update', '{"handRaised":1}', 'BAD_PAYLOAD'],
    ['update', '{"hand":1}', 'BAD_PAYLOAD'],
    ['update', '{"chat":true}', 'BAD_PAYLOAD'],
    ['signal', '{"id":"message-1","to":"__proto__","signal":{"connectionId":"link-0001","videoRequests":{}}}', 'BAD_PAYLOAD'],
    [
      'signal',
      '{"id":"message-1","to":"AAAAAAAAAAAAAAAAAAAAAA","signal":{"__proto__":{"x":1},"connectionId":"link-0001","videoRequests":{}}}',
      'BAD_PAYLOAD',
    ],
    [
      'signal',
      '{"id":"message-1","to":"AAAAAAAAAAAAAAAAAAAAAA","signal":{"connectionId":"link-0001","mids":{"__proto__":"0"},"videoRequests":{}}}',
      'BAD_PAYLOAD',
    ],
    [
      'signal',
      '{"id":"message-1","to":"AAAAAAAAAAAAAAAAAAAAAA","signal":{"connectionId":"x","videoRequests":{}}}',
      'BAD_PAYLOAD',
    ],
    [
      'signal',
      '{"id":"message-1","to":"AAAAAAAAAAAAAAAAAAAAAA","signal":{"connectionId":"link-0001","candidates":[]}}',
      'BAD_PAYLOAD',
    ],
    ...[
      '{"camera":{"width":-1,"height":1,"rate":1}}',
      '{"camera":{"width":1e9,"height":1,"rate":1}}',
      '{"camera":{"width":1.5,"height":1,"rate":1}}',
      '{"camera":{"width":1,"height":1,"rate":1000}}',
      '{"camera":{"width":"1","height":1,"rate":1}}',
      '{"camera":{"width":1,"height":1}}',
      '{"camera":{"width":1,"height":1,"rate":1,"maxBitrate":9}}',
      '{"microphone":{"width":1,"height":1,"rate":1}}',
      '[]',
      'true',
    ].map(
      (wants) =>
        [
          'signal',
          `{"id":"message-1","to":"AAAAAAAAAAAAAAAAAAAAAA","signal":{"connectionId":"link-0001","wants":${wants}}}`,
          'BAD_PAYLOAD',
        ] as const,
    ),
    [
      'signal',
      '{"id":"message-1","to":"AAAAAAAAAAAAAAAAAAAAAA","signal":{"connectionId":"link-0001","candidates":[null]}}',
      'BAD_PAYLOAD',
    ],
    [
      'signal',
      '{"id":"message-1","to":"AAAAAAAAAAAAAAAAAAAAAA","signal":{"connectionId":"link-0001","description":null}}',
      'BAD_PAYLOAD',
    ],
    [
      'signal',
      '{"id":"message-1","to":"AAAAAAAAAAAAAAAAAAAAAA","signal":{"connectionId":"link-0001","videoRequests":false}}',
      'BAD_PAYLOAD',
    ],
    [
      'signal',
      '{"id":"message-1","to":"AAAAAAAAAAAAAAAAAAAAAA","signal":{"connectionId":"link-0001","round":1.5,"videoRequests":{}}}',
      'BAD_PAYLOAD',
    ],
    ['prepare-offer', '{"offer":{"connectionId":"link-0001","sdp":"v=0","mids":{"__proto__":"0"}}}', 'BAD_PAYLOAD'],
    ['prepare-offer', '{"offer":{"connectionId":"link-0001","sdp":"","mids":{}}}', 'BAD_PAYLOAD'],
    ['prepare-offer', '{"offer":{"connectionId":"x","sdp":"v=0","mids":{}}}', 'BAD_PAYLOAD'],
    [
      'prepare-offer',
      '{"offer":{"connectionId":"link-0001","sdp":"v=0","mids":{},"by":"AAAAAAAAAAAAAAAAAAAAAA"}}',
      'BAD_PAYLOAD',
    ],
    ['prepare-offer', '{"offer":null}', 'BAD_PAYLOAD'],
    ['prepare-offer', '{"offer":{"connectionId":"link-0001","sdp":"v=0\\r\\n","mids":{}}}', 'SDP_REJECTED'],
    ['register', '{"protocol":2,"device":"device-1","secret":"__proto__","status":"available"}', 'BAD_PAYLOAD'],
    ['register', `{"protocol":2,"device":"device-1","secret":"${'x'.repeat(43)}","status":"host"}`, 'BAD_PAYLOAD'],
    ['register', `{"protocol":2,"device":"device-1","secret":"${'x'.repeat(43)}","status":"busy","person":"x"}`, 'BAD_PAYLOAD'],
    ['register', `{"protocol":9,"device":"device-1","secret":"${'x'.repeat(43)}","status":"busy"}`, 'PROTOCOL_UNSUPPORTED'],
    ['register', `{"protocol":2,"device":"device-1","secret":"${'x'.repeat(43)}","status":"busy","pass":7}`, 'BAD_PAYLOAD'],
    ['ring', '{"protocol":2,"id":"short","to":"x","video":true,"timeoutMs":30000}', 'BAD_PAYLOAD'],
    ['ring', `{"protocol":2,"id":"${'x'.repeat(22)}","to":"","video":true,"timeoutMs":30000}`, 'BAD_PAYLOAD'],
    ['ring', `{"protocol":2,"id":"${'x'.repeat(22)}","to":"x","video":true,"timeoutMs":1e9}`, 'BAD_PAYLOAD'],
    ['ring', `{"protocol":2,"id":"${'x'.repeat(22)}","to":"x","video":true,"timeoutMs":30000,"from":{}}`, 'BAD_PAYLOAD'],
    [
      'ring',
      `{"protocol":2,"id":"${'x'.repeat(22)}","to":"x","video":true,"timeoutMs":30000,"invite":{"room":"same","ticket":"a.b"}}`,
      'FORBIDDEN',
    ],
    ['answer', `{"ringId":"${'x'.repeat(22)}","answer":"accept"}`, 'NOT_REGISTERED'],
    ['answer', `{"ringId":"${'x'.repeat(22)}","answer":"hijack"}`, 'BAD_PAYLOAD'],
    ['presence', '{"protocol":2,"addresses":[]}', 'BAD_PAYLOAD'],
    ['presence', '{"protocol":2,"addresses":["a","b","c","d","e","f","g","h","i","j","k"]}', 'BAD_PAYLOAD'],
    ['presence', '{"protocol":2,"addresses":["__proto__"],"__proto__":{"x":1}}', 'BAD_PAYLOAD'],
  ];
  for (const [event, json, code] of poisoned) {
    it(`${event} ${json.slice(0, 60)} is answered with ${code}`, async () => {
      const client = await inside();
      // Written as a raw packet: no serializer stands between the test and the server.
      const ackId = 900;
      const heard = new Promise<string>((resolve) =>
        client.socket.io.engine.on('data', (data: unknown) => String(data).startsWith(`3${ackId}`) && resolve(String(data))),
      );
      client.socket.io.engine.write(`2${ackId}["${event}",${json}]`);
      assert.ok((await heard).includes(code));
      assert.equal(({} as Record<string, unknown>)['x'], undefined);
      await leave(client);
    });
  }

  for (const event of ['__proto__', 'constructor', 'toString', '', 'connection', 'hasOwnProperty', 'goodbye', 'door']) {
    it(`an event named ${JSON.stringify(event)} is answered with UNKNOWN_EVENT`, async () => {
      const client = await connected();
      assert.equal(codeOf(await client.askAnything(event, {})), 'UNKNOWN_EVENT');
      client.socket.disconnect();
    });
  }

  it('an event that is a number is answered with UNKNOWN_EVENT', async () => {
    const client = await connected();
    client.socket.io.engine.write('2[123,{}]');
    assert.equal((await client.next('server-error')).error.code, 'UNKNOWN_EVENT');
    client.socket.disconnect();
  });

  it('without an acknowledgement is told by server-error, to that line alone', async () => {
    const client = await inside();
    client.socket.emit('signal', { nonsense: true });
    const { event, error } = await client.next('server-error');
    assert.equal(event, 'signal');
    assert.equal(error.code, 'BAD_PAYLOAD');
    client.socket.emit('leave', {});
    await witnesses[0]![0].client.next('participant-left');
    assert.deepEqual(witnesses[0]![0].client.heard('server-error'), []);
    client.socket.disconnect();
  });

  it('with more arguments than there should be is read as if they were not there', async () => {
    const client = await inside();
    ok(await client.askAnything('sync', {}, 'more', { and: 'more' }));
    await leave(client);
  });

  it('again and again ends the line, and only that one', async () => {
    const client = await inside();
    for (let count = 0; count < 30; count += 1) client.socket.emit('nonsense', count);
    assert.deepEqual(await client.next('goodbye'), { code: 'ABUSE', reason: 'abuse' });
    await client.next('disconnect');
    const { reason } = await witnesses[0]![0].client.next('participant-left', (left) => left.reason === 'kicked');
    assert.equal(reason, 'kicked');
  });

  it('larger than 128 KiB ends the line, and only that one', async () => {
    const client = await connected();
    client.socket.emit('signal', { sdp: 'x'.repeat(131_073) });
    await client.next('disconnect');
  });

  it('of half a protocol ends the line, and only that one', async () => {
    const binary = '51-["x",{"_placeholder":true,"num":1000000000}]';
    for (const packets of [
      ['9nonsense'],
      ['2{"not":"a list"}'],
      [binary, '2["text where bytes were due"]'],
      ['2["disconnect"]'],
      ['2[]'],
      ['599-["x"]'],
    ]) {
      const client = await connected();
      for (const packet of packets) client.socket.io.engine.write(packet);
      await client.next('disconnect');
    }
  });

  it('to a namespace that is not there is refused', async () => {
    const client = await connected();
    const admin = client.socket.io.socket('/admin', { auth: { protocol: 2 } });
    const message = await new Promise((resolve) => {
      admin.on('connect_error', (error) => resolve(error.message));
      admin.connect();
    });
    assert.equal(message, 'Invalid namespace');
    client.socket.disconnect();
  });

  it('in a flood is held back with the time to wait, and then ends the line', async () => {
    const client = await inside();
    const [, ben] = witnesses[0]!;
    const first = await Promise.all(Array.from({ length: 100 }, () => client.ask('signal', to(ben.id, offer()))));
    const refused = first.filter((ack) => codeOf(ack) === 'RATE_LIMITED');
    assert.ok(refused.length > 0 && refused.length < 100);
    const [one] = refused;
    assert.ok(one?.ok === false && one.error.retryAfterMs !== undefined && one.error.retryAfterMs > 0 && one.error.retryable);
    for (let count = 0; count < 2_000; count += 1) client.socket.emit('signal', to(ben.id, offer()));
    assert.deepEqual(await client.next('goodbye'), { code: 'ABUSE', reason: 'abuse' });
  });

  it('of many rooms from one line stops at the first', async () => {
    const client = await inside();
    for (let count = 0; count < 5; count += 1)
      assert.equal(codeOf(await client.ask('join', joinRequest(`many-${count}`))), 'ALREADY_JOINED');
    await leave(client);
  });
});
