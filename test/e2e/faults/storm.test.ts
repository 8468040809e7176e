/** Row 12: a server that dies with a thousand people on it, and comes back to all of them at once. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { SignalingEvent } from '../../../components/core/signaling.js';
import { SocketSignaling } from '../../../components/signaling/socket-signaling.js';
import { Scene } from '../../support/scene.js';
import { freshId, joinRequest } from '../../support/server.js';
import { until } from '../../support/until.js';

const PEOPLE = 1_000;
const PER_ROOM = 4;
/** More at once would only measure how fast this process dials. */
const AT_ONCE = 50;

const scene = new Scene();

it('row 12: a thousand clients are back within a minute, each in its seat, and the server lives', async () => {
  const server = await scene.process({ LOG_LEVEL: 'silent' });
  const people = Array.from({ length: PEOPLE }, (_, index) => {
    const line = new SocketSignaling(server.url);
    const events: SignalingEvent[] = [];
    line.onEvent((event) => events.push(event));
    return { line, events, room: `storm-${Math.floor(index / PER_ROOM)}`, id: '' };
  });
  const { signal } = new AbortController();
  const queue = [...people];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let person = queue.pop(); person; person = queue.pop())
        person.id = (await person.line.join(joinRequest(person.room, { joinId: freshId('storm') }), signal)).self.id;
    }),
  );
  await server.stop('SIGKILL');
  await until('everybody knows', () =>
    people.every(({ events }) =>
      events.some((e) => e.type === 'fact' && 'connection' in e.fact && e.fact.connection === 'reconnecting'),
    ),
  );
  await server.run();
  await until('everybody back', () => people.every(({ events }) => events.some(({ type }) => type === 'resumed')), 60_000);
  const strangers = people.filter(({ events, id }) => events.some((e) => e.type === 'resumed' && e.reply.self.id !== id));
  assert.deepEqual(strangers, []);
  assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
  await Promise.all(people.map(({ line }) => line.leave()));
});
