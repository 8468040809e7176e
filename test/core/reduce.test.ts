import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CallError } from '../../components/core/call-error.js';
import { INITIAL_STATE, type CallState } from '../../components/core/call-state.js';
import type { CallFact } from '../../components/core/facts.js';
import { mayFollow, type MeetingState } from '../../components/core/phase.js';
import { reduce } from '../../components/core/reduce.js';
import { FakeSignaling, participantInfo } from '../../components/testing/fake-signaling.js';

const after = (...facts: CallFact[]): CallState => facts.reduce(reduce, INITIAL_STATE);
const reply = new FakeSignaling().reply({
  roster: { version: 1, participants: [participantInfo('b', 3), participantInfo('a', 2)] },
});
const inCall: CallFact[] = [{ type: 'join-started' }, { type: 'joined', reply }];

describe('the state of a call', () => {
  it('goes from new through joining to joined, with everybody in the order they entered', () => {
    const state = after(...inCall);
    assert.equal(state.meeting, 'joined');
    assert.equal(state.local.id, 'me');
    assert.deepEqual(
      state.participants.map(({ id, link }) => [id, link]),
      [
        ['a', 'connecting'],
        ['b', 'connecting'],
      ],
    );
  });

  it('is frozen all the way, so that no listener can change what another one sees', () => {
    const state = after(...inCall);
    for (const part of [
      state,
      state.local,
      state.local.camera,
      state.participants,
      state.participants[0],
      state.participants[0]?.media,
    ]) {
      assert.ok(Object.isFrozen(part));
    }
  });

  it('is the same object when nothing changed', () => {
    const state = after(...inCall);
    const nothing: CallFact[] = [
      { type: 'playback-blocked', blocked: false },
      { type: 'participant-left', participantId: 'nobody', reason: 'left' },
      { type: 'link-changed', participantId: 'nobody', link: 'connected' },
      { type: 'active-speaker-changed', participantId: null },
      { type: 'warned', error: new CallError('INTERNAL') },
    ];
    for (const fact of nothing) assert.equal(reduce(state, fact), state, fact.type);
  });

  it('keeps link and streams of a participant whose name or media changed', () => {
    const stream = {} as MediaStream;
    const state = after(
      ...inCall,
      { type: 'link-changed', participantId: 'a', link: 'connected' },
      { type: 'stream-changed', participantId: 'a', source: 'camera', stream },
      { type: 'participant-updated', participant: participantInfo('a', 2, { displayName: 'Ana' }) },
    );
    const [ana] = state.participants;
    assert.deepEqual([ana?.displayName, ana?.link, ana?.streams.camera], ['Ana', 'connected', stream]);
  });

  it('keeps those who stayed when the seat was taken back, and drops those who left meanwhile', () => {
    const stream = {} as MediaStream;
    const state = after(
      ...inCall,
      { type: 'stream-changed', participantId: 'a', source: 'camera', stream },
      {
        type: 'joined',
        reply: {
          ...reply,
          resumed: true,
          roster: { version: 9, participants: [participantInfo('a', 2), participantInfo('c', 7)] },
        },
      },
    );
    assert.deepEqual(
      state.participants.map(({ id, streams }) => [id, streams.camera]),
      [
        ['a', stream],
        ['c', null],
      ],
    );
  });

  it('starts everybody anew when the seat was lost and another one taken', () => {
    const stream = {} as MediaStream;
    const state = after(
      ...inCall,
      { type: 'stream-changed', participantId: 'a', source: 'camera', stream },
      { type: 'joined', reply: { ...reply, self: participantInfo('me-again', 9) } },
    );
    assert.equal(state.local.id, 'me-again');
    assert.equal(state.participants[0]?.streams.camera, null);
  });

  it('forgets the speaker who left', () => {
    const state = after(
      ...inCall,
      { type: 'active-speaker-changed', participantId: 'a' },
      { type: 'participant-left', participantId: 'a', reason: 'left' },
    );
    assert.equal(state.activeSpeaker, null);
  });

  it('shows a device as pending until the fact is there, and why it failed', () => {
    const pending = after({ type: 'source-changing', source: 'camera', to: 'on' });
    assert.equal(pending.local.camera.status, 'turning-on');
    const error = { kind: 'camera', reason: 'in-use', blockedBy: 'system', error: new CallError('DEVICE_IN_USE') } as const;
    const failed = reduce(pending, { type: 'source-off', source: 'camera', error });
    assert.deepEqual([failed.local.camera.status, failed.local.camera.error], ['off', error]);
    assert.equal(reduce(failed, { type: 'source-changing', source: 'camera', to: 'on' }).local.camera.error, null);
  });

  it('is alone again after leaving, but keeps name and reason', () => {
    const state = after({ type: 'configured', room: 'r', displayName: 'Ana', avatarUrl: null, externalId: null }, ...inCall, {
      type: 'left',
      reason: 'kicked',
      error: null,
    });
    assert.deepEqual([state.meeting, state.leftReason, state.participants.length, state.local.id], ['left', 'kicked', 0, null]);
  });

  it('refuses impossible moves', () => {
    assert.equal(after({ type: 'joined', reply }).meeting, 'new');
    const states: MeetingState[] = ['new', 'prejoin', 'waiting', 'joining', 'joined', 'left', 'error'];
    for (const state of states) assert.ok(mayFollow(state, state));
    assert.equal(mayFollow('joined', 'joining'), false);
  });
});
