/** From the door to those inside: offers that are kept for a visitor, answers before the join, and all that can come between. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PeerOffer, JoinRequest, EarlyAnswersRequest, EarlyOffersReply, Signal } from '../../server/protocol/schemas.js';
import { codeOf, joinRequest, ok, withServer, type Member, type RunningServer, type TestClient } from '../support/server.js';
import { answer, SDP } from '../support/signals.js';
import { TOKEN_MODE, tokenFor } from '../support/tokens.js';

const park = async ({ client }: Member, link: string) =>
  ok(await client.ask('prepare-offer', { offer: { connectionId: link, sdp: SDP, mids: { microphone: '0' } } }));
const links = ({ offers }: Pick<EarlyOffersReply, 'offers'>) => offers.map(({ from, signal }) => [from, signal.connectionId]);
const met = ({ reply }: Member) => (reply.negotiation.answered ?? []).map(({ from, connectionId: link }) => [from, link]);
const handed = ({ reply }: Member) => links({ offers: reply.negotiation.preparedOffers ?? [] });
const answerTo = ({ from, signal }: PeerOffer, link = 'link-visitor'): EarlyAnswersRequest['answers'][number] => ({
  to: from,
  signal: { ...answer(signal.connectionId), connectionId: link },
});

/** Somebody at the door of `room`, with nothing asked yet but how many are inside. */
async function atTheDoor(server: RunningServer, token?: string): Promise<TestClient> {
  const client = server.connect();
  await client.next('connect');
  ok(await client.ask('prepare', { protocol: 2, room: 'room', ...(token && { token }) }));
  return client;
}
async function joinOn(client: TestClient, room: string, more: Partial<JoinRequest> = {}): Promise<Member> {
  const reply = ok(await client.ask('join', joinRequest(room, { wantsOffers: true, ...more })));
  return { client, reply, id: reply.self.id };
}
/** Nothing more was said to them, up to now. */
async function untouched(
  { client }: Member,
  ...events: readonly ('offer-taken' | 'signal' | 'participant-joined')[]
): Promise<void> {
  ok(await client.ask('sync', {}));
  for (const event of events) assert.deepEqual(client.heard(event), []);
}
const peek = async (client: TestClient): Promise<EarlyOffersReply> => ok(await client.ask('early-offers', {}));
const meet = async (client: TestClient, offers: readonly PeerOffer[]) =>
  ok(await client.ask('early-answers', { answers: offers.map((offer) => answerTo(offer)) }));

describe('from the door to those inside', () => {
  it('a visitor sees the parked offers, and nobody inside hears of it', () =>
    withServer(async (server) => {
      const [ada, ben] = [await server.join('room'), await server.join('room')];
      await Promise.all([park(ada, 'link-ada-1'), park(ben, 'link-ben-1')]);
      const heard: string[] = [];
      ada.client.socket.onAny((event: string) => heard.push(event));
      const visitor = await atTheDoor(server);
      const seen = await peek(visitor);
      assert.deepEqual(links(seen), [
        [ada.id, 'link-ada-1'],
        [ben.id, 'link-ben-1'],
      ]);
      assert.ok(Array.isArray(seen.ice.iceServers));
      assert.deepEqual(await peek(visitor), seen, 'looking again is the same look');
      ok(await ada.client.ask('sync', {}));
      assert.deepEqual(heard, []);
    }));

  it('an answer right before the join reaches the owner before they hear who came, and the join tells that it did', () =>
    withServer(async (server) => {
      const ada = await server.join('room');
      await park(ada, 'link-ada-1');
      const visitor = await atTheDoor(server);
      const { offers } = await peek(visitor);
      const order: string[] = [];
      ada.client.socket.onAny((event: string) => order.push(event));
      const asked = visitor.ask('early-answers', { answers: offers.map((offer) => answerTo(offer)) });
      const ben = await joinOn(visitor, 'room');
      ok(await asked);
      assert.deepEqual(met(ben), [[ada.id, 'link-ada-1']]);
      assert.deepEqual(handed(ben), []);
      const taken = await ada.client.next('offer-taken');
      assert.deepEqual(taken, { connectionId: 'link-ada-1', by: ben.id });
      const { from, signal } = await ada.client.next('signal');
      assert.equal(from, ben.id, 'stamped with who they became');
      assert.equal(signal.remoteConnectionId, 'link-ada-1');
      assert.equal((await ada.client.next('participant-joined')).participant.id, ben.id);
      assert.deepEqual(order, ['offer-taken', 'signal', 'participant-joined']);
    }));

  it('an answer a while before tells nobody who is there', () =>
    withServer(async (server) => {
      const ada = await server.join('room');
      await park(ada, 'link-ada-1');
      const visitor = await atTheDoor(server);
      await meet(visitor, (await peek(visitor)).offers);
      const { by } = await ada.client.next('offer-taken');
      assert.equal((await ada.client.next('signal')).from, by);
      await untouched(ada, 'participant-joined');
      assert.deepEqual(ok(await ada.client.ask('sync', {})).participants, []);
      const ben = await joinOn(visitor, 'room');
      assert.equal(ben.id, by);
      assert.deepEqual(met(ben), [[ada.id, 'link-ada-1']]);
    }));

  it('what one visitor has seen is nobody else’s, not even when they go away; the owner’s next one is for the next', () =>
    withServer(async (server) => {
      const ada = await server.join('room');
      await park(ada, 'link-ada-1');
      const [first, second] = [await atTheDoor(server), await atTheDoor(server)];
      assert.deepEqual(links(await peek(first)), [[ada.id, 'link-ada-1']]);
      assert.deepEqual(links(await peek(second)), []);
      await meet(second, [{ from: ada.id, signal: { connectionId: 'link-ada-1', round: 1 } }]);
      await untouched(ada, 'offer-taken');
      ok(await first.ask('leave', {}));
      assert.deepEqual(links(await peek(second)), []);
      assert.deepEqual(handed(await server.join('room', { wantsOffers: true })), []);
      await park(ada, 'link-ada-2');
      assert.deepEqual(links(await peek(second)), [[ada.id, 'link-ada-2']]);
    }));

  it('who joins meanwhile gets none of them, and offers as ever', () =>
    withServer(async (server) => {
      const ada = await server.join('room');
      await park(ada, 'link-ada-1');
      const visitor = await atTheDoor(server);
      const { offers } = await peek(visitor);
      assert.deepEqual(handed(await server.join('room', { wantsOffers: true })), []);
      await meet(visitor, offers);
      assert.deepEqual(met(await joinOn(visitor, 'room')), [[ada.id, 'link-ada-1']]);
    }));

  it('what is parked later goes to who has looked, first to who stands there the longest', () =>
    withServer(async (server) => {
      const ada = await server.join('room');
      const onlyThere = await atTheDoor(server);
      const [first, second] = [await atTheDoor(server), await atTheDoor(server)];
      for (const visitor of [first, second]) assert.deepEqual(links(await peek(visitor)), []);
      await park(ada, 'link-ada-1');
      const offered = await first.next('prepared-offers');
      assert.deepEqual(links(offered), [[ada.id, 'link-ada-1']]);
      await meet(first, offered.offers);
      await park(ada, 'link-ada-2');
      assert.deepEqual(links(await second.next('prepared-offers')), [[ada.id, 'link-ada-2']]);
      for (const visitor of [onlyThere, first]) {
        ok(await visitor.ask('prepare', { protocol: 2, room: 'room' }));
        assert.deepEqual(visitor.heard('prepared-offers'), []);
      }
    }));

  it('who only stands there does not have them for ever', () =>
    withServer(
      async (server) => {
        const ada = await server.join('room');
        await park(ada, 'link-ada-1');
        const visitor = await atTheDoor(server);
        assert.equal((await peek(visitor)).offers.length, 1);
        await pause(60);
        await park(ada, 'link-ada-2');
        assert.deepEqual(
          links(ok(await visitor.ask('early-offers', { again: true }))),
          [],
          'a page that looks by itself is no visitor',
        );
        assert.deepEqual(handed(await server.join('room', { wantsOffers: true })), [[ada.id, 'link-ada-2']]);
        await park(ada, 'link-ada-3');
        assert.deepEqual(links(await peek(visitor)), [[ada.id, 'link-ada-3']], 'looking again is a new beginning');
      },
      {},
      { timings: { reservedOfferMs: 50 } },
    ));

  it('an offer is answered once', () =>
    withServer(async (server) => {
      const ada = await server.join('room');
      await park(ada, 'link-ada-1');
      const visitor = await atTheDoor(server);
      const { offers } = await peek(visitor);
      await meet(visitor, offers);
      await meet(visitor, offers);
      await ada.client.next('signal');
      ok(await ada.client.ask('sync', {}));
      await untouched(ada, 'signal');
      assert.deepEqual(links(await peek(visitor)), [], 'nor seen again');
    }));

  it('when its owner leaves another one, the visitor has that one instead', () =>
    withServer(async (server) => {
      const ada = await server.join('room');
      await park(ada, 'link-ada-1');
      const visitor = await atTheDoor(server);
      const { offers } = await peek(visitor);
      await park(ada, 'link-ada-2');
      const renewed = await visitor.next('prepared-offers');
      assert.deepEqual(links(renewed), [[ada.id, 'link-ada-2']]);
      await meet(visitor, offers);
      await untouched(ada, 'offer-taken');
      await meet(visitor, renewed.offers);
      assert.deepEqual(met(await joinOn(visitor, 'room')), [[ada.id, 'link-ada-2']]);
    }));

  it('when its owner is gone, or has taken it back, it is answered by nobody', () =>
    withServer(async (server) => {
      const [ada, ben] = [await server.join('room'), await server.join('room')];
      await Promise.all([park(ada, 'link-ada-1'), park(ben, 'link-ben-1')]);
      const visitor = await atTheDoor(server);
      const { offers } = await peek(visitor);
      ok(await ada.client.ask('leave', {}));
      ok(await ben.client.ask('prepare-offer', {}));
      await meet(visitor, offers);
      await untouched(ben, 'offer-taken');
      assert.deepEqual(met(await joinOn(visitor, 'room')), []);
    }));

  it('who was met and left meanwhile is not told as met', () =>
    withServer(async (server) => {
      const [ada, ben] = [await server.join('room'), await server.join('room')];
      await Promise.all([park(ada, 'link-ada-1'), park(ben, 'link-ben-1')]);
      const visitor = await atTheDoor(server);
      await meet(visitor, (await peek(visitor)).offers);
      ok(await ada.client.ask('leave', {}));
      assert.deepEqual(met(await joinOn(visitor, 'room')), [[ben.id, 'link-ben-1']]);
    }));

  it('expires: the offer as for anybody, and the meeting when nobody joins', () =>
    withServer(
      async (server) => {
        const ada = await server.join('room');
        await park(ada, 'link-ada-1');
        const visitor = await atTheDoor(server);
        await meet(visitor, (await peek(visitor)).offers);
        await park(ada, 'link-ada-2');
        await pause(60);
        const ben = await joinOn(visitor, 'room');
        assert.deepEqual([met(ben), handed(ben)], [[], []], 'both are over');
        await park(ada, 'link-ada-3');
        const next = await atTheDoor(server);
        const { offers } = await peek(next);
        assert.deepEqual(links({ offers }), [[ada.id, 'link-ada-3']]);
        await pause(60);
        await meet(next, offers);
        assert.deepEqual(met(await joinOn(next, 'room')), []);
      },
      {},
      { timings: { preparedOfferMs: 50, earlyConnectionMs: 50 } },
    ));

  it('when the room fills meanwhile the visitor is refused, and whom they met waits for nobody', () =>
    withServer(
      async (server) => {
        const ada = await server.join('room');
        await park(ada, 'link-ada-1');
        const visitor = await atTheDoor(server);
        const { offers } = await peek(visitor);
        await server.join('room');
        await meet(visitor, offers);
        await untouched(ada, 'offer-taken');
        assert.equal(codeOf(await visitor.ask('join', joinRequest('room'))), 'ROOM_FULL');
        assert.deepEqual(links(await peek(visitor)), []);
      },
      { maxParticipants: 2 },
    ));

  it('nothing is seen or met where the room is locked or has a waiting room', () =>
    withServer(async (server) => {
      const token = (role: 'host' | 'speaker') => tokenFor('room', { role });
      const host = await server.join('room', { token: await token('host') });
      await park(host, 'link-host-1');
      const visitor = await atTheDoor(server, await token('speaker'));
      const { offers } = await peek(visitor);
      assert.equal(offers.length, 1);
      for (const [event, on, off] of [
        ['lock', { locked: true }, { locked: false }],
        ['waiting-room', { enabled: true }, { enabled: false }],
      ] as const) {
        ok(await host.client.askAnything(event, on));
        assert.deepEqual(links(await peek(visitor)), [], event);
        await meet(visitor, offers);
        assert.deepEqual(host.client.heard('offer-taken'), [], event);
        ok(await host.client.askAnything(event, off));
      }
      await meet(visitor, offers);
      assert.equal((await host.client.next('offer-taken')).connectionId, 'link-host-1');
    }, TOKEN_MODE));

  it('a stranger sees what is seen at an empty room: without a token, and not at a door at all', () =>
    withServer(async (server) => {
      const host = await server.join('room', { token: await tokenFor('room', { role: 'host' }) });
      await park(host, 'link-host-1');
      const nothing = { offers: [], ice: { iceServers: [] } };
      const stranger = await atTheDoor(server);
      assert.deepEqual(await peek(stranger), nothing);
      const nowhere = server.connect();
      await nowhere.next('connect');
      assert.deepEqual(await peek(nowhere), nothing);
      await meet(stranger, [{ from: host.id, signal: { connectionId: 'link-host-1', round: 1 } }]);
      await untouched(host, 'offer-taken');
    }, TOKEN_MODE));

  it('who would not be let in sees nothing: sent out, to be let in by hand, or with a token that was used', () =>
    withServer(async (server) => {
      const host = await server.join('room', { token: await tokenFor('room', { role: 'host' }) });
      await park(host, 'link-host-1');
      const nothing = { offers: [], ice: { iceServers: [] } };
      const eve = await server.join('room', { token: await tokenFor('room', { sub: 'eve' }) });
      ok(await host.client.ask('kick', { participantId: eve.id }));
      const used = await tokenFor('room');
      await server.join('room', { token: used });
      for (const token of [await tokenFor('room', { sub: 'eve' }), await tokenFor('room', { waitingRoom: true }), used]) {
        const visitor = await atTheDoor(server, token);
        assert.deepEqual(await peek(visitor), nothing);
        await meet(visitor, [{ from: host.id, signal: { connectionId: 'link-host-1', round: 1 } }]);
      }
      await untouched(host, 'offer-taken');
      const welcome = await atTheDoor(server, await tokenFor('room'));
      assert.deepEqual(links(await peek(welcome)), [[host.id, 'link-host-1']]);
    }, TOKEN_MODE));

  it('an offer that is pushed brings the relay along', () =>
    withServer(
      async (server) => {
        const ada = await server.join('room');
        const visitor = await atTheDoor(server);
        assert.deepEqual((await peek(visitor)).offers, []);
        await park(ada, 'link-ada-1');
        const [relay] = (await visitor.next('prepared-offers')).ice.iceServers.filter(({ credential }) => credential);
        assert.deepEqual(relay?.urls, ['turn:relay.example.org:3478']);
      },
      { turn: { urls: ['turn:relay.example.org:3478'], secret: 'a-secret-of-thirty-two-characters!' } },
    ));

  it('who was met and has reloaded since, or is away, is not told as met: their page knows nothing of it', () =>
    withServer(async (server) => {
      const [ada, ben] = [await server.join('room'), await server.join('room')];
      await Promise.all([park(ada, 'link-ada-1'), park(ben, 'link-ben-1')]);
      const visitor = await atTheDoor(server);
      await meet(visitor, (await peek(visitor)).offers);
      ada.client.cut();
      const back = await server.join('room', { resume: { participantId: ada.id, token: ada.reply.resumeToken } });
      assert.equal(back.id, ada.id);
      ok(await ben.client.ask('suspend', {}));
      assert.deepEqual(met(await joinOn(visitor, 'room')), []);
    }));

  it('who joins before they could answer is handed what was kept for them', () =>
    withServer(async (server) => {
      const ada = await server.join('room');
      await park(ada, 'link-ada-1');
      const visitor = await atTheDoor(server);
      await peek(visitor);
      const ben = await joinOn(visitor, 'room');
      assert.deepEqual([met(ben), handed(ben)], [[], [[ada.id, 'link-ada-1']]]);
    }));

  it('who has met somebody is kept no other of theirs', () =>
    withServer(async (server) => {
      const ada = await server.join('room');
      await park(ada, 'link-ada-1');
      const visitor = await atTheDoor(server);
      await meet(visitor, (await peek(visitor)).offers);
      await park(ada, 'link-ada-2');
      assert.deepEqual(links(await peek(visitor)), []);
      assert.deepEqual(handed(await server.join('room', { wantsOffers: true })), [[ada.id, 'link-ada-2']]);
    }));

  it('what was met in one room is nothing in another', () =>
    withServer(async (server) => {
      const ada = await server.join('room');
      await park(ada, 'link-ada-1');
      const visitor = await atTheDoor(server);
      await meet(visitor, (await peek(visitor)).offers);
      const { by } = await ada.client.next('offer-taken');
      const elsewhere = await joinOn(visitor, 'elsewhere');
      assert.notEqual(elsewhere.id, by);
      assert.deepEqual(met(elsewhere), []);
    }));

  it('answers are checked as any are, and only answers pass', () =>
    withServer(async (server) => {
      const ada = await server.join('room');
      await park(ada, 'link-ada-1');
      const visitor = await atTheDoor(server);
      const [offer] = (await peek(visitor)).offers;
      assert.ok(offer);
      const said = (signal: Partial<Signal>): EarlyAnswersRequest => {
        const { to, signal: good } = answerTo(offer);
        return { answers: [{ to, signal: { ...good, ...signal } }] };
      };
      assert.equal(
        codeOf(await visitor.ask('early-answers', said({ description: { type: 'answer', sdp: 'v=1\r\n' } }))),
        'SDP_REJECTED',
      );
      assert.equal(
        codeOf(
          await visitor.ask(
            'early-answers',
            said({ candidates: [{ candidate: 'candidate:1 1 udp 1 intranet.corp 80 typ host' }] }),
          ),
        ),
        'CANDIDATE_REJECTED',
      );
      for (const wrong of [
        { round: 2 },
        { remoteConnectionId: 'link-ada-0' },
        { description: { type: 'offer' as const, sdp: SDP } },
      ])
        ok(await visitor.ask('early-answers', said(wrong)));
      assert.equal(codeOf(await visitor.askAnything('early-answers', { answers: [] })), 'BAD_PAYLOAD');
      await untouched(ada, 'offer-taken');
      ok(await visitor.ask('early-answers', said({})));
      assert.equal((await ada.client.next('offer-taken')).connectionId, 'link-ada-1');
    }));

  it('is asked only so often', () =>
    withServer(async (server) => {
      const visitor = await atTheDoor(server);
      const codes = await Promise.all(Array.from({ length: 30 }, () => visitor.ask('early-offers', {})));
      assert.ok(codes.map(codeOf).includes('RATE_LIMITED'));
    }));

  it('can be switched off', () =>
    withServer(
      async (server) => {
        const ada = await server.join('room');
        await park(ada, 'link-ada-1');
        const visitor = await atTheDoor(server);
        assert.deepEqual(links(await peek(visitor)), []);
        assert.deepEqual(handed(await joinOn(visitor, 'room')), [[ada.id, 'link-ada-1']]);
      },
      {},
      { timings: { earlyConnectionMs: 0 } },
    ));
});

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
