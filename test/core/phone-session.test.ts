import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { CallError } from '../../components/core/call-error.js';
import type { PhoneFact } from '../../components/core/phone/phone-facts.js';
import type { PhoneState } from '../../components/core/phone/phone-state.js';
import { createFakePhone, FAKE_ADDRESS, FakePhoneMemory, incomingRing, type FakePhone } from '../../components/testing/index.js';
import { until } from '../support/until.js';

const BEN = '0000-1111-2222-3333-4444-5555-6666';
const ADMITTANCE = { room: 'call-room', ticket: 'ticket' };

const open: FakePhone[] = [];
afterEach(() => {
  for (const { phone } of open.splice(0)) phone.close();
});

async function started(options: Parameters<typeof createFakePhone>[0] = {}, extras: Parameters<typeof createFakePhone>[1] = {}) {
  const fake = createFakePhone(options, extras);
  open.push(fake);
  const facts: PhoneFact['type'][] = [];
  fake.phone.onFact(({ type }) => facts.push(type));
  fake.phone.start();
  await until('the signaling to be up', () => fake.phone.state.get().connection === 'connected');
  return { ...fake, facts, state: () => fake.phone.state.get() };
}

const request = ({ signaling }: FakePhone, index = -1) => signaling.requests('ring').at(index) as Record<string, unknown>;
const lastStatus = ({ signaling }: FakePhone) => signaling.registered.at(-1)?.status;
const soon = () => new Promise((resolve) => setTimeout(resolve));

test('a telephone that starts knows its address and can be rung', async () => {
  const fake = await started({ displayName: 'Ben' });
  assert.equal(fake.state().address, FAKE_ADDRESS);
  assert.deepEqual(
    [
      fake.signaling.registered[0]?.displayName,
      fake.signaling.registered[0]?.status,
      fake.signaling.registered[0]?.secret.length,
    ],
    ['Ben', 'available', 43],
  );
});

test('who only rings registers nothing', async () => {
  const fake = await started({ receives: false, token: 'token' });
  assert.deepEqual(fake.signaling.registered, []);
  fake.phone.call('support').catch(() => undefined);
  await soon();
  assert.equal(request(fake)['token'], 'token');
});

test('an answered ring is a call, and hanging up ends it', async () => {
  const fake = await started();
  const outcome = fake.phone.call(` ${BEN.replaceAll('-', ' ')}`, { video: false });
  await soon();
  assert.equal(fake.state().phase, 'calling');
  const { id, to, video } = request(fake) as { id: string; to: string; video: boolean };
  assert.deepEqual([to, video], [BEN, false]);
  fake.signaling.say({ type: 'ring-result', id, result: { outcome: 'answered', displayName: 'Ben', admittance: ADMITTANCE } });
  assert.equal(await outcome, 'answered');
  assert.deepEqual(fake.state().call, { ...ADMITTANCE, peer: { address: BEN, displayName: 'Ben' }, video: false });
  assert.deepEqual([fake.state().phase, lastStatus(fake)], ['in-call', 'busy']);
  fake.phone.hangUp();
  assert.deepEqual([fake.state().phase, lastStatus(fake)], ['idle', 'available']);
  assert.deepEqual(
    fake.memory.kept.history.map((entry) => [entry.direction, entry.outcome]),
    [['out', 'answered']],
  );
});

for (const outcome of ['declined', 'busy', 'do-not-disturb', 'no-answer', 'unavailable', 'full', 'own-address'] as const)
  test(`a ring that ends with ${outcome} says so until it was read`, async () => {
    const fake = await started();
    fake.signaling.ringReply = { ringing: false, remainingMs: 0, result: { outcome } };
    assert.equal(await fake.phone.call(BEN), outcome);
    assert.deepEqual([fake.state().phase, fake.state().last?.outcome], ['idle', outcome]);
    fake.phone.dismiss();
    assert.equal(fake.state().last, null);
  });

test('what is no address is not rung', async () => {
  const fake = await started();
  await assert.rejects(fake.phone.call('not an address!'), { code: 'NOT_FOUND' });
  assert.deepEqual(fake.signaling.requests('ring'), []);
});

test('a ring that is held back is an error, and the telephone is free again', async () => {
  const fake = await started();
  fake.signaling.ringReply = new CallError('RATE_LIMITED', { retryAfterMs: 5 });
  await assert.rejects(fake.phone.call(BEN), { code: 'RATE_LIMITED' });
  assert.deepEqual([fake.state().phase, fake.state().error?.code], ['idle', 'RATE_LIMITED']);
});

test('a server that cannot be reached is said after a while', async () => {
  const fake = createFakePhone({}, { timings: { reachMs: 20 } });
  fake.signaling.answers = false;
  await assert.rejects(fake.phone.call(BEN), { code: 'SIGNAL_UNREACHABLE' });
});

test('hanging up while it rings cancels the ring', async () => {
  const fake = await started();
  const outcome = fake.phone.call(BEN);
  await soon();
  fake.phone.hangUp();
  assert.equal(await outcome, 'cancelled');
  assert.deepEqual(fake.signaling.requests('cancel-ring'), [{ id: request(fake)['id'] }]);
});

test('what rings can be accepted, with or without the camera', async () => {
  const fake = await started();
  fake.signaling.say({ type: 'ring-incoming', ring: incomingRing('ring-1') });
  assert.equal(fake.state().phase, 'ringing');
  const accepted = fake.phone.accept({ video: false });
  assert.equal(fake.state().answering, true);
  await accepted;
  assert.deepEqual(fake.state().call, { ...ADMITTANCE, peer: { address: 'ada', displayName: 'Ada' }, video: false });
  assert.ok(fake.facts.includes('accepted'));
});

test('what rings can be declined', async () => {
  const fake = await started();
  fake.signaling.say({ type: 'ring-incoming', ring: incomingRing('ring-1') });
  fake.phone.decline();
  assert.deepEqual(fake.signaling.requests('answer'), [{ ringId: 'ring-1', answer: 'decline' }]);
  assert.deepEqual([fake.state().phase, fake.memory.kept.history[0]?.outcome], ['idle', 'declined']);
});

for (const [reason, outcome] of [
  ['cancelled', 'missed'],
  ['no-answer', 'missed'],
  ['passed-on', 'missed'],
  ['answered-elsewhere', 'answered-elsewhere'],
  ['declined-elsewhere', 'declined'],
] as const)
  test(`what stops ringing because of ${reason} is ${outcome}`, async () => {
    const fake = await started();
    fake.signaling.say({ type: 'ring-incoming', ring: incomingRing('ring-1') });
    fake.signaling.say({ type: 'ring-ended', ringId: 'another', reason });
    assert.equal(fake.state().phase, 'ringing');
    fake.signaling.say({ type: 'ring-ended', ringId: 'ring-1', reason });
    assert.deepEqual(
      [fake.state().phase, fake.state().last?.outcome, fake.memory.kept.history[0]?.outcome],
      ['idle', outcome, outcome],
    );
  });

test('an answer that comes too late says so', async () => {
  const fake = await started();
  fake.signaling.answerReply = new CallError('RING_OVER');
  fake.signaling.say({ type: 'ring-incoming', ring: incomingRing('ring-1') });
  await assert.rejects(fake.phone.accept(), { code: 'RING_OVER' });
  assert.equal(fake.state().phase, 'idle');
});

test('a second caller hears that it is busy', async () => {
  const fake = await started();
  fake.signaling.say({ type: 'ring-incoming', ring: incomingRing('ring-1') });
  fake.signaling.say({ type: 'ring-incoming', ring: incomingRing('ring-2') });
  assert.deepEqual(fake.signaling.requests('answer'), [{ ringId: 'ring-2', answer: 'busy' }]);
  assert.equal(fake.state().incoming?.ringId, 'ring-1');
});

test('who rings us while we ring them is left to the server', async () => {
  const fake = await started();
  fake.phone.call(BEN).catch(() => undefined);
  await soon();
  const from = { address: BEN, displayName: 'Ben', keys: [BEN] };
  fake.signaling.say({ type: 'ring-incoming', ring: incomingRing('ring-1', { from }) });
  assert.deepEqual([fake.signaling.requests('answer'), fake.state().phase], [[], 'calling']);
});

test('do not disturb, and whom to block, are told to the server and kept for all tabs', async () => {
  const fake = await started();
  fake.phone.setDoNotDisturb(true);
  assert.equal(lastStatus(fake), 'do-not-disturb');
  fake.phone.block(['eve']);
  assert.deepEqual(fake.signaling.registered.at(-1)?.blocked, ['eve']);
  fake.phone.unblock(['eve']);
  assert.deepEqual(fake.signaling.registered.at(-1)?.blocked, []);
  fake.memory.changeElsewhere({ ...fake.memory.kept, doNotDisturb: false, blocked: ['mallory'] });
  assert.deepEqual([fake.state().blocked, lastStatus(fake)], [['mallory'], 'available']);
});

test('history keeps each ring once, whatever tabs write, and can be cleared', async () => {
  const memory = new FakePhoneMemory();
  const [one, two] = [await started({}, { memory }), await started({}, { memory })];
  for (const tab of [one, two]) tab.signaling.say({ type: 'ring-incoming', ring: incomingRing('ring-1') });
  await one.phone.accept();
  two.signaling.say({ type: 'ring-ended', ringId: 'ring-1', reason: 'answered-elsewhere' });
  assert.deepEqual(
    memory.kept.history.map(({ outcome }) => outcome),
    ['answered'],
  );
  two.phone.forget(memory.kept.history[0]!);
  assert.deepEqual(two.state().history, []);
  for (let index = 0; index < 40; index += 1) {
    two.signaling.say({ type: 'ring-incoming', ring: incomingRing(`ring-${index}`) });
    two.phone.decline();
  }
  assert.equal(memory.kept.history.length, 30);
  two.phone.clearHistory();
  assert.deepEqual(memory.kept.history, []);
});

test('a third is rung into the call, by what opens it', async () => {
  const fake = await started();
  fake.signaling.say({ type: 'ring-incoming', ring: incomingRing('ring-1') });
  await fake.phone.accept();
  const outcome = fake.phone.call(BEN);
  await soon();
  assert.deepEqual(request(fake)['invite'], ADMITTANCE);
  assert.deepEqual([fake.state().phase, fake.state().inviting.length], ['in-call', 1]);
  await assert.rejects(fake.phone.call(BEN), { code: 'ALREADY_JOINED' });
  await assert.rejects(fake.phone.call('ada'), { code: 'ALREADY_JOINED' });
  fake.signaling.say({ type: 'ring-result', id: request(fake)['id'] as string, result: { outcome: 'answered' } });
  assert.equal(await outcome, 'answered');
  assert.deepEqual([fake.state().call?.room, fake.state().inviting], ['call-room', []]);
});

test('a ring is said again when the line is back, with the time that is left', async () => {
  const fake = await started({ ringTimeoutMs: 20_000 });
  fake.phone.call(BEN).catch(() => undefined);
  await soon();
  fake.signaling.down();
  fake.signaling.up();
  await soon();
  const [first, again] = [request(fake, 0), request(fake, 1)];
  assert.equal(again['id'], first['id']);
  assert.deepEqual([first['again'], again['again']], [undefined, true]);
  assert.ok((again['timeoutMs'] as number) <= 20_000);
});

test('a ring goes on over a reload, and so does a call', async () => {
  const memory = new FakePhoneMemory();
  const before = await started({}, { memory });
  void before.phone.call(BEN).catch(() => undefined);
  await soon();
  before.page.hidden();
  assert.equal(before.signaling.isAway, true);
  const after = await started({}, { memory });
  await soon();
  assert.deepEqual([request(after)['id'], request(after)['again']], [request(before)['id'], true]);
  assert.equal(after.signaling.registered[0]?.device, before.signaling.registered[0]?.device);
  after.signaling.say({
    type: 'ring-result',
    id: request(after)['id'] as string,
    result: { outcome: 'answered', admittance: ADMITTANCE },
  });
  after.page.hidden();
  const third = await started({}, { memory });
  assert.deepEqual([third.state().phase, third.state().call?.room, lastStatus(third)], ['in-call', 'call-room', 'busy']);
  // A copy of the tab finds nothing.
  assert.equal((await started({}, { memory })).state().phase, 'idle');
});

test('what rings here rings on over a lost line, and an accepted one is accepted again', async () => {
  const fake = await started();
  const ring = incomingRing('ring-1');
  fake.signaling.say({ type: 'ring-incoming', ring });
  fake.signaling.down();
  const accepted = fake.phone.accept();
  assert.deepEqual(fake.signaling.requests('answer'), []);
  fake.signaling.up({ rings: [ring] });
  await accepted;
  assert.equal(fake.state().phase, 'in-call');
});

test('after a restart it rings on until the caller is back, or is not', async () => {
  const fake = await started({}, { timings: { callerReturnMs: 30 } });
  const ring = incomingRing('ring-1');
  fake.signaling.say({ type: 'ring-incoming', ring });
  fake.signaling.answerReply = new CallError('RING_OVER');
  fake.signaling.down();
  const accepted = fake.phone.accept();
  fake.signaling.up({ serverInstanceId: 'second' });
  await soon();
  assert.equal(fake.state().phase, 'ringing');
  fake.signaling.answerReply = { admittance: ADMITTANCE };
  fake.signaling.say({ type: 'ring-incoming', ring });
  await accepted;
  fake.phone.hangUp();
  fake.signaling.say({ type: 'ring-incoming', ring: incomingRing('ring-2') });
  fake.signaling.down();
  fake.signaling.up({ serverInstanceId: 'third' });
  await until('the ring to be given up', () => fake.state().phase === 'idle');
  assert.equal(fake.state().last?.outcome, 'missed');
});

test('a server that went away for good does not let it ring for ever', async () => {
  const fake = await started({ ringTimeoutMs: 1_000 }, { timings: { lateMs: 10 } });
  fake.signaling.ringReply = { ringing: true, remainingMs: 10 };
  assert.equal(await fake.phone.call(BEN), 'no-answer');
});

test('an answer that reaches no server ends, and says why', async () => {
  const fake = await started({}, { timings: { answerMs: 20 } });
  fake.signaling.say({ type: 'ring-incoming', ring: incomingRing('ring-1') });
  fake.signaling.down();
  await assert.rejects(fake.phone.accept(), { code: 'SIGNAL_UNREACHABLE' });
  assert.deepEqual([fake.state().phase, fake.state().answering, fake.state().last?.outcome], ['idle', false, 'missed']);
  // The server still lets it ring: it can be answered.
  fake.signaling.up({ rings: [incomingRing('ring-1')] });
  await fake.phone.accept();
  assert.equal(fake.state().phase, 'in-call');
});

test('an answer that the server takes and never confirms ends, too', async () => {
  const fake = await started({}, { timings: { answerMs: 20 } });
  fake.signaling.say({ type: 'ring-incoming', ring: incomingRing('ring-1') });
  fake.signaling.answerReply = new CallError('TIMEOUT');
  await assert.rejects(fake.phone.accept(), { code: 'TIMEOUT' });
  assert.equal(fake.state().phase, 'idle');
});

test('what rings stops when its server is gone for good', async () => {
  const fake = await started({}, { timings: { lateMs: 10 } });
  fake.signaling.say({ type: 'ring-incoming', ring: incomingRing('ring-1', { remainingMs: 10 }) });
  fake.signaling.down();
  await until('the ring to be given up', () => fake.state().phase === 'idle');
  assert.equal(fake.state().last?.outcome, 'missed');
});

test('a refusal that was lost with the line is said again, and does not ring again', async () => {
  const fake = await started();
  fake.signaling.say({ type: 'ring-incoming', ring: incomingRing('ring-1') });
  fake.signaling.down();
  fake.phone.decline();
  fake.signaling.up({ rings: [incomingRing('ring-1')] });
  assert.equal(fake.state().phase, 'idle');
  assert.deepEqual(fake.signaling.requests('answer').at(-1), { ringId: 'ring-1', answer: 'decline' });
  assert.equal(fake.signaling.requests('answer').length, 2);
});

test('a second ring does not end the first, nor the time it has', async () => {
  const fake = await started({}, { timings: { lateMs: 10 } });
  fake.signaling.say({ type: 'ring-incoming', ring: incomingRing('ring-1', { remainingMs: 10 }) });
  fake.signaling.say({ type: 'ring-incoming', ring: incomingRing('ring-2') });
  assert.equal(fake.state().incoming?.ringId, 'ring-1');
  await until('the first to be given up', () => fake.state().phase === 'idle');
});

test('a ring that is taken back while the line is lost is taken back when it is up again, once', async () => {
  const fake = await started();
  fake.phone.call(BEN).catch(() => undefined);
  await soon();
  const { id } = request(fake) as { id: string };
  fake.signaling.down();
  fake.signaling.cancelReply = new CallError('SIGNAL_UNREACHABLE');
  fake.phone.hangUp();
  await soon();
  fake.signaling.cancelReply = {};
  fake.signaling.up();
  await soon();
  fake.signaling.up();
  assert.deepEqual(fake.signaling.requests('cancel-ring'), [{ id }, { id }]);
});

test('a token is traded for a pass, which goes with that token only', async () => {
  const fake = await started({ token: 'token-1' });
  assert.equal(fake.signaling.registered[0]?.pass, undefined);
  fake.signaling.up({ pass: 'pass-1' });
  fake.signaling.up();
  assert.equal(fake.signaling.registered.at(-1)?.pass, 'pass-1');
  fake.phone.configure({ token: 'token-2' });
  assert.deepEqual([fake.signaling.registered.at(-1)?.token, fake.signaling.registered.at(-1)?.pass], ['token-2', undefined]);
});

test('a refused registration is an error, and fails what rings', async () => {
  const fake = await started();
  const outcome = fake.phone.call(BEN);
  await soon();
  fake.signaling.say({ type: 'refused', error: new CallError('FORBIDDEN') });
  await assert.rejects(outcome, { code: 'FORBIDDEN' });
  assert.deepEqual([fake.state().error?.code, fake.state().address], ['FORBIDDEN', null]);
});

test('closing hangs up, and nothing works afterwards', async () => {
  const fake = await started();
  const outcome = fake.phone.call(BEN);
  await soon();
  fake.phone.close();
  assert.equal(await outcome, 'cancelled');
  assert.equal(fake.signaling.closed, true);
});

test('the state is one frozen snapshot', async () => {
  const seen: PhoneState[] = [];
  const fake = await started();
  fake.phone.state.subscribe((state) => seen.push(state));
  fake.phone.setDoNotDisturb(true);
  await soon();
  assert.equal(seen.length, 1);
  assert.ok(Object.isFrozen(seen[0]));
});
