/** Rooms with a fake call, and the people in them, for tests of elements. */
import { fixture, html } from '@open-wc/testing';
import { CallError } from '../../components/core/call-error.js';
// Loaded on demand; here they are there at once, so that tests wait for frames only.
import '../../components/controls/define.js';
import '../../components/controls/more-part.js';
import '../../components/prejoin/trouble.js';
import '../../components/tile/tile-menu.js';
import '../../components/shared/device-menu.js';
import '../../components/room/in-call.js';
import '../../components/room/room-panels.js';
import '../../components/stage/define.js';
import { INITIAL_STATE, type CallState, type Devices } from '../../components/core/call-state.js';
import {
  NOBODY,
  NO_STREAMS,
  SOURCE_OFF,
  type LocalParticipant,
  type LocalSource,
  type Participant,
} from '../../components/core/participant.js';
import type { WebrtcControls, WebrtcPrejoin, WebrtcRoom, WebrtcStage, WebrtcVideoTile } from '../../components/index.js';
import { FakeCall } from '../../components/testing/fake-call.js';
import { frames } from './drawn.js';

export { arrived, frames } from './drawn.js';

export const ON: LocalSource = { status: 'on', wanted: true, deviceId: 'one', error: null };

export function person(name: string, change: Partial<Participant> = {}): Participant {
  return {
    id: name.toLowerCase(),
    displayName: name,
    avatarUrl: null,
    externalId: null,
    sequence: 1,
    role: 'speaker',
    presence: 'present',
    media: { microphone: true, camera: true, screen: false, screenAudio: false },
    link: 'connected',
    handRaised: false,
    handOrder: 0,
    mayChat: true,
    streams: NO_STREAMS,
    ...change,
  };
}

export const info = (name: string) => ({
  id: name.toLowerCase(),
  displayName: name,
  sequence: 1,
  presence: 'present' as const,
  media: { microphone: true, camera: true, screen: false, screenAudio: false },
});

export function me(change: Partial<LocalParticipant> = {}): LocalParticipant {
  return { ...NOBODY, id: 'me', displayName: 'Nora', microphone: ON, camera: ON, ...change };
}

export function failed(kind: 'microphone' | 'camera', reason: 'policy' | 'permissions' | 'in-use' | 'not-found'): LocalSource {
  const blockedBy = reason === 'policy' ? 'page' : reason === 'permissions' ? 'user' : null;
  return { ...SOURCE_OFF, error: { kind, reason, blockedBy, error: new CallError('PERMISSION_DENIED') } };
}

export const joined = (...names: readonly string[]): Partial<CallState> => ({
  meeting: 'joined',
  connection: 'connected',
  room: 'standup',
  local: me(),
  participants: names.map((name) => person(name)),
});

export const DEVICES: Devices = {
  microphones: [
    { id: 'one', label: 'Headset' },
    { id: 'two', label: 'Desk microphone' },
  ],
  cameras: [
    { id: 'one', label: 'Front camera' },
    { id: 'two', label: 'Back camera' },
  ],
  speakers: [{ id: 'three', label: 'Headset' }],
};

export interface FakeRoom {
  readonly room: WebrtcRoom;
  readonly call: FakeCall;
  /** Changes the state and waits until everything is drawn. */
  readonly set: (change: Partial<CallState>) => Promise<void>;
  readonly settle: () => Promise<void>;
  readonly prejoin: () => WebrtcPrejoin | null;
  readonly stage: () => WebrtcStage | null;
  readonly controls: () => WebrtcControls | null;
  readonly tiles: () => readonly WebrtcVideoTile[];
}

export async function fakeRoom(
  state: Partial<CallState> = {},
  attributes: Readonly<Record<string, string>> = {},
): Promise<FakeRoom> {
  const call = new FakeCall({}, { ...INITIAL_STATE, ...state });
  const holder = await fixture<HTMLElement>(html`<div></div>`);
  const room = document.createElement('webrtc-room');
  for (const [name, value] of Object.entries({ room: 'standup', 'persist-user-choices': 'off', ...attributes })) {
    room.setAttribute(name, value);
  }
  room.call = call;
  holder.append(room);
  const inside = <E extends Element>(tag: string) => room.shadowRoot?.querySelector<E>(tag) ?? null;
  const settle = () => frames();
  await settle();
  return {
    room,
    call,
    settle,
    set: (change) => {
      call.set(change);
      return settle();
    },
    prejoin: () => inside('webrtc-prejoin'),
    stage: () => inside('webrtc-stage'),
    controls: () => inside('webrtc-controls'),
    tiles: () => [...(inside('webrtc-stage')?.shadowRoot?.querySelectorAll('webrtc-video-tile') ?? [])],
  };
}

/** The text a sighted visitor reads, through shadow roots. */
export function textOf(node: Node): string {
  if (node instanceof Text) return node.data;
  if (node instanceof HTMLStyleElement) return '';
  const root = node instanceof Element ? (node.shadowRoot ?? node) : node;
  return [...root.childNodes].map(textOf).join(' ').replace(/\s+/g, ' ').trim();
}
