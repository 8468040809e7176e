/** When a call stands at the door: what it asks to be made ready there, for which room, and until when. */
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import type { EarlyConnections } from '../../components/core/media/early-connections.js';
import { participantInfo } from '../../components/testing/fake-signaling.js';
import { closeCalls, setUp } from '../support/fake-session.js';

afterEach(closeCalls);

function atTheDoor(options: Parameters<typeof setUp>[0] = {}) {
  const steps: string[] = [];
  const handed: (EarlyConnections | null)[] = [];
  const made: EarlyConnections[] = [];
  const session = setUp(options, {
    createEarlyConnections: () => {
      const earlyConnections: EarlyConnections = {
        probe: (again) => void steps.push(again ? 'look again' : 'look'),
        approach: () => void steps.push('approach'),
        beforeJoin: async () => void steps.push(`enter before ${session.signaling.joins.length} joins`),
        close: () => void steps.push('close'),
      };
      made.push(earlyConnections);
      return earlyConnections;
    },
    onTransport: (earlyConnections) => handed.push(earlyConnections),
  });
  return { ...session, steps, handed, made };
}

describe('the door', () => {
  it('is looked through once it was touched, and again when who is inside has changed', async () => {
    const { call, signaling, steps, made } = atTheDoor();
    await call.prepare();
    assert.deepEqual(steps, ['look']);
    signaling.say({
      type: 'fact',
      fact: { type: 'room-preview-changed', occupancy: { participants: 1, limit: 8, full: false } },
    });
    assert.deepEqual(steps, ['look', 'look again']);
    assert.equal(made.length, 1);
  });

  it('is approached when the visitor is about to join, without asking twice how many are inside', async () => {
    const { call, signaling, steps } = atTheDoor();
    await call.prepare();
    await call.prepare(true);
    assert.deepEqual(steps, ['look', 'approach']);
    assert.equal(signaling.prepared.length, 1);
  });

  it('is passed before the seat is asked for; what was made ready goes to the transport, and the rest is closed', async () => {
    const { call, signaling, steps, handed, made } = atTheDoor();
    signaling.others = [participantInfo('ben', 1)];
    await call.prepare();
    await call.join();
    assert.deepEqual(steps, ['look', 'enter before 0 joins', 'close']);
    assert.deepEqual(handed, made);
  });

  it('is not passed by who takes a seat back: nobody was met under that name', async () => {
    const { call, seats, steps } = atTheDoor();
    seats.set('standup', { participantId: 'me', token: 'token' });
    await call.prepare();
    await call.join();
    assert.deepEqual(steps, ['look', 'close']);
  });

  for (const [why, change] of [
    ['another room', { room: 'retro' }],
    ['other servers', { iceServers: [{ urls: 'stun:stun.example.org' }] }],
    ['another policy', { iceTransportPolicy: 'relay' }],
  ] as const) {
    it(`is left with everything when the page wants ${why}, and looked through anew`, async () => {
      const { call, steps } = atTheDoor();
      await call.prepare();
      call.configure(change);
      assert.deepEqual(steps, ['look', 'close']);
      await call.prepare();
      assert.deepEqual(steps, ['look', 'close', 'look']);
    });
  }

  it('is left when the line is lost, and when the visitor goes', async () => {
    const { call, signaling, steps } = atTheDoor();
    await call.prepare();
    signaling.say({ type: 'fact', fact: { type: 'connection-changed', connection: 'disconnected' } });
    assert.deepEqual(steps, ['look', 'close']);
    await call.prepare();
    await call.leave();
    assert.deepEqual(steps, ['look', 'close', 'look', 'close']);
  });

  it('is looked at anew with a token that came later', async () => {
    const { call, signaling, steps } = atTheDoor();
    await call.prepare();
    call.configure({ token: 'signed' });
    await call.prepare();
    assert.deepEqual(
      signaling.prepared.map(({ token }) => token),
      [undefined, 'signed'],
    );
    assert.deepEqual(steps, ['look', 'close', 'look']);
  });

  it('is asked about once, however often the pointer passes by', async () => {
    const { call, signaling, steps } = atTheDoor();
    await Promise.all([call.prepare(true), call.prepare(), call.prepare(true)]);
    assert.equal(signaling.prepared.length, 1);
    assert.deepEqual(steps, ['look', 'approach', 'approach']);
  });

  it('is that of the room the visitor wants by then', async () => {
    const { call, signaling, steps, made } = atTheDoor();
    const first = call.prepare(true);
    call.configure({ room: 'retro' });
    await Promise.all([first, call.prepare(true)]);
    assert.deepEqual(
      signaling.prepared.map(({ room }) => room),
      ['standup', 'retro'],
    );
    assert.deepEqual([made.length, steps], [1, ['look', 'approach']]);
  });

  it('is left when the network changes, and while the visitor waits to be let in', async () => {
    for (const leave of [
      ({ page }: ReturnType<typeof atTheDoor>) => page().networkChanged(),
      ({ signaling }: ReturnType<typeof atTheDoor>) => signaling.say({ type: 'fact', fact: { type: 'waiting-started' } }),
    ]) {
      const session = atTheDoor();
      await session.call.prepare();
      leave(session);
      assert.deepEqual(session.steps, ['look', 'close']);
    }
  });

  it('costs a page that saves data nothing', async () => {
    const { call, steps } = atTheDoor({ lowData: true });
    await call.prepare(true);
    assert.deepEqual(steps, []);
  });

  it('does not hold up who leaves in that moment', async () => {
    const { call, signaling } = atTheDoor();
    await call.prepare();
    const joining = call.join();
    await call.leave();
    await assert.rejects(joining);
    assert.equal(signaling.joins.length, 0);
  });
});
