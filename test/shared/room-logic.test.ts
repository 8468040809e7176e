import assert from 'node:assert/strict';
import { test } from 'node:test';
import { INITIAL_STATE } from '../../components/core/call-state.js';
import { CallError } from '../../components/core/call-error.js';
import { joinFailure } from '../../components/core/endings.js';
import { reduce } from '../../components/core/reduce.js';
import { controlList, controlState, nextIndex, overflow } from '../../components/shared/controls/control-list.js';
import { SOURCE_OFF } from '../../components/core/participant.js';
import { doorDevice } from '../../components/prejoin/door.js';
import { serverUrlFrom } from '../../components/shared/default-server-url.js';
import { callOptions, changedOptions, wantedFrom, type RoomSettings } from '../../components/room/room-options.js';
import { farewell } from '../../components/room/farewell.js';
import { roomView } from '../../components/room/room-view.js';

const settings: RoomSettings = {
  room: 'standup',
  serverUrl: '',
  token: '',
  displayName: '',
  avatarUrl: '',
  externalId: '',
  audio: 'on',
  video: 'on',
  iceTransportPolicy: 'all',
  iceServers: null,
  localStream: null,
  lowData: 'auto',
  background: 'none',
  noiseSuppression: 'on',
};
const around = { serverUrl: 'https://calls.example.org', savesData: false };

test("the server is the one the script came from, or the page's own where that is no web address", () => {
  assert.equal(
    serverUrlFrom('https://calls.example.org/webrtc-elements.js', 'https://site.example'),
    'https://calls.example.org',
  );
  assert.equal(serverUrlFrom('file:///app/node_modules/x.js', 'https://site.example'), 'https://site.example');
  assert.equal(serverUrlFrom('', 'https://site.example'), 'https://site.example');
});

test('what the visitor chose now counts more than the page, and the page more than a memory', () => {
  const remembered = { displayName: 'Old', audio: true, video: false };
  assert.deepEqual(wantedFrom(settings, {}, remembered), remembered);
  assert.equal(wantedFrom({ ...settings, displayName: 'Page' }, {}, remembered).displayName, 'Page');
  assert.equal(wantedFrom({ ...settings, displayName: 'Page' }, { displayName: 'Typed' }, remembered).displayName, 'Typed');
});

test('a page that says off is never overruled by a memory, but by the visitor', () => {
  assert.equal(wantedFrom({ ...settings, audio: 'off' }, {}, { audio: true }).audio, false);
  assert.equal(wantedFrom({ ...settings, audio: 'off' }, { audio: true }, {}).audio, true);
});

test('only what changed is told to the call', () => {
  const first = callOptions(settings, { displayName: ' Ana ', audio: true, video: true }, around);
  assert.equal(first.displayName, 'Ana');
  assert.equal(first.serverUrl, 'https://calls.example.org');
  const then = callOptions({ ...settings, token: 't' }, { displayName: 'Ana', audio: true, video: true }, around);
  assert.deepEqual(changedOptions(first, then), { token: 't' });
  assert.deepEqual(changedOptions({}, first), first);
});

test('low-data follows the browser unless the page decides', () => {
  const wanted = { displayName: '', audio: true, video: true };
  const saving = { ...around, savesData: true };
  assert.equal(callOptions(settings, wanted, saving).lowData, true);
  assert.equal(callOptions({ ...settings, lowData: 'off' }, wanted, saving).lowData, false);
  assert.equal(callOptions({ ...settings, lowData: 'on' }, wanted, around).lowData, true);
});

test('the door stays, busy, while its visitor joins; without a door there is a moment of waiting', () => {
  const state = { ...INITIAL_STATE, meeting: 'joining' as const };
  assert.equal(roomView(state, true, 'prejoin'), 'prejoin');
  assert.equal(roomView(state, true, 'left'), 'joining');
  assert.equal(roomView(state, false, 'prejoin'), 'joining');
});

test('an attempt that failed is told at the door, or in its own words where there is none', () => {
  for (const code of ['SIGNAL_UNREACHABLE', 'ROOM_FULL', 'ROOM_LOCKED', 'UNAUTHENTICATED'] as const) {
    const state = reduce({ ...INITIAL_STATE, meeting: 'joining' }, joinFailure(new CallError(code)));
    assert.equal(roomView(state, true, 'prejoin'), 'prejoin', code);
    assert.match(roomView(state, true, 'joining'), /left|error/, code);
    assert.match(roomView(state, false, 'joining'), /left|error/, code);
  }
});

test('a call that was ended for all while one came in has ended, also at the door', () => {
  const state = reduce({ ...INITIAL_STATE, meeting: 'joining' }, joinFailure(new CallError('ROOM_ENDED')));
  assert.equal(roomView(state, true, 'prejoin'), 'left');
  assert.equal(farewell(state.leftReason).title, 'endedTitle');
});

test('who is not inside any more is told what happened; who was put out is not asked back in', () => {
  assert.deepEqual(farewell('kicked'), { title: 'kicked', help: 'kickedHelp' });
  assert.equal(farewell('ended').again, 'join');
  assert.equal(farewell('voluntary').again, 'rejoin');
  assert.equal(farewell('network').title, 'lost');
});

test('a page names the controls in any way, and they stand in ours', () => {
  assert.deepEqual(controlList('leave,camera  dance'), ['camera', 'leave']);
  assert.equal(controlList('').length, 13);
});

test('what does not fit goes into the menu from the end; microphone, camera and leave never', () => {
  const bar = ['microphone', 'camera', 'screenshare', 'people', 'pip', 'leave'].map((name) => ({ name, width: 50 }));
  assert.deepEqual(overflow(bar, 300, 50), []);
  // The button of the menu takes a place, too.
  assert.deepEqual(overflow(bar, 299, 50), ['people', 'pip']);
  assert.deepEqual(overflow(bar, 210, 50), ['screenshare', 'people', 'pip']);
  assert.deepEqual(overflow(bar, 10, 50), ['screenshare', 'people', 'pip']);
});

test('a button shows what is, not what was asked for', () => {
  assert.deepEqual(controlState({ ...SOURCE_OFF, status: 'turning-on' }), { on: false, pending: true, problem: false });
  assert.deepEqual(controlState({ ...SOURCE_OFF, status: 'turning-off' }), { on: true, pending: true, problem: false });
});

test('arrows go round, and the other way where people read the other way', () => {
  assert.equal(nextIndex('ArrowRight', 3, 4, false), 0);
  assert.equal(nextIndex('ArrowRight', 0, 4, true), 3);
  assert.equal(nextIndex('End', 0, 4, false), 3);
  assert.equal(nextIndex('Tab', 0, 4, false), null);
});

test('before a device is opened its switch says how to join; afterwards what is on', () => {
  const wanted = { ...SOURCE_OFF, wanted: true };
  assert.deepEqual(doorDevice(wanted, false), { on: true, pending: false, problem: false, ahead: true });
  assert.deepEqual(doorDevice(wanted, true), { on: false, pending: false, problem: false, ahead: false });
});
