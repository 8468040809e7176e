/** The controls that are there at the first look. Each says what it is; the toolbar draws them. */
import { icon } from '../icons.js';
import { moreIcon } from '../more-icons.js';
import { controlState } from './control-list.js';
import type { Controls } from './control.js';

export const FIRST = {
  microphone: ({ state, room: { call }, text }) => {
    if (!state.local.grants.publish.includes('microphone')) return null;
    const { on, pending, problem } = controlState(state.local.microphone);
    const words = text.term(on ? 'turnOff' : 'turnOn', 'microphone');
    return {
      icon: icon(on ? 'microphone' : 'microphoneOff'),
      label: problem ? text.term('hasProblem', words) : words,
      ...(on ? {} : { variant: 'off' }),
      pending,
      problem,
      menu: 'microphone',
      press: () => call.setMicrophone(!on),
    };
  },
  camera: ({ state, room: { call }, text }) => {
    if (!state.local.grants.publish.includes('camera')) return null;
    const { on, pending, problem } = controlState(state.local.camera);
    const words = text.term(on ? 'turnOff' : 'turnOn', 'camera');
    return {
      icon: icon(on ? 'camera' : 'cameraOff'),
      label: problem ? text.term('hasProblem', words) : words,
      ...(on ? {} : { variant: 'off' }),
      pending,
      problem,
      menu: 'camera',
      press: () => call.setCamera(!on),
    };
  },
  screenshare: ({ state, room: { call }, text }) => {
    const able = typeof navigator !== 'undefined' && 'getDisplayMedia' in (navigator.mediaDevices ?? {});
    if (!able || !state.local.grants.publish.includes('screen')) return null;
    const { on, pending } = controlState(state.local.screen);
    return {
      icon: on ? moreIcon('screenOff') : icon('screen'),
      label: text.term(on ? 'turnOff' : 'turnOn', 'screen'),
      ...(on ? { variant: 'sharing' } : {}),
      pending,
      press: () => call.setScreenshare(!on),
    };
  },
  people: ({ state, room, text }) => {
    const open = room.peopleOpen;
    const [here, waiting] = [state.participants.length + 1, state.waiting.length];
    const words = text.term(open ? 'hidePeople' : 'showPeople');
    return {
      icon: icon('people'),
      label: words,
      ariaLabel: `${words} (${here})${waiting ? `, ${text.term('waitingHere')} (${waiting})` : ''}`,
      ...(open ? { variant: 'open' } : {}),
      // What is red is what wants an answer.
      count: waiting || here,
      attention: waiting > 0,
      press: () => room.togglePeople(),
    };
  },
  leave: ({ room, text }) => ({ icon: moreIcon('leave'), label: text.term('leave'), press: () => room.leave() }),
} as const satisfies Controls;
