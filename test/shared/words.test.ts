import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CallError, LOCAL_ERRORS, type CallErrorCode, type DeviceError } from '../../components/core/call-error.js';
import { enMore } from '../../components/lang/en-more.js';
import { en } from '../../components/lang/en.js';
import { ALLOW, deviceHelp, deviceTroubles } from '../../components/shared/device-help.js';
import { errorWords } from '../../components/shared/error-words.js';
import { hueOf, initials } from '../../components/shared/avatar.js';
import { ERROR_CODES } from '../../server/protocol/error-codes.js';

const words = { ...en, ...enMore };

test('every error has a title and a help in the language of the visitor', () => {
  for (const code of [...Object.keys(LOCAL_ERRORS), ...Object.keys(ERROR_CODES)] as CallErrorCode[]) {
    const { title, help } = errorWords(code);
    assert.ok(words[title] && words[help], code);
  }
});

test('what cannot be mended by trying again offers no retry', () => {
  assert.equal(errorWords('ROOM_FULL').retry, true);
  assert.equal(errorWords('SIGNAL_UNREACHABLE').retry, true);
  assert.equal(errorWords('ORIGIN_NOT_ALLOWED').retry, false);
  assert.equal(errorWords('ROOM_NAME_INVALID').retry, false);
});

test('a token that is over is no accident of the server, and who was turned away is not told to mend the link', () => {
  for (const code of ['TOKEN_EXPIRED', 'TOKEN_REPLAYED', 'UNAUTHENTICATED'] as const)
    assert.equal(errorWords(code).title, 'deniedTitle', code);
  assert.equal(errorWords('FORBIDDEN').title, 'refusedTitle');
});

test('without a network the server is not blamed', () => {
  assert.equal(errorWords('SIGNAL_UNREACHABLE', false).title, 'offlineTitle');
  assert.equal(errorWords('SIGNAL_UNREACHABLE', true).title, 'unreachableTitle');
});

const failure = (
  kind: DeviceError['kind'],
  reason: DeviceError['reason'],
  blockedBy: DeviceError['blockedBy'] = null,
): DeviceError => ({
  kind,
  reason,
  blockedBy,
  error: new CallError('PERMISSION_DENIED'),
});

test('the help names who is in the way', () => {
  const help = (reason: DeviceError['reason'], blockedBy: DeviceError['blockedBy'] = null) =>
    deviceHelp({ device: 'camera', reason, blockedBy });
  assert.equal(help('insecure').key, 'deviceInsecure');
  assert.equal(help('permissions', 'user').key, 'deviceBlockedByUser');
  assert.equal(help('permissions', 'system').key, 'deviceBlockedBySystem');
  assert.equal(help('in-use').key, 'deviceInUse');
  assert.equal(help('not-found').key, 'deviceNotFound');
  assert.equal(help('constraints').key, 'deviceConstraints');
});

test('a policy of the page comes with the exact line to add', () => {
  assert.deepEqual(deviceHelp({ device: 'camera', reason: 'policy', blockedBy: 'page' }), {
    key: 'devicePolicy',
    device: 'camera',
    code: ALLOW,
    retry: false,
  });
});

test('two devices with one trouble are told of once, by one word for both', () => {
  const both = deviceTroubles([failure('microphone', 'permissions', 'user'), failure('camera', 'permissions', 'user')]);
  assert.deepEqual(
    both.map(({ device }) => device),
    ['devices'],
  );
  const each = deviceTroubles([failure('microphone', 'not-found'), failure('camera', 'in-use')]);
  assert.deepEqual(
    each.map(({ device }) => device),
    ['microphone', 'camera'],
  );
});

test('closing the picker of screens is no trouble', () => {
  const error = new CallError('SCREENSHARE_CANCELLED');
  assert.deepEqual(deviceTroubles([{ kind: 'screen', reason: 'permissions', blockedBy: 'user', error }]), []);
});

test('initials are the first letters of the first and last word, in any script', () => {
  assert.equal(initials('Ana Maria Souza'), 'AS');
  assert.equal(initials('prince'), 'P');
  assert.equal(initials('  '), '');
  assert.equal(initials('🦊 Éva Kovács'), 'ÉK');
  assert.equal(initials('محمد علي'), 'مع');
});

test('a person keeps their colour', () => {
  assert.equal(hueOf('p1'), hueOf('p1'));
  assert.ok(new Set(Array.from({ length: 50 }, (_, index) => hueOf(`person ${index}`))).size > 35);
});
