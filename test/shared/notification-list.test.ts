import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NotificationList, SHOWN_MS } from '../../components/room/notifications/notification-list.js';

const shown = (list: NotificationList) => list.notes.map(({ kind, names }) => `${kind}: ${names.join(', ')}`);

test('what happens again while it is shown is one note with more names, and stays longer', () => {
  const list = new NotificationList();
  list.add({ kind: 'joined', name: 'Ana' }, 0);
  list.add({ kind: 'joined', name: 'Ben' }, SHOWN_MS - 1);
  list.expire(SHOWN_MS + 1);
  assert.deepEqual(shown(list), ['joined: Ana, Ben']);
  list.expire(2 * SHOWN_MS);
  assert.deepEqual(shown(list), []);
  assert.equal(list.nextEnd, Infinity);
});

test('of a conversation the newest line is shown, and of all no more than two', () => {
  const list = new NotificationList();
  list.add({ kind: 'chat', name: 'Ana', body: 'one' }, 0);
  list.add({ kind: 'chat', name: 'Ben', body: 'two' }, 0);
  assert.deepEqual(shown(list), ['chat: Ben']);
  list.add({ kind: 'joined', name: 'Cleo' }, 0);
  list.add({ kind: 'left', name: 'Dan' }, 0);
  assert.deepEqual(shown(list), ['joined: Cleo', 'left: Dan']);
});

test('while somebody points at it, it does not go away', () => {
  const list = new NotificationList();
  list.add({ kind: 'left', name: 'Ana' }, 0);
  list.extend(SHOWN_MS - 1);
  list.expire(SHOWN_MS + 1);
  assert.equal(list.notes.length, 1);
});
