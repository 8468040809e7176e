/** Parked offers: handed to one newcomer each, with the answer to the join, and gone whenever they lead nowhere. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JoinRequest, PreparedOfferInit } from '../../server/protocol/schemas.js';
import { codeOf, freshId, ok, withServer, type Member } from '../support/server.js';
import { answer, offer, SDP, to } from '../support/signals.js';
import { TOKEN_MODE, tokenFor } from '../support/tokens.js';

const NEW: Partial<JoinRequest> = { wantsOffers: true };
const prepared = (link: string): PreparedOfferInit => ({ connectionId: link, sdp: SDP, mids: { microphone: '0' } });
const park = async ({ client }: Member, link: string) => ok(await client.ask('prepare-offer', { offer: prepared(link) }));
const links = ({ reply }: Member) =>
  (reply.negotiation.preparedOffers ?? []).map(({ from, signal }) => [from, signal.connectionId]);

describe('a parked offer', () => {
  it('goes to the newcomer with the answer, from everybody inside, and its owner hears who has it', () =>
    withServer(async (server) => {
      const ada = await server.join('room');
      const ben = await server.join('room', NEW);
      assert.equal(ben.reply.negotiation.preparedOffers, undefined, 'nothing was prepared yet');
      await park(ada, 'link-ada-1');
      await park(ben, 'link-ben-1');
      const cleo = await server.join('room', NEW);
      assert.deepEqual(links(cleo), [
        [ada.id, 'link-ada-1'],
        [ben.id, 'link-ben-1'],
      ]);
      assert.deepEqual(cleo.reply.negotiation.preparedOffers?.[0]?.signal, { ...offer('link-ada-1'), mids: { microphone: '0' } });
      assert.deepEqual(await ada.client.next('offer-taken'), { connectionId: 'link-ada-1', by: cleo.id });
      assert.deepEqual(await ben.client.next('offer-taken'), { connectionId: 'link-ben-1', by: cleo.id });
    }));

  it('is told as taken before its owner hears who came', () =>
    withServer(async (server) => {
      const ada = await server.join('room');
      await park(ada, 'link-ada-1');
      const order: string[] = [];
      ada.client.socket.onAny((event: string) => order.push(event));
      await server.join('room', NEW);
      await ada.client.next('participant-joined');
      assert.deepEqual(order, ['offer-taken', 'participant-joined']);
    }));

  it('is answered by whom it was handed to, once, and by nobody else', () =>
    withServer(async (server) => {
      const ada = await server.join('room');
      await park(ada, 'link-ada-1');
      const ben = await server.join('room', NEW);
      const eve = await server.join('room', NEW);
      assert.equal(codeOf(await eve.client.ask('signal', to(ada.id, answer('link-ada-1')))), 'STATE_CONFLICT');
      ok(await ben.client.ask('signal', to(ada.id, answer('link-ada-1'))));
      assert.equal((await ada.client.next('signal')).from, ben.id);
      assert.equal(codeOf(await ben.client.ask('signal', to(ada.id, answer('link-ada-1')))), 'STATE_CONFLICT');
    }));

  it('is used once: the next newcomer gets none, and offers as ever', () =>
    withServer(async (server) => {
      const ada = await server.join('room');
      await park(ada, 'link-ada-1');
      const [ben, cleo] = await Promise.all([server.join('room', NEW), server.join('room', NEW)]);
      assert.deepEqual([links(ben), links(cleo)].flat(), [[ada.id, 'link-ada-1']]);
      ok(await cleo.client.ask('signal', to(ada.id, offer('link-cleo'))));
      assert.equal((await ada.client.next('signal')).signal.connectionId, 'link-cleo');
    }));

  it('is replaced by the next one, and taken back by its owner', () =>
    withServer(async (server) => {
      const ada = await server.join('room');
      await park(ada, 'link-ada-1');
      await park(ada, 'link-ada-2');
      assert.deepEqual(links(await server.join('room', NEW)), [[ada.id, 'link-ada-2']]);
      await park(ada, 'link-ada-3');
      ok(await ada.client.ask('prepare-offer', {}));
      assert.deepEqual(links(await server.join('room', NEW)), []);
    }));

  it('expires', () =>
    withServer(
      async (server) => {
        const ada = await server.join('room');
        await park(ada, 'link-ada-1');
        await new Promise((resolve) => setTimeout(resolve, 60));
        assert.deepEqual(links(await server.join('room', NEW)), []);
        assert.deepEqual(ada.client.heard('offer-taken'), []);
      },
      {},
      { timings: { preparedOfferMs: 50 } },
    ));

  it('is gone with its owner, with the line of its owner, and when the page goes away', () =>
    withServer(
      async (server) => {
        const [ada, ben, cleo] = [await server.join('room'), await server.join('room'), await server.join('room')];
        const witness = await server.join('room');
        for (const [member, link] of [
          [ada, 'link-ada-1'],
          [ben, 'link-ben-1'],
          [cleo, 'link-cleo-1'],
        ] as const)
          await park(member, link);
        ok(await ada.client.ask('leave', {}));
        ben.client.cut();
        ok(await cleo.client.ask('suspend', {}));
        await witness.client.next(
          'participant-updated',
          ({ participant }) => participant.id === ben.id && participant.presence === 'away',
        );
        assert.deepEqual(links(await server.join('room', NEW)), []);
        const again = await server.join('room', { resume: { participantId: ben.id, token: ben.reply.resumeToken } });
        assert.equal(again.reply.resumed, true);
        assert.deepEqual(links(await server.join('room', NEW)), [], 'the new line of its owner knows nothing of it');
      },
      {},
      { timings: { awayAfterMs: 20 } },
    ));

  it('is handed to nobody who is not seated, nor to who has connections already', () =>
    withServer(
      async (server) => {
        const ada = await server.join('room');
        await park(ada, 'link-ada-1');
        const ben = await server.join('room');
        assert.deepEqual(links(ben), []);
        const late = server.connect({
          join: { protocol: 2, joinId: freshId(), room: 'room', media: ada.reply.self.media, ...NEW },
        });
        assert.equal(codeOf(await late.next('join-result')), 'ROOM_FULL');
        assert.deepEqual(ada.client.heard('offer-taken'), []);
        ok(await ben.client.ask('leave', {}));
        assert.deepEqual(links(await server.join('room', NEW)), [[ada.id, 'link-ada-1']]);
      },
      { maxParticipants: 2 },
    ));

  it('goes to a reloaded page that takes its seat back, but not to one whose line was lost', () =>
    withServer(async (server) => {
      const ada = await server.join('room');
      const ben = await server.join('room', NEW);
      await park(ada, 'link-ada-1');
      ben.client.cut();
      const resume = (token: string) => ({ resume: { participantId: ben.id, token } });
      const back = await server.join('room', resume(ben.reply.resumeToken));
      assert.deepEqual(links(back), []);
      back.client.cut();
      const reloaded = await server.join('room', { ...resume(back.reply.resumeToken), ...NEW });
      assert.deepEqual(links(reloaded), [[ada.id, 'link-ada-1']]);
      assert.deepEqual(await ada.client.next('offer-taken'), { connectionId: 'link-ada-1', by: ben.id });
    }));

  it('waits while the room is locked or has a waiting room', () =>
    withServer(async (server) => {
      const token = (role: 'host' | 'speaker') => tokenFor('room', { role });
      const host = await server.join('room', { token: await token('host') });
      await park(host, 'link-host-1');
      for (const [event, on, off] of [
        ['lock', { locked: true }, { locked: false }],
        ['waiting-room', { enabled: true }, { enabled: false }],
      ] as const) {
        ok(await host.client.askAnything(event, on));
        const second = await server.join('room', { token: await token('host'), ...NEW });
        assert.deepEqual(links(second), [], event);
        ok(await second.client.ask('leave', {}));
        ok(await host.client.askAnything(event, off));
      }
      assert.deepEqual(links(await server.join('room', { token: await token('speaker'), ...NEW })), [[host.id, 'link-host-1']]);
    }, TOKEN_MODE));

  it('is told to a viewer as to anybody: what they may send is known to its owner', () =>
    withServer(async (server) => {
      const host = await server.join('room', { token: await tokenFor('room', { role: 'host' }) });
      await park(host, 'link-host-1');
      const viewer = await server.join('room', { token: await tokenFor('room', { role: 'viewer' }), ...NEW });
      assert.deepEqual(links(viewer), [[host.id, 'link-host-1']]);
      assert.deepEqual((await host.client.next('participant-joined')).participant.publish, []);
    }, TOKEN_MODE));

  it('is parked only by who sits in the room, and only so often', () =>
    withServer(async (server) => {
      const stranger = server.connect();
      await stranger.next('connect');
      assert.equal(codeOf(await stranger.ask('prepare-offer', { offer: prepared('link-0001') })), 'NOT_IN_ROOM');
      const ada = await server.join('room');
      const codes = await Promise.all(
        Array.from({ length: 30 }, (_, index) => ada.client.ask('prepare-offer', { offer: prepared(`link-ada-${index}`) })),
      );
      assert.ok(codes.map(codeOf).includes('RATE_LIMITED'));
    }));

  it('loses the candidates that may not be passed on', () =>
    withServer(async (server) => {
      const ada = await server.join('room');
      const line = 'a=candidate:1 1 udp 1 intranet.corp 80 typ host\r\n';
      ok(await ada.client.ask('prepare-offer', { offer: { ...prepared('link-ada-1'), sdp: SDP + line } }));
      const ben = await server.join('room', NEW);
      assert.equal(ben.reply.negotiation.preparedOffers?.[0]?.signal.description?.sdp, SDP);
    }));

  it('can be switched off', () =>
    withServer(
      async (server) => {
        const ada = await server.join('room');
        await park(ada, 'link-ada-1');
        assert.deepEqual(links(await server.join('room', NEW)), []);
      },
      {},
      { timings: { preparedOfferMs: 0 } },
    ));
});
