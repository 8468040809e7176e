/* The start page: suggests a room name, tidies the one typed, shows the code for it. */
import { showSnippets } from './snippets.js';

const FIRST =
  'amber autumn bold brave bright calm clever cosy crimson dancing eager early gentle golden happy hazel jolly kind lively lucky mellow merry misty noble olive quick quiet rapid royal rustic silver sunny swift tidy velvet warm wild young'.split(
    ' ',
  );
const SECOND =
  'badger beacon beaver brook canyon cedar comet coral crane daisy dolphin falcon fern finch fjord fox garden harbor hare heron island juniper lake lantern lark maple meadow moose oak orchid otter owl panda pebble pine prairie raven river robin sparrow tulip valley walnut willow'.split(
    ' ',
  );
const SECRET_BYTES = 16;

const $ = (id) => document.getElementById(id);
const input = $('room');

/** Names people can read out. Where anybody may come in, a part nobody can guess is added. */
function suggestion() {
  const name = `${pick(FIRST)}-${pick(SECOND)}-${10 + random(90)}`;
  return document.documentElement.dataset.secret === 'on' ? `${name}-${secret()}` : name;
}

function secret() {
  const bytes = crypto.getRandomValues(new Uint8Array(SECRET_BYTES));
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
}

function random(below) {
  return crypto.getRandomValues(new Uint32Array(1))[0] % below;
}

function pick(words) {
  return words[random(words.length)];
}

/** What people type as a name, as a room id; a pasted link of this server gives its room. */
function roomId(text) {
  const link = /\/r\/([A-Za-z0-9][A-Za-z0-9_-]{0,63})(?:[?#]|$)/.exec(text);
  if (link) return link[1];
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .trim()
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^[-_]+/, '')
    .replace(/-+$/, '')
    .slice(0, 64);
}

function showInSnippet() {
  showSnippets(roomId(input.value) || 'standup');
}

function suggest() {
  input.value = suggestion();
  input.setCustomValidity('');
  showInSnippet();
}

input.form.addEventListener('submit', (event) => {
  event.preventDefault();
  const id = roomId(input.value);
  if (id === '') {
    input.setCustomValidity('Use letters and digits for the name of the room.');
    input.reportValidity();
    return;
  }
  location.assign(`/r/${id}`);
});
input.addEventListener('input', () => {
  input.setCustomValidity('');
  showInSnippet();
});

$('another').hidden = false;
$('another').addEventListener('click', () => {
  suggest();
  $('status').textContent = `Suggested name: ${input.value}`;
});

// A page restored by the browser may hold what was typed before.
if (input.value === '') suggest();
else showInSnippet();
