/** What a signaling connection says when it is open, and how long it may be held back. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Handshake } from '../../components/signaling/handshake.js';
import type { SignalingConnection } from '../../components/signaling/signaling-connection.js';
import { joinRequest } from '../support/server.js';

const never = new AbortController().signal;
const request = joinRequest('held');

function setUp() {
  const did: string[] = [];
  const signaling = { open: () => did.push('open'), close: () => did.push('close'), drop: () => did.push('drop') };
  return { handshake: new Handshake(5_000), signaling: signaling as unknown as SignalingConnection, did };
}

test('a line that is held back says the question that comes, also when it was held back twice', async () => {
  const { handshake, signaling, did } = setUp();
  handshake.hold(signaling);
  const said = handshake.auth();
  handshake.hold(signaling);
  const joined = handshake.join(signaling, request, never);
  assert.deepEqual((await said).join, request);
  assert.equal(did.includes('close'), false);
  assert.equal(handshake.held, false);
  handshake.answered('join', { ok: true, data: { self: { id: 'ada' } } } as never);
  assert.equal((await joined).self.id, 'ada');
});

test('a question that comes before the held line is open waits for it', async () => {
  const { handshake, signaling, did } = setUp();
  handshake.hold(signaling);
  void handshake.join(signaling, request, never);
  assert.deepEqual((await handshake.auth()).join, request);
  assert.equal(did.includes('close'), false);
  handshake.answered('join', { ok: true, data: {} } as never);
});

test('where the held line is gone, the question opens another', async () => {
  const { handshake, signaling, did } = setUp();
  handshake.hold(signaling);
  void handshake.auth();
  handshake.lost();
  void handshake.join(signaling, request, never);
  assert.deepEqual(did, ['open', 'close', 'open']);
  assert.deepEqual((await handshake.auth()).join, request);
  handshake.answered('join', { ok: true, data: {} } as never);
});
