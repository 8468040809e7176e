/** When a call stands at the door: what it asks to be made ready there, for which room, and until when. */
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import type { Doorstep } from '../../components/core/transport.js';
import type { JoinReply } from '../../server/protocol/schemas.js';
import { participantInfo } from '../../components/testing/fake-signaling.js';
import { closeCalls, setUp } from '../support/fake-session.js';

afterEach(closeCalls);

function atTheDoor(options: Parameters<typeof setUp>[0] = {}) {
  const steps: string[] = [];
  const handed: (Doorstep | null)[] = [];
  const made: Doorstep[] = [];
  const session = setUp(options, {
    createDoorstep: () => {
      const doorstep: Doorstep = {
        look: (again) => void steps.push(again ? 'look again' : 'look'),
        offered: () => void steps.push('offered'),
        approach: () => void steps.push('approach'),
        enter: async () => void steps.push(`enter before ${session.line.joins.length} joins`),
        close: () => void steps.push('close'),
      };
      made.push(doorstep);
      return doorstep;
    },
    onTransport: (doorstep) => handed.push(doorstep),
  });
  return { ...session, steps, handed, made };
}

describe('the door', () => {
  it('is looked through once it was touched, and again when who is inside has changed', async () => {
    const { call, line, steps, made } = atTheDoor();
    await call.prepare();
    assert.deepEqual(steps, ['look']);
    line.say({ type: 'fact', fact: { type: 'door-seen', door: { participants: 1, limit: 8, full: false } } });
    assert.deepEqual(steps, ['look', 'look again']);
    line.say({ type: 'offers', kept: { offers: [], ice: { iceServers: [] } } });
    assert.deepEqual(steps, ['look', 'look again', 'offered']);
    assert.equal(made.length, 1);
  });

  it('is approached when the visitor is about to join, without asking twice how many are inside', async () => {
    const { call, line, steps } = atTheDoor();
    await call.prepare();
    await call.prepare(true);
    assert.deepEqual(steps, ['look', 'approach']);
    assert.equal(line.prepared.length, 1);
  });

  it('is passed before the seat is asked for; what was made ready goes to the transport, and the rest is closed', async () => {
    const { call, line, steps, handed, made, transports } = atTheDoor();
    line.others = [participantInfo('ben', 1)];
    line.more = { met: [{ from: 'ben', link: 'link-ben-1' }] } satisfies Partial<JoinReply>;
    await call.prepare();
    await call.join();
    assert.deepEqual(steps, ['look', 'enter before 0 joins', 'close']);
    assert.deepEqual(handed, made);
    assert.equal(transports[0]?.roster[0]?.met, 'link-ben-1');
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
    const { call, line, steps } = atTheDoor();
    await call.prepare();
    line.say({ type: 'fact', fact: { type: 'connection-changed', connection: 'disconnected' } });
    assert.deepEqual(steps, ['look', 'close']);
    await call.prepare();
    await call.leave();
    assert.deepEqual(steps, ['look', 'close', 'look', 'close']);
  });

  it('is looked at anew with a token that came later', async () => {
    const { call, line, steps } = atTheDoor();
    await call.prepare();
    call.configure({ token: 'signed' });
    await call.prepare();
    assert.deepEqual(
      line.prepared.map(({ token }) => token),
      [undefined, 'signed'],
    );
    assert.deepEqual(steps, ['look', 'close', 'look']);
  });

  it('is asked about once, however often the pointer passes by', async () => {
    const { call, line, steps } = atTheDoor();
    await Promise.all([call.prepare(true), call.prepare(), call.prepare(true)]);
    assert.equal(line.prepared.length, 1);
    assert.deepEqual(steps, ['look', 'approach', 'approach']);
  });

  it('is that of the room the visitor wants by then', async () => {
    const { call, line, steps, made } = atTheDoor();
    const first = call.prepare(true);
    call.configure({ room: 'retro' });
    await Promise.all([first, call.prepare(true)]);
    assert.deepEqual(
      line.prepared.map(({ room }) => room),
      ['standup', 'retro'],
    );
    assert.deepEqual([made.length, steps], [1, ['look', 'approach']]);
  });

  it('is left when the network changes, and while the visitor waits to be let in', async () => {
    for (const leave of [
      ({ page }: ReturnType<typeof atTheDoor>) => page().networkChanged(),
      ({ line }: ReturnType<typeof atTheDoor>) => line.say({ type: 'fact', fact: { type: 'waiting-started' } }),
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
    const { call, line } = atTheDoor();
    await call.prepare();
    const joining = call.join();
    await call.leave();
    await assert.rejects(joining);
    assert.equal(line.joins.length, 0);
  });
});
