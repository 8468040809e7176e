/** Direct calls over a real port: every way a ring can end, who hears of it, and what nobody can find out. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { DEFAULT_LIMITS } from '../../server/limits.js';
import type { Admittance, RingReply } from '../../server/protocol/calls.js';
import { connected, freshRingId, freshSecret, phone, registerRequest, ringRequest, type Phone } from '../support/phones.js';
import { codeOf, joinRequest, ok, startServer, type RunningServer, type TestClient } from '../support/server.js';
import { until } from '../support/until.js';

const WIDE = {
  ...DEFAULT_LIMITS,
  rates: { ...DEFAULT_LIMITS.rates, ring: { burst: 500, perSecond: 100 }, register: { burst: 500, perSecond: 100 } },
  ringsPerCalleePerMinute: 500,
  ringsPerPairPerMinute: 500,
};
const NOBODY = 'aaaa-bbbb-cccc-dddd-eeee-ffff-gggg';
const outcomeOf = (reply: RingReply): string => (reply.ringing ? 'ringing' : (reply.result?.outcome ?? 'nothing'));
const ringing = (ack: Awaited<ReturnType<Phone['ring']>>): RingReply => {
  const reply = ok(ack);
  assert.equal(outcomeOf(reply), 'ringing');
  return reply;
};
const result = async (caller: { readonly client: TestClient }): Promise<string> =>
  (await caller.client.next('ring-result')).result.outcome;

describe('direct calls', () => {
  let server: RunningServer;
  before(async () => {
    server = await startServer(
      {},
      { limits: WIDE, timings: { graceMs: 400, reloadMs: 100, ringTurnMs: 150, ringKeptMs: 5_000 } },
    );
  });
  after(() => server.close());

  const join = async ({ room, ticket }: Admittance, more: { readonly displayName?: string } = {}) => {
    const client = await connected(server);
    return { client, ack: await client.ask('join', joinRequest(room, { token: ticket, ...more })) };
  };
  const answer = async (callee: Phone, what: 'accept' | 'busy' | 'decline' = 'accept') => {
    const { ringId } = await callee.client.next('ring-incoming');
    return callee.client.ask('answer', { ringId, answer: what });
  };
  const call = async (caller: Phone, callee: Phone): Promise<readonly [Admittance, Admittance]> => {
    ringing(await caller.ring(callee.address));
    const { admittance } = ok(await answer(callee));
    const answered = (await caller.client.next('ring-result')).result;
    assert.equal(answered.outcome, 'answered');
    assert.ok(admittance && answered.admittance);
    return [answered.admittance, admittance];
  };

  describe('an address', () => {
    it('follows from the secret: the same again after a restart, of 140 bits, without look-alikes', async () => {
      const secret = freshSecret();
      const first = await phone(server, { secret });
      const other = await startServer();
      try {
        assert.equal((await phone(other, { secret })).address, first.address);
        assert.match(first.address, /^(?:[0-9a-hjkmnp-tv-z]{4}-){6}[0-9a-hjkmnp-tv-z]{4}$/);
        assert.notEqual((await phone(server)).address, first.address);
      } finally {
        await other.close();
      }
    });

    it('cannot be taken without its secret, whatever is asked for', async () => {
      const ada = await phone(server);
      const client = await connected(server);
      assert.equal(codeOf(await client.ask('register', registerRequest({ address: ada.address }))), 'FORBIDDEN');
      for (const secret of ['', 'short', ada.address, `${freshSecret()}x`, null])
        assert.equal(codeOf(await client.askAnything('register', { ...registerRequest(), secret })), 'BAD_PAYLOAD');
    });

    it('is read however somebody types it', async () => {
      const [ada, ben] = [await phone(server), await phone(server)];
      const typed = ` ${ben.address.toUpperCase().replaceAll('-', ' ').replaceAll('0', 'O').replaceAll('1', 'l')} `;
      ringing(await ada.ring(typed));
      assert.equal((await ben.client.next('ring-incoming')).to, ben.address);
    });

    it('that nobody uses is answered like one that nobody ever used, and like no address at all', async () => {
      const ada = await phone(server);
      const gone = await phone(server);
      gone.client.socket.disconnect();
      const hidden = await phone(server);
      await until('it to be gone', async () => outcomeOf(ok(await ada.ring(gone.address))) === 'unavailable');
      const replies = [];
      for (const to of [gone.address, NOBODY, 'support-of-nobody', '???', '__proto__']) replies.push(ok(await ada.ring(to)));
      for (const reply of replies)
        assert.deepEqual(reply, { ringing: false, remainingMs: 0, result: { outcome: 'unavailable' } });
      const presence = ok(
        await ada.client.ask('presence', { protocol: 2, addresses: [gone.address, hidden.address, NOBODY, '???'] }),
      );
      assert.deepEqual(presence, { presence: ['unknown', 'unknown', 'unknown', 'unknown'] });
    });

    it('that is a name tells whether somebody is there, unless it is set not to', async () => {
      const ada = await phone(server);
      const ben = await phone(server, { address: 'desk-1' });
      const presence = async () => ok(await ada.client.ask('presence', { protocol: 2, addresses: ['desk-1'] })).presence[0];
      assert.equal(await presence(), 'available');
      await ben.set({ status: 'busy' });
      assert.equal(await presence(), 'busy');
      await ben.set({ status: 'do-not-disturb' });
      assert.equal(await presence(), 'unknown');
      await ben.set({ status: 'available', presence: 'hidden' });
      assert.equal(await presence(), 'unknown');
    });
  });

  describe('a ring', () => {
    it('that is answered becomes a room for the two, with everything a room has', async () => {
      const [ada, ben] = [await phone(server, { displayName: 'Ada' }), await phone(server, { displayName: 'Ben' })];
      ringing(await ada.ring(ben.address, { displayName: 'Ada at home', video: false }));
      const incoming = await ben.client.next('ring-incoming');
      assert.deepEqual(
        [incoming.from.address, incoming.from.displayName, incoming.to, incoming.video, incoming.invited],
        [ada.address, 'Ada at home', ben.address, false, false],
      );
      const mine = ok(await ben.client.ask('answer', { ringId: incoming.ringId, answer: 'accept' })).admittance;
      const { outcome, admittance: hers, displayName } = (await ada.client.next('ring-result')).result;
      assert.deepEqual([outcome, displayName, hers?.room], ['answered', 'Ben', mine?.room]);
      const first = await join(hers!, { displayName: 'Ada' });
      const second = await join(mine!, { displayName: 'Ben' });
      assert.deepEqual(
        ok(second.ack).roster.participants.map((one) => [one.displayName, one.externalId]),
        [['Ada', ada.address]],
      );
      assert.equal((await first.client.next('participant-joined')).participant.externalId, ben.address);
    });

    for (const [what, status, outcome] of [
      ['somebody who talks', 'busy', 'busy'],
      ['somebody who is not to be disturbed', 'do-not-disturb', 'do-not-disturb'],
    ] as const)
      it(`at ${what} says so at once, and nobody hears of it`, async () => {
        const [ada, ben] = [await phone(server), await phone(server, { status })];
        assert.equal(outcomeOf(ok(await ada.ring(ben.address))), outcome);
        assert.deepEqual(ben.client.heard('ring-incoming'), []);
      });

    it('at one’s own address says so', async () => {
      const ada = await phone(server);
      assert.equal(outcomeOf(ok(await ada.ring(ada.address))), 'own-address');
    });

    it('that is declined says so', async () => {
      const [ada, ben] = [await phone(server), await phone(server)];
      ringing(await ada.ring(ben.address));
      ok(await answer(ben, 'decline'));
      assert.equal(await result(ada), 'declined');
    });

    it('that comes at the wrong moment is answered as busy', async () => {
      const [ada, ben] = [await phone(server), await phone(server)];
      ringing(await ada.ring(ben.address));
      ok(await answer(ben, 'busy'));
      assert.equal(await result(ada), 'busy');
    });

    it('that nobody answers in time says so, to both', async () => {
      const [ada, ben] = [await phone(server), await phone(server)];
      ringing(await ada.ring(ben.address, { timeoutMs: 1_000 }));
      assert.equal(await result(ada), 'no-answer');
      assert.equal((await ben.client.next('ring-ended')).reason, 'no-answer');
      const { ringId } = await ben.client.next('ring-incoming');
      assert.equal(codeOf(await ben.client.ask('answer', { ringId, answer: 'accept' })), 'RING_OVER');
    });

    it('that is cancelled, by word or by hanging up the line, stops', async () => {
      const [ada, ben] = [await phone(server), await phone(server)];
      const id = freshRingId();
      ringing(await ada.ring(ben.address, { id }));
      ok(await ada.client.ask('cancel-ring', { id }));
      assert.equal((await ben.client.next('ring-ended')).reason, 'cancelled');
      ringing(await ada.ring(ben.address));
      ada.client.socket.disconnect();
      assert.equal((await ben.client.next('ring-ended')).reason, 'cancelled');
    });

    it('reaches nobody else than who is rung, and who did not ring cannot end it', async () => {
      const [ada, ben, eve] = [await phone(server), await phone(server), await phone(server)];
      const id = freshRingId();
      ringing(await ada.ring(ben.address, { id }));
      const { ringId } = await ben.client.next('ring-incoming');
      assert.notEqual(ringId, id);
      assert.equal(codeOf(await eve.client.ask('answer', { ringId, answer: 'accept' })), 'RING_OVER');
      ok(await eve.client.ask('cancel-ring', { id: ringId }));
      assert.equal(outcomeOf(ok(await eve.ring(ben.address, { id: ringId }))), 'busy');
      assert.deepEqual(eve.client.heard('ring-incoming'), []);
      ok(await ben.client.ask('answer', { ringId, answer: 'accept' }));
    });

    it('from somebody blocked rings for them until nobody answered, and nowhere else', async () => {
      const [ada, ben] = [await phone(server), await phone(server)];
      ringing(await ada.ring(ben.address));
      const { from, ringId } = await ben.client.next('ring-incoming');
      ok(await ben.client.ask('answer', { ringId, answer: 'decline' }));
      assert.equal(await result(ada), 'declined');
      // Busy or not, they must not find out.
      for (const status of ['available', 'busy', 'do-not-disturb'] as const) {
        await ben.set({ blocked: from.keys, status });
        ringing(await ada.ring(ben.address, { timeoutMs: 1_000 }));
        assert.equal(await result(ada), 'no-answer');
      }
      // With a new address, from the same network.
      ringing(await (await phone(server)).ring(ben.address, { timeoutMs: 1_000 }));
      assert.deepEqual(ben.client.heard('ring-incoming'), []);
    });

    it('of two who ring each other at once is one call', async () => {
      const [ada, ben] = [await phone(server), await phone(server)];
      ringing(await ada.ring(ben.address));
      const reply = ok(await ben.ring(ada.address));
      assert.equal(outcomeOf(reply), 'answered');
      const hers = (await ada.client.next('ring-result')).result;
      assert.equal(hers.admittance?.room, reply.result?.admittance?.room);
      assert.notEqual(hers.admittance?.ticket, reply.result?.admittance?.ticket);
    });

    it('rings in every tab; the first to accept has it, the others hear that it was answered elsewhere', async () => {
      const secret = freshSecret();
      const tabs = [await phone(server, { secret }), await phone(server, { secret }), await phone(server, { secret })];
      const ada = await phone(server);
      ringing(await ada.ring(tabs[0]!.address));
      const rings = await Promise.all(tabs.map(({ client }) => client.next('ring-incoming')));
      const acks = await Promise.all(
        tabs.map(({ client }, index) => client.ask('answer', { ringId: rings[index]!.ringId, answer: 'accept' })),
      );
      assert.deepEqual(acks.map(codeOf).sort(), ['RING_OVER', 'RING_OVER', 'ok']);
      const winner = acks.findIndex(({ ok: won }) => won);
      for (const [index, { client }] of tabs.entries())
        if (index === winner) assert.deepEqual(client.heard('ring-ended'), []);
        else assert.equal((await client.next('ring-ended')).reason, 'answered-elsewhere');
      assert.equal(await result(ada), 'answered');
      // The person talks: none of the tabs rings.
      assert.equal(outcomeOf(ok(await (await phone(server)).ring(tabs[0]!.address))), 'busy');
    });

    it('declined in one tab is declined in all', async () => {
      const secret = freshSecret();
      const [one, two] = [await phone(server, { secret }), await phone(server, { secret })];
      const ada = await phone(server);
      ringing(await ada.ring(one.address));
      ok(await answer(one, 'decline'));
      assert.equal((await two.client.next('ring-ended')).reason, 'declined-elsewhere');
      assert.equal(await result(ada), 'declined');
    });

    it('from a visitor without an address rings as well', async () => {
      const ben = await phone(server, { address: 'desk-2' });
      const visitor = await connected(server);
      ringing(await visitor.ask('ring', ringRequest('desk-2', { displayName: 'A visitor' })));
      const { from, ringId } = await ben.client.next('ring-incoming');
      assert.deepEqual([from.address, from.displayName, from.keys.length], [undefined, 'A visitor', 1]);
      ok(await ben.client.ask('answer', { ringId, answer: 'accept' }));
      assert.equal((await visitor.next('ring-result')).result.outcome, 'answered');
    });
  });

  describe('a group', () => {
    const group = async (address: string, more: object = {}) => [
      await phone(server, { address, ...more }),
      await phone(server, { address, ...more }),
      await phone(server, { address, ...more }),
    ];

    it('rings all at once; who declines stays out of it, and when all have, it is declined', async () => {
      const all = await group('all-at-once');
      const ada = await phone(server);
      ringing(await ada.ring('all-at-once'));
      for (const one of all) ok(await answer(one, 'decline'));
      assert.equal(await result(ada), 'declined');
      ringing(await ada.ring('all-at-once'));
      ok(await answer(all[0]!, 'decline'));
      ok(await answer(all[1]!));
      assert.equal((await all[2]!.client.next('ring-ended')).reason, 'answered-elsewhere');
      // One talks, two do not: it rings at the two.
      ringing(await (await phone(server)).ring('all-at-once'));
      await all[2]!.client.next('ring-incoming');
      await all[0]!.client.next('ring-incoming');
      assert.deepEqual(all[1]!.client.heard('ring-incoming'), []);
    });

    it('rings in turn: who does not answer is passed over, who answered last comes last', async () => {
      const all = await group('in-turn', { strategy: 'turn' });
      const ada = await phone(server);
      const id = freshRingId();
      ringing(await ada.ring('in-turn', { id }));
      await all[0]!.client.next('ring-incoming');
      assert.equal((await all[0]!.client.next('ring-ended')).reason, 'passed-on');
      ok(await answer(all[1]!));
      assert.equal(await result(ada), 'answered');
      assert.deepEqual(all[2]!.client.heard('ring-incoming'), []);
      await all[1]!.set({ status: 'available' });
      ringing(await (await phone(server)).ring('in-turn'));
      await all[0]!.client.next('ring-incoming');
      ok(await answer(all[2]!));
    });
  });

  describe('the room of a call', () => {
    it('opens to tickets only: not without, not with one of another call, not with a changed one', async () => {
      const [mine] = await call(await phone(server), await phone(server));
      const [other] = await call(await phone(server), await phone(server));
      ok((await join(mine)).ack);
      const client = await connected(server);
      const tries = [undefined, '', other.ticket, `${mine.ticket}x`, mine.ticket.replace(/^.{10}/, 'AAAAAAAAAA'), mine.room];
      const codes = [];
      for (const token of tries)
        codes.push(codeOf(await client.ask('join', joinRequest(mine.room, token === undefined ? {} : { token }))));
      assert.deepEqual(codes, [
        'UNAUTHENTICATED',
        'UNAUTHENTICATED',
        'FORBIDDEN',
        'UNAUTHENTICATED',
        'UNAUTHENTICATED',
        'UNAUTHENTICATED',
      ]);
      const empty = { participants: 0, limit: 8, full: false };
      assert.deepEqual(ok(await client.ask('prepare', { protocol: 2, room: mine.room })), empty);
      assert.equal(ok(await client.ask('prepare', { protocol: 2, room: mine.room, token: mine.ticket })).participants, 1);
    });

    it('has one seat for each ticket: who uses it a second time takes the place of the first', async () => {
      const [mine] = await call(await phone(server), await phone(server));
      const first = await join(mine);
      ok(first.ack);
      const second = ok((await join(mine)).ack);
      assert.deepEqual(second.roster.participants, []);
      assert.equal((await first.client.next('goodbye')).reason, 'duplicate');
    });

    it('takes in a third who is rung from inside, and nobody who is rung from outside', async () => {
      const [ada, ben, cy, eve] = [await phone(server), await phone(server), await phone(server), await phone(server)];
      const [mine, his] = await call(ada, ben);
      ok((await join(mine)).ack);
      ok((await join(his)).ack);
      const invite = { room: mine.room, ticket: mine.ticket };
      const forged = { room: mine.room, ticket: `${mine.ticket}x` };
      assert.equal(codeOf(await eve.ring(cy.address, { invite: forged })), 'FORBIDDEN');
      ringing(await ada.ring(cy.address, { invite }));
      const incoming = await cy.client.next('ring-incoming');
      assert.equal(incoming.invited, true);
      const { admittance } = ok(await cy.client.ask('answer', { ringId: incoming.ringId, answer: 'accept' }));
      assert.equal(admittance?.room, mine.room);
      assert.equal((await ada.client.next('ring-result')).result.admittance, undefined);
      assert.equal(ok((await join(admittance)).ack).roster.participants.length, 2);
    });

    it('that is full says so to who rings into it', async () => {
      const small = await startServer({ maxParticipants: 2 });
      try {
        const [ada, ben, cy] = [await phone(small), await phone(small), await phone(small)];
        const [mine, his] = await call(ada, ben);
        for (const { room, ticket } of [mine, his]) await small.join(room, { token: ticket });
        assert.equal(outcomeOf(ok(await ada.ring(cy.address, { invite: mine }))), 'full');
        assert.deepEqual(cy.client.heard('ring-incoming'), []);
      } finally {
        await small.close();
      }
    });

    it('lets the two in where everybody else has to wait', async () => {
      const strict = await startServer({ waitingRoom: true });
      try {
        const [mine, his] = await call(await phone(strict), await phone(strict));
        await strict.join(mine.room, { token: mine.ticket });
        assert.equal((await strict.join(his.room, { token: his.ticket })).reply.roster.participants.length, 1);
      } finally {
        await strict.close();
      }
    });
  });

  describe('when a line is lost', () => {
    const again = async (who: Phone, more: object = {}): Promise<Phone> => phone(server, { ...who.request, ...more });

    it('a caller who reloads takes the ring back by its id, and hears what happened meanwhile', async () => {
      const [ada, ben] = [await phone(server), await phone(server)];
      const id = freshRingId();
      ringing(await ada.ring(ben.address, { id }));
      ok(await ada.client.ask('phone-away', {}));
      ada.client.cut();
      let back = await again(ada);
      const reply = ringing(await back.ring(ben.address, { id }));
      assert.ok(reply.remainingMs > 0 && reply.remainingMs <= 30_000);
      assert.deepEqual(ben.client.heard('ring-ended'), []);
      back.client.cut();
      ok(await answer(ben));
      back = await again(ada);
      assert.equal(outcomeOf(ok(await back.ring(ben.address, { id }))), 'answered');
    });

    it('a caller who does not come back has hung up', async () => {
      const [ada, ben] = [await phone(server), await phone(server)];
      ringing(await ada.ring(ben.address));
      ada.client.cut();
      assert.equal((await ben.client.next('ring-ended')).reason, 'cancelled');
    });

    it('a callee on another network goes on being rung', async () => {
      const [ada, ben] = [await phone(server), await phone(server)];
      ringing(await ada.ring(ben.address));
      await ben.client.next('ring-incoming');
      ben.client.cut();
      const back = await again(ben);
      assert.equal(back.reply.rings.length, 1);
      ok(await back.client.ask('answer', { ringId: back.reply.rings[0]!.ringId, answer: 'accept' }));
      assert.equal(await result(ada), 'answered');
    });

    it('a callee who reloads just then is rung when they are back', async () => {
      const [ada, ben] = [await phone(server), await phone(server)];
      ben.client.cut();
      ringing(await ada.ring(ben.address));
      assert.equal((await again(ben)).reply.rings.length, 1);
    });

    it('a callee who closed the page is gone', async () => {
      const [ada, ben] = [await phone(server), await phone(server)];
      ok(await ben.client.ask('phone-away', {}));
      ben.client.cut();
      ringing(await ada.ring(ben.address));
      assert.equal(await result(ada), 'unavailable');
    });

    it('a callee whose browser had no time for the word is gone as soon, and sooner than one whose network broke', async () => {
      const [ada, ben, cleo, dora] = [await phone(server), await phone(server), await phone(server), await phone(server)];
      // As Firefox does it.
      (ben.client.socket.io.engine.transport as unknown as { readonly ws: WebSocket }).ws.close(1001);
      cleo.client.cut();
      await ben.client.next('disconnect');
      ringing(await dora.ring(cleo.address));
      ringing(await ada.ring(ben.address));
      assert.equal(await result(ada), 'unavailable');
      assert.deepEqual(dora.client.heard('ring-result'), []);
      assert.equal(await result(dora), 'unavailable');
    });

    it('an answer that was lost with the line can be given again', async () => {
      const [ada, ben] = [await phone(server), await phone(server)];
      ringing(await ada.ring(ben.address));
      const { ringId } = await ben.client.next('ring-incoming');
      const first = ok(await ben.client.ask('answer', { ringId, answer: 'accept' })).admittance;
      ben.client.cut();
      const second = ok(await (await again(ben)).client.ask('answer', { ringId, answer: 'accept' })).admittance;
      assert.equal(second?.room, first?.room);
    });
  });

  it('a restarted server rings on: in whatever order the two come back, and says so when one does not', async () => {
    const sessionKey = randomBytes(32);
    const timings = { calleeReturnMs: 700 };
    let run = await startServer({}, { sessionKey, timings });
    try {
      const [ada, ben] = [await phone(run), await phone(run)];
      const id = freshRingId();
      ringing(await ada.ring(ben.address, { id }));
      const { ringId } = await ben.client.next('ring-incoming');
      const tickets = await call(await phone(run), await phone(run));
      await run.close();

      run = await startServer({ port: run.port }, { sessionKey, timings });
      const back = await phone(run, ada.request);
      assert.notEqual(back.reply.serverInstanceId, ada.reply.serverInstanceId);
      ringing(await back.ring(ben.address, { id, again: true }));
      const callee = await phone(run, ben.request);
      const incoming = await callee.client.next('ring-incoming');
      assert.equal(incoming.ringId, ringId);
      ok(await callee.client.ask('answer', { ringId, answer: 'accept' }));
      assert.equal(await result(back), 'answered');
      // Who was not rung before is not waited for; who does not come back is gone.
      assert.equal(outcomeOf(ok(await (await phone(run)).ring(NOBODY))), 'unavailable');
      const cy = await phone(run);
      ringing(await cy.ring(NOBODY, { again: true }));
      assert.equal(await result(cy), 'unavailable');
      // Tickets of before open their room, and nothing else does.
      await run.join(tickets[0].room, { token: tickets[0].ticket });
      const eve = run.connect({ join: joinRequest(tickets[0].room) });
      assert.equal(codeOf(await eve.next('join-result')), 'UNAUTHENTICATED');
    } finally {
      await run.close();
    }
  });
});

describe('rings are held back', () => {
  let server: RunningServer;
  before(async () => {
    server = await startServer(
      {},
      {
        limits: {
          ...DEFAULT_LIMITS,
          rates: { ...DEFAULT_LIMITS.rates, ring: { burst: 6, perSecond: 0.01 } },
          ringsPerPairPerMinute: 3,
          ringsPerCalleePerMinute: 5,
          devicesPerAddress: 2,
          ringsPerConnection: 2,
        },
      },
    );
  });
  after(() => server.close());
  const codes = async (caller: Phone, to: string, count: number) => {
    const all = [];
    for (let index = 0; index < count; index += 1) {
      const id = freshRingId();
      all.push(codeOf(await caller.ring(to, { id })));
      await caller.client.ask('cancel-ring', { id });
    }
    return all;
  };

  it('from one caller to one callee, and to one callee altogether, whether anybody is there or not', async () => {
    const ben = await phone(server);
    for (const to of [ben.address, NOBODY]) {
      assert.deepEqual(await codes(await phone(server), to, 4), ['ok', 'ok', 'ok', 'RATE_LIMITED']);
      assert.deepEqual(await codes(await phone(server), to, 3), ['ok', 'ok', 'RATE_LIMITED']);
    }
  });

  it('from one line to all the world, and several at the same time', async () => {
    const ada = await phone(server);
    const others = [await phone(server), await phone(server), await phone(server)];
    const at = [];
    for (const { address } of others) at.push(codeOf(await ada.ring(address)));
    assert.deepEqual(at, ['ok', 'ok', 'RATE_LIMITED']);
    for (let count = 0; count < 3; count += 1) await ada.ring(`nobody-${count}`);
    const last = await ada.ring('nobody');
    assert.ok(!last.ok && last.error.code === 'RATE_LIMITED' && (last.error.retryAfterMs ?? 0) > 0);
  });

  it('and so are devices under one address', async () => {
    const secret = freshSecret();
    for (const code of ['ok', 'ok', 'SERVER_BUSY'])
      assert.equal(codeOf(await (await connected(server)).ask('register', registerRequest({ secret }))), code);
  });
});
