/** The page's side of a waiting room, against a real server. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CallError } from '../../components/core/call-error.js';
import type { SignalingEvent } from '../../components/core/signaling.js';
import { SocketSignaling } from '../../components/signaling/socket-signaling.js';
import { joinRequest, ok, startServer, type Member, type RunningServer } from '../support/server.js';
import { TOKEN_MODE, tokenFor } from '../support/tokens.js';
import { until } from '../support/until.js';

let server: RunningServer;
let host: Member;
before(async () => {
  server = await startServer({ ...TOKEN_MODE });
  host = await server.join('lobby', { token: await tokenFor('lobby', { role: 'host' }) });
  ok(await host.client.ask('waiting-room', { enabled: true }));
});
after(() => server.close());

async function knock(name: string) {
  const signaling = new SocketSignaling(server.url);
  const facts: SignalingEvent[] = [];
  signaling.onEvent((event) => facts.push(event));
  const abort = new AbortController();
  const request = joinRequest('lobby', { token: await tokenFor('lobby', { name }) });
  const joined = signaling.join(request, abort.signal);
  joined.catch(() => undefined);
  const { waitingId } = await host.client.next('waiting-participant-added', ({ displayName }) => displayName === name);
  await until('the page to know', () => facts.some((event) => event.type === 'fact' && event.fact.type === 'waiting-started'));
  return { signaling, joined, abort, waitingId };
}

test('who is let in is inside', async () => {
  const { signaling, joined, waitingId } = await knock('Ada');
  ok(await host.client.ask('admit', { waitingId }));
  assert.equal((await joined).self.displayName, 'Ada');
  await signaling.leave();
});

test('who is turned away hears it', async () => {
  const { signaling, joined, waitingId } = await knock('Ben');
  ok(await host.client.ask('reject', { waitingId }));
  await assert.rejects(joined, (error) => error instanceof CallError && error.code === 'FORBIDDEN');
  signaling.close();
});

test('who gives up is not waited for any more', async () => {
  const { signaling, abort, waitingId } = await knock('Cem');
  abort.abort();
  await signaling.leave();
  await host.client.next('waiting-participant-removed', (payload) => payload.waitingId === waitingId);
});

test('a host on the page acts through the same line', async () => {
  const signaling = new SocketSignaling(server.url);
  const facts: string[] = [];
  signaling.onEvent((event) => event.type === 'fact' && facts.push(event.fact.type));
  const token = await tokenFor('lobby', { role: 'host', name: 'Hana' });
  const reply = await signaling.join(joinRequest('lobby', { token }), new AbortController().signal);
  assert.equal(reply.grants?.moderate, true);
  await signaling.request('lock', { locked: true });
  await until('the page to hear of it', () => facts.includes('room-updated'));
  await signaling.request('lock', { locked: false });
  await signaling.leave();
});
