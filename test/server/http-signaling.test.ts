/** Joining by plain HTTP: the same answers, the same refusals, and a seat that waits for its line. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { MemoryRoomStore } from '../../server/rooms/memory-room-store.js';
import { DEFAULT_TIMINGS } from '../../server/timings.js';
import type { Ack, HttpSignalsReply } from '../../server/protocol/events.js';
import type { JoinReply } from '../../server/protocol/schemas.js';
import { codeOf, joinRequest, ok, startServer, withServer, type Member, type RunningServer } from '../support/server.js';
import { answer, candidates, offer, SDP, to } from '../support/signals.js';
import { TOKEN_MODE, tokenFor } from '../support/tokens.js';
import { until } from '../support/until.js';

const TEXT = { 'content-type': 'text/plain' };

const post = (server: RunningServer, path: string, body: unknown, headers: Record<string, string> = TEXT) =>
  fetch(`${server.url}/signaling/${path}`, {
    method: 'POST',
    headers,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const joinByPost = async (server: RunningServer, request: unknown): Promise<Ack<JoinReply>> =>
  (await (await post(server, 'join', request)).json()) as Ack<JoinReply>;
const resumeOf = ({ self, resumeToken }: JoinReply) => ({ participantId: self.id, token: resumeToken });
/** What was answered to each; or to all of them together. */
const signals = async (server: RunningServer, reply: JoinReply, ...all: readonly unknown[]): Promise<readonly string[]> => {
  const response = await post(server, 'signals', { ...resumeOf(reply), signals: all });
  const answer = (await response.json()) as Ack<HttpSignalsReply>;
  return (answer.ok ? answer.data.answers : [answer]).map(codeOf);
};

describe('a join by plain HTTP', () => {
  let server: RunningServer;
  let rooms = 0;
  let room = '';
  let ada: Member;
  before(async () => {
    server = await startServer({ maxParticipants: 3 });
  });
  after(() => server.close());
  const withAda = async (): Promise<void> => {
    room = `posted-${(rooms += 1)}`;
    ada = await server.join(room);
  };

  it('is answered like any other, with the parked offers, and the others hear of it', async () => {
    await withAda();
    ok(await ada.client.ask('prepare-offer', { offer: { connectionId: 'link-ada-1', sdp: SDP, mids: {} } }));
    const reply = ok(await joinByPost(server, joinRequest(room, { displayName: 'Ben', wantsOffers: true })));
    assert.equal(reply.self.displayName, 'Ben');
    assert.deepEqual(
      reply.roster.participants.map(({ id }) => id),
      [ada.id],
    );
    assert.equal(reply.preparedOffers?.[0]?.signal.connectionId, 'link-ada-1');
    assert.equal((await ada.client.next('participant-joined')).participant.id, reply.self.id);
  });

  it('leads to a seat that the line takes, with what was said to it meanwhile', async () => {
    await withAda();
    const reply = ok(await joinByPost(server, joinRequest(room)));
    ok(await ada.client.ask('signal', to(reply.self.id, candidates(1, 'link-ada-1'))));
    const ben = await server.join(room, { resume: resumeOf(reply) });
    assert.equal(ben.id, reply.self.id);
    assert.equal(ben.reply.resumed, true);
    assert.equal((await ben.client.next('signal')).signal.connectionId, 'link-ada-1');
    ok(await ada.client.ask('sync', {}));
    assert.deepEqual(ada.client.heard('participant-left'), []);
  });

  it('may be followed by signals the same way, passed on once', async () => {
    await withAda();
    ok(await ada.client.ask('prepare-offer', { offer: { connectionId: 'link-ada-1', sdp: SDP, mids: {} } }));
    const reply = ok(await joinByPost(server, joinRequest(room, { wantsOffers: true })));
    const message = to(ada.id, answer('link-ada-1'));
    assert.deepEqual(await signals(server, reply, message, to(ada.id, candidates(1, 'link-0002'))), ['ok', 'ok']);
    assert.equal((await ada.client.next('signal')).from, reply.self.id);
    assert.ok((await ada.client.next('signal')).signal.candidates);
    const ben = await server.join(room, { resume: resumeOf(reply) });
    ok(await ben.client.ask('signal', message));
    ok(await ada.client.ask('sync', {}));
    assert.deepEqual(ada.client.heard('signal'), []);
    const late = await signals(server, reply, to(ada.id, offer()));
    assert.deepEqual(late, ['SESSION_INVALID'], 'the line has a token of its own');
  });

  it('has each of its signals answered by itself', async () => {
    await withAda();
    const reply = ok(await joinByPost(server, joinRequest(room)));
    const codes = await signals(
      server,
      reply,
      to(ada.id, { ...offer(), description: { type: 'offer', sdp: 'v=1' } }),
      to(ada.id, offer('link-good1')),
      { id: 'short', to: ada.id, signal: offer() },
      null,
      to('A'.repeat(22), offer()),
      to(ada.id, candidates(1, 'link-good1')),
    );
    assert.deepEqual(codes, ['SDP_REJECTED', 'ok', 'BAD_PAYLOAD', 'BAD_PAYLOAD', 'PEER_NOT_FOUND', 'ok']);
    const heard = [await ada.client.next('signal'), await ada.client.next('signal')];
    assert.deepEqual(
      heard.map(({ signal: { connectionId: link, candidates: more } }) => [link, more !== undefined]),
      [
        ['link-good1', false],
        ['link-good1', true],
      ],
    );
    ok(await ada.client.ask('sync', {}));
    assert.deepEqual(ada.client.heard('signal'), []);
  });

  it('is the same join when it is repeated on a line, and gives way to it', async () => {
    await withAda();
    const request = joinRequest(room);
    const reply = ok(await joinByPost(server, request));
    const client = server.connect({ join: request });
    assert.equal(ok(await client.next('join-result')).self.id, reply.self.id);
    assert.equal(codeOf(await joinByPost(server, request)), 'STATE_CONFLICT');
    ok(await client.ask('sync', {}));
    assert.deepEqual(client.heard('goodbye'), []);
  });

  it('is over soon when no line comes for it', async () => {
    await withServer(
      async (hasty) => {
        const { client } = await hasty.join('hasty');
        const reply = ok(await joinByPost(hasty, joinRequest('hasty')));
        const left = await client.next('participant-left');
        assert.deepEqual([left.participantId, left.reason], [reply.self.id, 'timeout']);
      },
      {},
      { timings: { joinDeadlineMs: 300 } },
    );
  });

  it('is undone when the page goes away before it has the answer', async () => {
    let admitting = (): void => undefined;
    let open = (): void => undefined;
    const underWay = new Promise<void>((resolve) => (admitting = resolve));
    const opened = new Promise<void>((resolve) => (open = resolve));
    class SlowStore extends MemoryRoomStore {
      override async admit(...args: Parameters<MemoryRoomStore['admit']>) {
        if (args[0].profile.displayName === 'Ben') {
          admitting();
          await opened;
        }
        return super.admit(...args);
      }
    }
    const slow = await startServer({}, { store: new SlowStore({ ...DEFAULT_TIMINGS, settings: {} }) });
    const someone = await slow.join('left');
    const abort = new AbortController();
    const body = JSON.stringify(joinRequest('left', { displayName: 'Ben' }));
    const asked = fetch(`${slow.url}/signaling/join`, { method: 'POST', headers: TEXT, body, signal: abort.signal });
    await underWay;
    abort.abort();
    await assert.rejects(asked);
    await new Promise((resolve) => setTimeout(resolve, 50)); // until the server knows that the connection is gone
    open();
    const { participant } = await someone.client.next('participant-joined');
    const { participantId, reason } = await someone.client.next('participant-left');
    assert.deepEqual([participantId, reason], [participant.id, 'left']);
    await slow.close();
  });

  it('is refused as on a line: full, no room, nonsense, another protocol', async () => {
    await withAda();
    await server.join(room);
    await server.join(room);
    assert.equal(codeOf(await joinByPost(server, joinRequest(room))), 'ROOM_FULL');
    assert.equal(codeOf(await joinByPost(server, joinRequest('no room!'))), 'ROOM_NAME_INVALID');
    assert.equal(codeOf(await joinByPost(server, { ...joinRequest('x'), protocol: 9 })), 'PROTOCOL_UNSUPPORTED');
    for (const body of [{}, [], 'null', '7', '"x"', { ...joinRequest('x'), role: 'host' }, '{"__proto__":{"x":1}}', '{', ''])
      assert.equal(codeOf(await joinByPost(server, body)), 'BAD_PAYLOAD', JSON.stringify(body));
  });

  it('takes no other content type, and no more than a frame', async () => {
    for (const type of ['application/json', 'application/x-www-form-urlencoded', 'text/html'])
      assert.equal((await post(server, 'join', joinRequest('typed'), { 'content-type': type })).status, 415, type);
    assert.equal((await post(server, 'join', 'x'.repeat(140_000))).status, 413);
  });

  it('is refused to a stranger’s page, which cannot even read the refusal', async () => {
    const stranger = await post(server, 'join', joinRequest('strange'), { ...TEXT, origin: 'https://evil.example' });
    assert.equal(stranger.status, 403);
    assert.equal(stranger.headers.get('access-control-allow-origin'), 'https://evil.example');
    assert.match(await stranger.text(), /ORIGIN_NOT_ALLOWED.*ALLOWED_ORIGINS/);
    const own = await post(server, 'join', joinRequest('own'), { ...TEXT, origin: server.url });
    assert.equal(own.status, 200);
    assert.equal(own.headers.get('access-control-allow-origin'), server.url);
    assert.equal(own.headers.get('cache-control'), 'no-store');
  });

  it('lets nobody speak for another: wrong, foreign and invented tokens', async () => {
    await withAda();
    const reply = ok(await joinByPost(server, joinRequest(room)));
    const message = to(ada.id, offer());
    for (const [participantId, token] of [
      [reply.self.id, 'wrong'],
      [reply.self.id, ada.reply.resumeToken],
      ['A'.repeat(22), reply.resumeToken],
    ] as const)
      assert.deepEqual(
        await signals(server, { ...reply, self: { ...reply.self, id: participantId }, resumeToken: token }, message),
        ['SESSION_INVALID'],
      );
    for (const body of [
      {},
      { ...resumeOf(reply), signals: [] },
      { ...resumeOf(reply), signals: [message], by: ada.id },
      { ...resumeOf(reply), signals: Array(17).fill(message) },
    ])
      assert.equal(codeOf((await (await post(server, 'signals', body)).json()) as Ack<unknown>), 'BAD_PAYLOAD');
    assert.deepEqual(await signals(server, reply, to('A'.repeat(22), offer())), ['PEER_NOT_FOUND']);
  });

  it('is held back like joins on lines when it comes too often', async () => {
    const busy = await startServer(
      { production: true, allowedOrigins: ['*'], allowNoOrigin: true },
      { limits: { joinsPerAddressPerMinute: 3 } },
    );
    const codes: string[] = [];
    for (let i = 0; i < 4; i += 1) codes.push(codeOf(await joinByPost(busy, joinRequest(`busy-${i}`))));
    assert.deepEqual(codes, ['ok', 'ok', 'ok', 'RATE_LIMITED']);
    await busy.close();
  });
});

describe('nonsense by plain HTTP', () => {
  const strict = { production: true, allowedOrigins: ['*'], allowNoOrigin: true, trustProxy: ['127.0.0.1'] };
  const from = (address: string) => ({ ...TEXT, 'x-forwarded-for': address });

  it('adds up by address, whoever sends it, and then that address has to ask over a line', async () => {
    const deps = { limits: { strikes: 4 }, timings: { strikeWindowMs: 600_000 } };
    await withServer(
      async (server) => {
        const ada = await server.join('nonsense');
        const reply = ok(await joinByPost(server, joinRequest('nonsense'))); // from elsewhere: no proxy before it
        const bad = { ...resumeOf(reply), signals: [{}, to('A'.repeat(22), offer()), to(ada.id, candidates(1)), 7] };
        assert.equal((await post(server, 'signals', bad, from('203.0.113.1'))).status, 200);
        assert.equal((await post(server, 'join', '{', from('203.0.113.1'))).status, 400);
        assert.equal((await post(server, 'join', joinRequest('no room!'), from('203.0.113.1'))).status, 200);
        const refused = await post(server, 'join', joinRequest('nonsense'), from('203.0.113.1'));
        assert.equal(refused.status, 429);
        const answer = (await refused.json()) as Ack<unknown>;
        assert.ok(!answer.ok && answer.error.code === 'RATE_LIMITED' && answer.error.retryAfterMs! > 0);
        assert.equal((await post(server, 'signals', bad, from('203.0.113.1'))).status, 429);
        assert.equal((await post(server, 'join', joinRequest('nonsense'), from('203.0.113.2'))).status, 200);
        const client = server.connect({ join: joinRequest('nonsense') }, { headers: { 'x-forwarded-for': '203.0.113.1' } });
        ok(await client.next('join-result'));
      },
      strict,
      deps,
    );
  });

  it('is no trouble that happens to everybody: who is gone, a late answer, a seat that is taken', async () => {
    await withServer(
      async (server) => {
        const reply = ok(await joinByPost(server, joinRequest('honest')));
        for (let i = 0; i < 5; i += 1) {
          assert.deepEqual(await signals(server, reply, to('A'.repeat(22), offer())), ['PEER_NOT_FOUND']);
          assert.deepEqual(await signals(server, { ...reply, resumeToken: 'old' }, to('A'.repeat(22), offer())), [
            'SESSION_INVALID',
          ]);
        }
      },
      strict,
      { limits: { strikes: 2 } },
    );
  });
});

describe('a join by plain HTTP where somebody decides', () => {
  let server: RunningServer;
  before(async () => {
    server = await startServer({ ...TOKEN_MODE, waitingRoom: true });
  });
  after(() => server.close());

  it('needs the token, uses it once, and gives it back where the room does not open by itself', async () => {
    const host = await server.join('hall', { token: await tokenFor('hall', { role: 'host' }) });
    assert.equal(codeOf(await joinByPost(server, joinRequest('hall'))), 'UNAUTHENTICATED');
    const token = await tokenFor('hall');
    const request = joinRequest('hall', { token });
    assert.equal(codeOf(await joinByPost(server, request)), 'LOBBY_WAITING');
    ok(await host.client.ask('sync', {}));
    assert.deepEqual(host.client.heard('waiting-participant-added'), [], 'nobody waits who could not be told');
    const client = server.connect({ join: request });
    assert.equal(codeOf(await client.next('join-result')), 'LOBBY_WAITING');
    const { waitingId } = await host.client.next('waiting-participant-added');
    ok(await host.client.ask('admit', { waitingId }));
    assert.equal((await client.next('join-result')).ok, true);
    assert.equal(codeOf(await joinByPost(server, joinRequest('hall', { token }))), 'TOKEN_REPLAYED');
  });

  it('is for those who could open a line next', async () => {
    const limits = { connectionsPerAddress: 1, lines: 100 };
    const small = await startServer({ production: true, allowNoOrigin: true }, { limits });
    const first = await small.join('only-one');
    assert.equal(codeOf(await joinByPost(small, joinRequest('only-one'))), 'RATE_LIMITED');
    first.client.socket.disconnect();
    await until('the address to have room', async () => codeOf(await joinByPost(small, joinRequest('only-one'))) === 'ok');
    await small.close();
  });
});
