/** English, the language that is always there: what the first look at a room needs. The rest is en-more. */
import { grammar } from './grammar.js';
import type { Texts } from './translation.js';

const { plural } = grammar('en', { other: '' });

export const en = {
  $code: 'en',
  $name: 'English',
  $dir: 'ltr',

  call: (room) => (room ? `Call: ${room}` : 'Call'),
  guest: 'Guest',
  you: (name) => `${name} (you)`,
  yourself: 'You',

  readyToJoin: 'Ready to join?',
  inside: (count) =>
    count === 0 ? 'Nobody else is here yet' : plural(count, { one: '{count} person is here', other: '{count} people are here' }),
  yourName: 'Your name',
  join: 'Join',
  joining: 'Joining…',
  preview: 'Your camera',
  turnOnDevices: 'Turn on camera and microphone',
  turnOnDevicesHint: 'Only you can see this until you join.',
  cameraIsOff: 'Your camera is off',
  joinWithout: (device) => `Join without ${device}`,
  joinWith: (device) => `Join with ${device}`,

  partMissing: 'Part of this call couldn’t be loaded.',
  reloadPage: 'Reload the page',
  turnOn: (device) => (device === 'screen' ? 'Share your screen' : `Turn on ${device}`),
  turnOff: (device) => (device === 'screen' ? 'Stop sharing your screen' : `Turn off ${device}`),
  hasProblem: (label) => `${label} (there was a problem)`,
  deviceOptions: (device) => (device === 'camera' ? 'Camera options' : 'Microphone and speaker options'),

  microphoneOff: 'microphone off',
  cameraOff: 'camera off',
  screenOf: (name) => `${name}’s screen`,
  yourScreen: 'Your screen',

  tryAgain: 'Try again',

  // Said when the server is gone, and with it the rest of the words.
  errorTitle: 'Something went wrong',
  errorHelp: 'The call couldn’t be started. Please try again.',
  unreachableTitle: 'Can’t reach the call server',
  unreachableHelp: 'Check your internet connection and try again.',
} as const satisfies Texts;
