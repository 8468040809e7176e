import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { CallError } from '../../components/core/call-error.js';
import { INITIAL_STATE, type CallState } from '../../components/core/call-state.js';
import type { CallFact } from '../../components/core/facts.js';
import { GUEST } from '../../components/core/participant.js';
import { reduce } from '../../components/core/reduce.js';
import { PeerMessaging } from '../../components/core/messaging/peer-messaging.js';
import { participantInfo } from '../../components/testing/fake-signaling.js';
import { FakeSignaling } from '../../components/testing/index.js';
import type { RoomSettings } from '../../server/protocol/rights.js';
import type { ParticipantInfo } from '../../server/protocol/schemas.js';

const id = (name: string): string => name.padEnd(22, '0');
const info = (name: string, sequence: number, more: Partial<ParticipantInfo> = {}): ParticipantInfo => ({
  ...participantInfo(id(name), sequence, more),
  displayName: name,
});

interface Member {
  readonly id: string;
  readonly talk: PeerMessaging;
  readonly facts: CallFact[];
  state(): CallState;
  texts(): readonly string[];
}

/** Pages in one room, with real state, over a line that the test may hold, cut or listen to. */
class Room {
  readonly members: Member[] = [];
  readonly carried: { readonly from: string; readonly to: string; readonly data: string }[] = [];
  settings: RoomSettings = { locked: false, waitingRoom: false };
  /** What becomes of a message on its way. */
  carry: (from: string, to: string) => 'deliver' | 'hold' | 'fail' = () => 'deliver';
  waitedMs = 0;
  #sequence = 0;
  #infos: ParticipantInfo[] = [];

  enter(name: string, more: Partial<ParticipantInfo> = {}): Member {
    this.#sequence += 1;
    const self = info(name, this.#sequence, more);
    const line = new FakeSignaling();
    line.others = [...this.#infos];
    const reply = {
      ...line.reply({ self, grants: { ...GUEST, chat: more.chat !== false } }),
      roster: { version: 1, participants: line.others, settings: this.settings },
    };
    const facts: CallFact[] = [];
    let state = reduce(reduce(INITIAL_STATE, { type: 'join-started' }), { type: 'joined', reply });
    const fact = (what: CallFact): void => {
      facts.push(what);
      state = reduce(state, what);
    };
    const talk = new PeerMessaging({
      selfId: self.id,
      state: () => state,
      fact,
      send: (to, data) => this.#send(self.id, to, data),
    });
    for (const other of this.members) this.#tell(other, { type: 'participant-joined', participant: self });
    this.#infos.push(self);
    const member: Member = { id: self.id, talk, facts, state: () => state, texts: () => state.chat.map(({ text }) => text) };
    Object.assign(member, { fact });
    this.members.push(member);
    return member;
  }

  leave(member: Member): void {
    this.members.splice(this.members.indexOf(member), 1);
    this.#infos = this.#infos.filter((each) => each.id !== member.id);
    member.talk.close();
    for (const other of this.members) this.#tell(other, { type: 'participant-left', participantId: member.id, reason: 'left' });
  }

  close(): void {
    for (const { talk } of this.members) talk.close();
  }

  #tell(member: Member, what: CallFact): void {
    (member as unknown as { fact(what: CallFact): void }).fact(what);
    member.talk.rosterChanged();
  }

  async #send(from: string, to: string, data: string): Promise<void> {
    this.carried.push({ from, to, data });
    const fate = this.carry(from, to);
    if (fate === 'hold') return new Promise(() => undefined);
    if (fate === 'fail') throw new CallError('PEER_NOT_FOUND');
    await Promise.resolve();
    const receiver = this.members.find((member) => member.id === to);
    receiver?.talk.onMessage({ from, data, waitedMs: this.waitedMs });
  }
}

let room = new Room();
afterEach(() => {
  room.close();
  room = new Room();
});
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
const code = (expected: string) => (error: unknown) => error instanceof CallError && error.code === expected;

describe('the chat', () => {
  it('tells everybody, with the name the server knows, and counts what is unread', async () => {
    const [ana, ben, cleo] = [room.enter('Ana'), room.enter('Ben'), room.enter('Cleo')];
    await ana.talk.sendChat('Hello');
    await settled();
    for (const other of [ben, cleo]) {
      const [message] = other.state().chat;
      assert.equal(message?.text, 'Hello');
      assert.equal(message?.from, ana.id);
      assert.equal(message?.displayName, 'Ana');
      assert.equal(message?.own, false);
      assert.equal(other.state().chatUnread, 1);
    }
    const [own] = ana.state().chat;
    assert.equal(own?.status, 'sent');
    assert.equal(own?.own, true);
    assert.equal(ana.state().chatUnread, 0);
  });

  it('believes the link, not the message, about who speaks', async () => {
    const [ana, ben] = [room.enter('Ana'), room.enter('Ben')];
    const forged = { t: 'chat', id: 'message-1', text: 'I am Ben', from: ben.id, displayName: 'Ben', own: true };
    ben.talk.onMessage({ from: ana.id, data: JSON.stringify(forged), waitedMs: 0 });
    ben.talk.onMessage({ from: id('Nobody'), data: JSON.stringify({ ...forged, id: 'message-2' }), waitedMs: 0 });
    assert.deepEqual(
      ben.state().chat.map(({ from, displayName, own }) => ({ from, displayName, own })),
      [{ from: ana.id, displayName: 'Ana', own: false }],
    );
  });

  it('shows a message once, however often it comes, and keeps the first', async () => {
    const [ana, ben, eve] = [room.enter('Ana'), room.enter('Ben'), room.enter('Eve')];
    const say = (from: string, text: string): void =>
      ben.talk.onMessage({ from, data: JSON.stringify({ t: 'chat', id: 'message-1', text }), waitedMs: 0 });
    say(eve.id, 'Same id, somebody else');
    say(ana.id, 'first');
    say(ana.id, 'second');
    assert.deepEqual(ben.texts(), ['Same id, somebody else', 'first']);
  });

  it('drops what comes from somebody who may not write, and lets them not send', async () => {
    const [ana, mute] = [room.enter('Ana'), room.enter('Mute', { chat: false })];
    await assert.rejects(mute.talk.sendChat('psst'), code('FORBIDDEN'));
    assert.throws(() => mute.talk.sendReaction('👍'), code('FORBIDDEN'));
    ana.talk.onMessage({ from: mute.id, data: JSON.stringify({ t: 'chat', id: 'message-1', text: 'psst' }), waitedMs: 0 });
    ana.talk.onMessage({ from: mute.id, data: JSON.stringify({ t: 'reaction', emoji: '👍' }), waitedMs: 0 });
    assert.deepEqual(ana.state().chat, []);
    assert.deepEqual(
      ana.facts.filter(({ type }) => type === 'reaction'),
      [],
    );
    await ana.talk.sendChat('You may read');
    await settled();
    assert.deepEqual(mute.texts(), ['You may read']);
  });

  it('stops listening to who floods, and to nobody else', async () => {
    const [ana, ben, cleo] = [room.enter('Ana'), room.enter('Ben'), room.enter('Cleo')];
    for (let count = 0; count < 500; count += 1)
      ana.talk.onMessage({
        from: ben.id,
        data: JSON.stringify({ t: 'chat', id: `message-${count}`, text: 'spam' }),
        waitedMs: 0,
      });
    assert.ok(ana.state().chat.length <= 31, String(ana.state().chat.length));
    await cleo.talk.sendChat('Can you hear me?');
    await settled();
    assert.equal(ana.texts().at(-1), 'Can you hear me?');
  });

  it('refuses to send more than others would take', async () => {
    const [ana, ben] = [room.enter('Ana'), room.enter('Ben')];
    const sent = await Promise.allSettled(Array.from({ length: 40 }, (_, index) => ana.talk.sendChat(`${index}`)));
    await settled();
    const refused = sent.filter((each) => each.status === 'rejected');
    assert.ok(refused.length >= 20 && refused.every(({ reason }) => code('RATE_LIMITED')(reason)));
    assert.equal(ben.state().chat.length, 40 - refused.length);
    assert.equal(ana.state().chat.length, 40 - refused.length, 'what is refused is not shown as if it had been said');
  });

  it('is pending until somebody has it, and fails when nobody can be reached', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const ana = room.enter('Ana');
    await ana.talk.sendChat('Nobody else is here');
    assert.equal(ana.state().chat[0]?.status, 'sent');
    const ben = room.enter('Ben');
    room.carry = () => 'hold';
    const said = assert.rejects(ana.talk.sendChat('Are you there?'), code('TIMEOUT'));
    assert.equal(ana.state().chat[1]?.status, 'pending');
    t.mock.timers.tick(15_000);
    await said;
    assert.equal(ana.state().chat[1]?.status, 'failed');
    assert.equal(ben.texts().includes('Are you there?'), false);
  });

  it('tries again with the same message, so that it is not heard twice', async () => {
    const [ana, ben] = [room.enter('Ana'), room.enter('Ben')];
    room.carry = () => 'fail';
    await assert.rejects(ana.talk.sendChat('Again'), code('TIMEOUT'));
    const [failed] = ana.state().chat;
    assert.equal(failed?.status, 'failed');
    room.carry = () => 'deliver';
    await ana.talk.retry(failed?.id ?? '');
    await ana.talk.retry(failed?.id ?? '');
    await settled();
    assert.equal(ana.state().chat[0]?.status, 'sent');
    assert.deepEqual(ben.texts(), ['Again']);
  });

  it('dates a message by how long it waited, never by the clock of the sender', async () => {
    const [ana, ben] = [room.enter('Ana'), room.enter('Ben')];
    room.waitedMs = 60_000;
    await ana.talk.sendChat('a minute ago');
    await settled();
    const age = Date.now() - (ben.state().chat[0]?.sentAt ?? 0);
    assert.ok(age >= 60_000 && age < 61_000, String(age));
  });

  it('keeps the words of one person in order, whatever their times say', async () => {
    const [ana, ben] = [room.enter('Ana'), room.enter('Ben')];
    const say = (text: string, waitedMs: number): void =>
      ben.talk.onMessage({ from: ana.id, data: JSON.stringify({ t: 'chat', id: `message-${text}`, text }), waitedMs });
    say('one', 0);
    say('two', 500);
    say('three', 200);
    assert.deepEqual(ben.texts(), ['one', 'two', 'three']);
  });

  it('remembers the last 200 messages', async () => {
    const [ana, ben] = [room.enter('Ana'), room.enter('Ben')];
    let now = performance.now();
    const real = performance.now;
    performance.now = () => now;
    try {
      for (let count = 0; count < 250; count += 1) {
        now += 10_000;
        ben.talk.onMessage({
          from: ana.id,
          data: JSON.stringify({ t: 'chat', id: `message-${count}`, text: `${count}` }),
          waitedMs: 0,
        });
      }
    } finally {
      performance.now = real;
    }
    assert.equal(ben.state().chat.length, 200);
    assert.equal(ben.texts()[0], '50');
  });
});

describe('who comes later', () => {
  it('is told by the one who is here longest, and by nobody else', async () => {
    const [ana, ben] = [room.enter('Ana'), room.enter('Ben')];
    await ana.talk.sendChat('one');
    await settled();
    await settled();
    await ben.talk.sendChat('two');
    await settled();
    room.carried.length = 0;
    const cleo = room.enter('Cleo');
    await settled();
    assert.deepEqual(cleo.texts(), ['one', 'two']);
    assert.deepEqual(
      cleo.state().chat.map(({ from, displayName, receivedFrom, own }) => [from, displayName, receivedFrom, own]),
      [
        [ana.id, 'Ana', null, false],
        [ben.id, 'Ben', null, false],
      ],
      'what was said a moment ago comes from its author, too, and counts more',
    );
    const asked = room.carried.filter(({ data }) => data.includes('"history-request"')).map(({ to }) => to);
    assert.deepEqual(asked, [ana.id]);
  });

  it('learns nothing where the room does not allow it', async () => {
    room.settings = { ...room.settings, chatHistory: false };
    const ana = room.enter('Ana');
    await ana.talk.sendChat('before');
    const ben = room.enter('Ben');
    await settled();
    assert.deepEqual(ben.texts(), []);
    // A page that asks all the same gets no answer.
    ana.talk.onMessage({ from: ben.id, data: '{"t":"history-request"}', waitedMs: 0 });
    await settled();
    assert.deepEqual(ben.texts(), []);
  });

  it('asks the next one when the first leaves without an answer', async () => {
    const [ana, ben] = [room.enter('Ana'), room.enter('Ben')];
    await ben.talk.sendChat('kept');
    await settled();
    room.carry = (_from, to) => (to === ana.id ? 'hold' : 'deliver');
    const cleo = room.enter('Cleo');
    room.leave(ana);
    await settled();
    assert.deepEqual(cleo.texts(), ['kept']);
  });

  it('does not let anybody tell who was not asked, nor replace what was heard', async () => {
    const [ana, ben] = [room.enter('Ana'), room.enter('Ben')];
    const cleo = room.enter('Cleo');
    await settled();
    await ben.talk.sendChat('really said');
    await settled();
    const [real] = cleo.state().chat;
    const told = (text: string) =>
      JSON.stringify({
        t: 'history-reply',
        last: true,
        messages: [
          { id: real?.id, from: ben.id, name: 'Ben', text, ageMs: 1 },
          { id: 'message-9', from: ben.id, name: 'Ben', text, ageMs: 1 },
        ],
      });
    ana.talk.rosterChanged();
    cleo.talk.onMessage({ from: ben.id, data: told('never said'), waitedMs: 0 });
    cleo.talk.onMessage({ from: ana.id, data: told('never said'), waitedMs: 0 });
    assert.deepEqual(cleo.texts(), ['really said'], 'Ana has told already, Ben was never asked');
  });

  it('is told of invented messages at most as if they were old, and marked as told', async () => {
    const ana = room.enter('Ana');
    room.carry = () => 'hold';
    const ben = room.enter('Ben');
    const message = (more: object) => ({
      id: 'message-1',
      from: id('Host'),
      name: 'Host\u202e',
      text: 'Pay here',
      ageMs: 0,
      ...more,
    });
    const messages = [
      message({}),
      message({ id: 'message-2', ageMs: -5 }),
      message({ id: 'message-3', ageMs: 'now' }),
      message({ id: 'message-4', from: '__proto__' }),
      message({ id: 'message-5', text: ' \u200b ' }),
      message({ id: 'x' }),
      null,
      7,
    ];
    ben.talk.onMessage({ from: ana.id, data: JSON.stringify({ t: 'history-reply', last: true, messages }), waitedMs: 0 });
    assert.deepEqual(
      ben.state().chat.map(({ text, displayName, receivedFrom }) => [text, displayName, receivedFrom]),
      [['Pay here', 'Host', ana.id]],
    );
    assert.equal(ben.state().chatUnread, 0);
  });

  it('gets their own words back after a reload, as their own', async () => {
    const [ana, ben] = [room.enter('Ana'), room.enter('Ben')];
    await ben.talk.sendChat('mine');
    await settled();
    room.leave(ben);
    const again = room.enter('Ben');
    await settled();
    assert.deepEqual(
      again.state().chat.map(({ text, own }) => [text, own]),
      [['mine', true]],
    );
    assert.deepEqual(ana.texts(), ['mine']);
  });
});

describe('messages of the page', () => {
  it('go to one, or to all, as JSON makes them', async () => {
    const [ana, ben, cleo] = [room.enter('Ana'), room.enter('Ben'), room.enter('Cleo')];
    await ana.talk.sendAppMessage({ slide: 3, when: new Date(0), nothing: undefined });
    await ana.talk.sendAppMessage('only you', cleo.id);
    await settled();
    const heard = (member: Member) => member.facts.flatMap((fact) => (fact.type === 'app-message' ? [fact] : []));
    const all = { type: 'app-message', from: ana.id, data: { slide: 3, when: '1970-01-01T00:00:00.000Z' } };
    assert.deepEqual(heard(ben), [all]);
    assert.deepEqual(heard(cleo), [all, { type: 'app-message', from: ana.id, data: 'only you' }]);
  });

  it('are refused when they are no JSON, too large, or for nobody', async () => {
    const ana = room.enter('Ana');
    await assert.rejects(ana.talk.sendAppMessage(undefined), code('BAD_PAYLOAD'));
    await assert.rejects(ana.talk.sendAppMessage('é'.repeat(8_192)), code('BAD_PAYLOAD'));
    await assert.rejects(ana.talk.sendAppMessage('x', id('Nobody')), code('PEER_NOT_FOUND'));
    await assert.doesNotReject(ana.talk.sendAppMessage('é'.repeat(8_191)));
  });
});

describe('reactions', () => {
  it('are shown by everybody, the sender too', async () => {
    const [ana, ben] = [room.enter('Ana'), room.enter('Ben')];
    ana.talk.sendReaction('🎉');
    await settled();
    for (const member of [ana, ben])
      assert.deepEqual(
        member.facts.filter(({ type }) => type === 'reaction'),
        [{ type: 'reaction', participantId: ana.id, emoji: '🎉' }],
      );
  });

  it('are one of eight, and of now', async () => {
    const [ana, ben] = [room.enter('Ana'), room.enter('Ben')];
    assert.throws(() => ana.talk.sendReaction('<b>'), code('BAD_PAYLOAD'));
    ben.talk.onMessage({ from: ana.id, data: JSON.stringify({ t: 'reaction', emoji: '<b>' }), waitedMs: 0 });
    ben.talk.onMessage({ from: ana.id, data: JSON.stringify({ t: 'reaction', emoji: '👍' }), waitedMs: 20_000 });
    assert.deepEqual(
      ben.facts.filter(({ type }) => type === 'reaction'),
      [],
    );
  });
});

it('survives whatever else arrives', () => {
  const [ana, ben] = [room.enter('Ana'), room.enter('Ben')];
  for (const data of [
    '',
    'null',
    '[]',
    '{}',
    '{"t":"chat"}',
    '{"t":"chat","id":"message-1","text":{}}',
    '{"t":"chat","id":["message-1"],"text":"x"}',
    '{"t":"history-reply","messages":{}}',
    '{"t":"__proto__"}',
    `{"t":"chat","id":"message-1","text":"${'x'.repeat(50_000)}"}`,
    `{"t":"app","data":"${'x'.repeat(50_000)}"}`,
    '['.repeat(30_000),
  ])
    ben.talk.onMessage({ from: ana.id, data, waitedMs: 0 });
  assert.deepEqual(ben.state().chat, []);
  assert.deepEqual(
    ben.facts.filter(({ type }) => type === 'app-message'),
    [],
  );
});

describe('a clock that is set', () => {
  const { now } = Date;
  afterEach(() => void (Date.now = now));
  const set = (byMs: number): void => void (Date.now = () => now() + byMs);

  it('changes no order, here or for who comes later, and no age', async () => {
    const [ana, ben] = [room.enter('Ana'), room.enter('Ben')];
    const words = ['one', 'two', 'three', 'four', 'five'];
    for (const [index, word] of words.entries()) {
      set([0, -3_600_000, 7_200_000, -90_000, 0][index] ?? 0);
      await (index % 2 ? ben : ana).talk.sendChat(word);
      await settled();
    }
    assert.deepEqual(ana.texts(), words);
    assert.deepEqual(ben.texts(), words);
    set(-7_200_000);
    const cleo = room.enter('Cleo');
    await settled();
    assert.deepEqual(cleo.texts(), words);
    for (const { sentAt } of cleo.state().chat) assert.ok(Math.abs(Date.now() - sentAt) < 60_000);
    await ana.talk.sendChat('six');
    await settled();
    for (const each of [ana, ben, cleo]) assert.deepEqual(each.texts(), [...words, 'six']);
  });

  it('keeps the order of what was said within one moment, for who comes later', async () => {
    const ana = room.enter('Ana');
    const words = Array.from({ length: 12 }, (_, index) => `at once ${index}`);
    await Promise.all(words.map((word) => ana.talk.sendChat(word)));
    const ben = room.enter('Ben');
    await settled();
    assert.deepEqual(ben.texts(), words);
  });
});
