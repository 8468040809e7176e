import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { grantsOf } from '../../server/auth/identity.js';
import { MemoryRoomStore } from '../../server/rooms/memory-room-store.js';

const MEDIA = { microphone: false, camera: false, screen: false, screenAudio: false };

describe('the rooms in memory', () => {
  it('list people by their number, also those who come back to a server that forgot everybody', async () => {
    const store = new MemoryRoomStore({ emptyRoomMs: 1_000, joinRetryMs: 1_000 });
    const admit = (participantId: string, sequence?: number) =>
      store.admit({
        room: 'standup',
        limit: 8,
        joinId: `join-${participantId}`,
        participantId,
        ...(sequence === undefined ? {} : { sequence }),
        tokenHash: participantId,
        profile: { displayName: participantId, media: MEDIA },
        role: 'speaker',
        grants: grantsOf('speaker'),
        privileged: false,
        waits: false,
      });
    const order = async () => (await store.state('standup')).participants.map(({ id, sequence }) => `${id} ${sequence}`);
    await admit('cleo', 7);
    await admit('ada', 2);
    await admit('new');
    const last = await admit('ben', 5);
    assert.deepEqual(await order(), ['ada 2', 'ben 5', 'cleo 7', 'new 8']);
    assert.ok('state' in last);
    assert.deepEqual(
      last.state.participants.map(({ id }) => id),
      ['ada', 'ben', 'cleo', 'new'],
    );
    await store.close();
  });
});
