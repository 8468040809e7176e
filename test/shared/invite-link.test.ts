import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inviteLink } from '../../components/room/invite/invite-link.js';

const of = (inviteUrl: string, room = 'standup'): string | null =>
  inviteLink({ serverUrl: 'https://calls.example.org/', room, inviteUrl, base: 'https://site.example/course/7' });

test('people are invited to the room’s own page, or to the page that the embedder names', () => {
  assert.equal(of(''), 'https://calls.example.org/r/standup');
  assert.equal(of('', 'a b'), 'https://calls.example.org/r/a%20b');
  assert.equal(of('https://site.example/join?room=7'), 'https://site.example/join?room=7');
  assert.equal(of('/join'), 'https://site.example/join');
});

test('nobody is invited where the page says so, from no room, or to what is no address of a page', () => {
  assert.equal(of('off'), null);
  assert.equal(of('', ''), null);
  assert.equal(of('javascript:alert(1)'), null);
  assert.equal(of('data:text/html,hello'), null);
  assert.equal(of('http://'), null);
});
