/** Passing signals on: to the one they are for, from the one who sent them, once. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DEFAULT_LIMITS } from '../../server/limits.js';
import { codeOf, freshId, joinRequest, ok, startServer, withServer, type Member, type RunningServer } from '../support/server.js';
import { answer, candidates, offer, to } from '../support/signals.js';

describe('a signal', () => {
  let server: RunningServer;
  let rooms = 0;
  before(async () => {
    server = await startServer();
  });
  after(() => server.close());

  const pair = async (): Promise<readonly [Member, Member]> => {
    rooms += 1;
    return [await server.join(`pair-${rooms}`), await server.join(`pair-${rooms}`)];
  };

  it('reaches the one it is for, stamped with its sender, and nobody else', async () => {
    const [ada, ben] = await pair();
    const eve = await server.join(ada.reply.room);
    const signal = offer();
    ok(await ada.client.ask('signal', to(ben.id, signal)));
    assert.deepEqual(await ben.client.next('signal'), { from: ada.id, signal });
    await eve.client.ask('sync', {});
    assert.deepEqual(eve.client.heard('signal'), []);
    assert.deepEqual(ada.client.heard('signal'), []);
  });

  it('cannot name its sender', async () => {
    const [ada, ben] = await pair();
    const eve = await server.join(ada.reply.room);
    assert.equal(codeOf(await eve.client.askAnything('signal', { ...to(ben.id, offer()), from: ada.id })), 'BAD_PAYLOAD');
    assert.equal(
      codeOf(await eve.client.askAnything('signal', to(ben.id, { ...offer(), from: ada.id } as never))),
      'BAD_PAYLOAD',
    );
  });

  it('carries no bytes to anybody, where an empty object would do', async () => {
    const [ada, ben] = await pair();
    const bytes = Buffer.alloc(0);
    for (const hidden of [
      { ...offer(), mids: bytes },
      { connectionId: 'link-0001', wants: bytes },
      { connectionId: 'link-0001', wants: { camera: bytes } },
    ]) {
      if (codeOf(await ada.client.askAnything('signal', { id: freshId('msg'), to: ben.id, signal: hidden })) !== 'ok') continue;
      const { mids, videoRequests: wants } = (await ben.client.next('signal')).signal;
      assert.deepEqual(mids ?? wants, {});
    }
  });

  it('arrives in the order it was sent, whatever it carries', async () => {
    const [ada, ben] = await pair();
    const sent = [offer(), candidates(3), candidates(1), candidates(2)];
    await Promise.all(sent.map((signal) => ada.client.ask('signal', to(ben.id, signal))));
    for (const signal of sent) assert.deepEqual((await ben.client.next('signal')).signal, signal);
  });

  it('is passed on once, however often it is sent with the same id', async () => {
    const [ada, ben] = await pair();
    const message = to(ben.id, offer());
    const answers = await Promise.all([1, 2, 3].map(() => ada.client.ask('signal', message)));
    assert.deepEqual(answers.map(codeOf), ['ok', 'ok', 'ok']);
    await ben.client.next('signal');
    ok(await ada.client.ask('signal', to(ben.id, candidates())));
    assert.ok((await ben.client.next('signal')).signal.candidates);
    assert.deepEqual(ben.client.heard('signal'), []);
  });

  it('finds nobody: oneself, a stranger, somebody in another room, a room, somebody who left', async () => {
    const [ada, ben] = await pair();
    const outsider = await server.join('outside');
    const gone = await server.join(ada.reply.room);
    ok(await gone.client.ask('leave', {}));
    for (const id of [ada.id, 'A'.repeat(22), outsider.id, gone.id]) {
      assert.equal(codeOf(await ada.client.ask('signal', to(id, offer()))), 'PEER_NOT_FOUND');
    }
    assert.equal(codeOf(await ada.client.ask('signal', to(ada.reply.room, offer()))), 'BAD_PAYLOAD');
    await outsider.client.ask('sync', {});
    assert.deepEqual(outsider.client.heard('signal'), []);
    ok(await ada.client.ask('signal', to(ben.id, offer())));
  });

  it('is not for those who did not join, or left', async () => {
    const [ada] = await pair();
    const stranger = server.connect();
    await stranger.next('connect');
    assert.equal(codeOf(await stranger.ask('signal', to(ada.id, offer()))), 'NOT_IN_ROOM');
    ok(await ada.client.ask('leave', {}));
    assert.equal(codeOf(await ada.client.ask('signal', to(ada.id, offer()))), 'NOT_IN_ROOM');
  });

  it('must carry something', async () => {
    const [ada, ben] = await pair();
    assert.equal(codeOf(await ada.client.ask('signal', to(ben.id, { connectionId: 'link-0001' }))), 'BAD_PAYLOAD');
  });

  it('may end the candidates of an m-line, or ask for a restart', async () => {
    const [ada, ben] = await pair();
    ok(await ada.client.ask('signal', to(ben.id, { connectionId: 'link-0001', candidates: [{ candidate: '', sdpMid: null }] })));
    const restart = { connectionId: 'link-0001', remoteConnectionId: 'link-0002', restart: true };
    assert.equal(codeOf(await ada.client.askAnything('signal', to(ben.id, restart as never))), 'BAD_PAYLOAD');
  });

  it('is refused with a description or a candidate that may not be passed on', async () => {
    const [ada, ben] = await pair();
    const bad = { candidate: 'candidate:1 1 udp 1 intranet.corp 80 typ host', sdpMid: '0' };
    assert.equal(
      codeOf(await ada.client.ask('signal', to(ben.id, { connectionId: 'link-0001', candidates: [bad] }))),
      'CANDIDATE_REJECTED',
    );
    assert.equal(
      codeOf(
        await ada.client.ask('signal', to(ben.id, { connectionId: 'link-0001', description: { type: 'offer', sdp: 'v=0\r\n' } })),
      ),
      'SDP_REJECTED',
    );
    for (const type of ['pranswer', 'rollback', undefined, 7]) {
      const description = { type, sdp: offer().description!.sdp };
      assert.equal(
        codeOf(
          await ada.client.askAnything('signal', {
            id: 'message-1',
            to: ben.id,
            signal: { connectionId: 'link-0001', description },
          }),
        ),
        'BAD_PAYLOAD',
      );
    }
  });

  it('carries at most 64 candidates of one generation, and a new generation begins anew', async () => {
    const [ada, ben] = await pair();
    const send = async (count: number, fragment: string) =>
      codeOf(await ada.client.ask('signal', to(ben.id, candidates(count, 'link-0001', fragment))));
    for (const count of [20, 20, 20, 4]) assert.equal(await send(count, 'old0'), 'ok');
    assert.equal(await send(1, 'old0'), 'CANDIDATE_REJECTED');
    assert.equal(await send(20, 'new0'), 'ok');
    assert.equal(codeOf(await ada.client.askAnything('signal', to(ben.id, candidates(21)))), 'BAD_PAYLOAD');
  });
});

describe('an answer', () => {
  let server: RunningServer;
  let ada: Member;
  let ben: Member;
  before(async () => {
    server = await startServer();
    ada = await server.join('answers');
    ben = await server.join('answers');
  });
  after(() => server.close());

  const offers = async (signal = offer()) => ok(await ada.client.ask('signal', to(ben.id, signal)));
  const answers = async (signal: ReturnType<typeof answer>) => codeOf(await ben.client.ask('signal', to(ada.id, signal)));

  it('is refused when nobody offered', async () => assert.equal(await answers(answer()), 'STATE_CONFLICT'));

  it('reaches the offerer, once', async () => {
    await offers();
    assert.equal(await answers(answer()), 'ok');
    assert.equal((await ada.client.next('signal')).signal.description?.type, 'answer');
    assert.equal(await answers(answer()), 'STATE_CONFLICT');
  });

  it('is refused when it names another connection or another round', async () => {
    await offers(offer('link-0007', 3));
    assert.equal(await answers(answer('link-0008', 3)), 'STATE_CONFLICT');
    assert.equal(await answers(answer('link-0007', 2)), 'STATE_CONFLICT');
    const { remoteConnectionId: _peer, ...nameless } = answer('link-0007', 3);
    assert.equal(await answers(nameless), 'STATE_CONFLICT');
    assert.equal(await answers(answer('link-0007', 3)), 'ok');
  });

  it('to an earlier offer is refused once there is a later one', async () => {
    await offers(offer('link-0001', 5));
    await offers(offer('link-0001', 6));
    assert.equal(await answers(answer('link-0001', 5)), 'STATE_CONFLICT');
    assert.equal(await answers(answer('link-0001', 6)), 'ok');
  });

  it('of one of two who offered at the same moment is passed on', async () => {
    await offers(offer('link-000a', 9));
    ok(await ben.client.ask('signal', to(ada.id, offer('link-000b', 9))));
    assert.equal(codeOf(await ada.client.ask('signal', to(ben.id, answer('link-000b', 9, 'link-000a')))), 'ok');
  });

  it('still finds its offer after the offerer lost the line and came back', async () => {
    const lost = await server.join('answers');
    ok(await lost.client.ask('signal', to(ben.id, offer('link-0042', 1))));
    lost.client.cut();
    await lost.client.next('disconnect');
    const back = server.connect({
      join: joinRequest('answers', { resume: { participantId: lost.id, token: lost.reply.resumeToken } }),
    });
    ok(await back.next('join-result'));
    ok(await ben.client.ask('signal', to(lost.id, answer('link-0042', 1))));
    assert.equal((await back.next('signal')).from, ben.id);
  });
});

describe('what a signal costs', () => {
  const rates = {
    ...DEFAULT_LIMITS.rates,
    description: { burst: 3, perSecond: 0.1 },
    candidates: { burst: 60, perSecond: 0.1 },
  };

  it('of an answer and its candidates is paid by who offered, who may then wait', async () => {
    await withServer(
      async (server) => {
        const [ada, ben] = [await server.join('room'), await server.join('room')];
        const negotiate = async (round: number): Promise<string> => {
          const offered = codeOf(await ada.client.ask('signal', to(ben.id, offer('link-0001', round))));
          if (offered !== 'ok') return offered;
          ok(await ben.client.ask('signal', to(ada.id, answer('link-0001', round))));
          for (const count of [20, 20])
            ok(await ben.client.ask('signal', to(ada.id, candidates(count, 'link-0002', `u${round}`))));
          return 'ok';
        };
        assert.deepEqual([await negotiate(1), await negotiate(2), await negotiate(3)], ['ok', 'ok', 'RATE_LIMITED']);
        // Ben has still all that is his.
        const own = [1, 2, 3].map((round) => ben.client.ask('signal', to(ada.id, offer('link-0002', round))));
        assert.deepEqual((await Promise.all(own)).map(codeOf), ['ok', 'ok', 'ok']);
      },
      {},
      { limits: { rates } },
    );
  });

  it('of candidates that nobody asked for is paid by their sender, also after an answer', async () => {
    await withServer(
      async (server) => {
        const [ada, ben] = [await server.join('room'), await server.join('room')];
        ok(await ada.client.ask('signal', to(ben.id, offer())));
        ok(await ben.client.ask('signal', to(ada.id, answer())));
        const codes: string[] = [];
        for (const fragment of ['u1', 'u2', 'u3', 'u4', 'u5'])
          codes.push(codeOf(await ben.client.ask('signal', to(ada.id, candidates(20, 'link-0002', fragment)))));
        assert.deepEqual(codes, ['ok', 'ok', 'ok', 'ok', 'RATE_LIMITED']);
      },
      {},
      { limits: { rates } },
    );
  });

  it('is no offence for who comes back after the time they were told', async () => {
    await withServer(
      async (server) => {
        const ada = await server.join('room');
        let refused = 0;
        while (refused < 4) {
          const result = await ada.client.ask('sync', {});
          if (result.ok) continue;
          refused += 1;
          // A hair too early by our clock is as good as in time by the server's.
          await new Promise((resolve) => setTimeout(resolve, result.error.retryAfterMs));
        }
        ok(await ada.client.ask('leave', {}));
        const eve = await server.join('room');
        for (let count = 0; count < 12; count += 1) eve.client.socket.emit('sync', {});
        assert.equal((await eve.client.next('goodbye')).code, 'ABUSE');
      },
      {},
      { limits: { refusals: 4, rates: { ...rates, sync: { burst: 1, perSecond: 20 } } } },
    );
  });
});
