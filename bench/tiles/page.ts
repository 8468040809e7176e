/** Twenty-five people, as bare players or as tiles of a room; bundled for the bench. Every picture comes from one camera. */
import '../../components/index.js';
import { INITIAL_STATE, type CallState } from '../../components/core/call-state.js';
import { NO_STREAMS, type Participant, type LocalSource } from '../../components/core/participant.js';
import { FakeCall } from '../../components/testing/fake-call.js';

export interface TilesPage {
  bare(count: number, rounded: boolean): Promise<void>;
  room(count: number): Promise<void>;
  /** Another one speaks. */
  speak(turn: number): void;
}

declare global {
  interface Window {
    tiles: TilesPage;
  }
}

async function pictures(count: number): Promise<readonly MediaStream[]> {
  const camera = await navigator.mediaDevices.getUserMedia({ video: { width: 320, height: 180, frameRate: 10 } });
  return Array.from({ length: count }, () => new MediaStream(camera.getVideoTracks().map((track) => track.clone())));
}

const person = (camera: MediaStream, index: number): Participant => ({
  id: `p${index}`,
  displayName: `Person ${index}`,
  avatarUrl: null,
  externalId: null,
  sequence: index + 2,
  role: 'speaker',
  presence: 'present',
  media: { microphone: true, camera: true, screen: false, screenAudio: false },
  link: 'connected',
  handRaised: false,
  handOrder: 0,
  mayChat: true,
  streams: { ...NO_STREAMS, camera },
});

const ON: LocalSource = { status: 'on', wanted: true, deviceId: null, error: null };

let fake: FakeCall | undefined;

window.tiles = {
  bare: async (count, rounded) => {
    const grid = document.createElement('div');
    for (const [name, value] of Object.entries({
      display: 'grid',
      position: 'fixed',
      inset: '0 0 80px',
      'grid-template': 'repeat(5, 1fr) / repeat(5, 1fr)',
      gap: '8px',
    }))
      grid.style.setProperty(name, value);
    document.body.append(grid);
    for (const stream of await pictures(count)) {
      const video = document.createElement('video');
      for (const [name, value] of Object.entries({ width: '100%', height: '100%', 'min-height': '0', 'object-fit': 'cover' }))
        video.style.setProperty(name, value);
      if (rounded) video.style.setProperty('border-radius', '10px');
      video.muted = true;
      video.srcObject = stream;
      grid.append(video);
      await video.play();
    }
  },
  room: async (count) => {
    const [own = null, ...others] = await pictures(count);
    const { local } = INITIAL_STATE;
    const state: CallState = {
      ...INITIAL_STATE,
      room: 'bench',
      meeting: 'joined',
      connection: 'connected',
      local: { ...local, id: 'me', displayName: 'Me', microphone: ON, camera: ON, streams: { ...NO_STREAMS, camera: own } },
      participants: others.map(person),
    };
    fake = new FakeCall({ room: 'bench' }, state);
    const room = document.createElement('webrtc-room');
    room.setAttribute('room', 'bench');
    room.setAttribute('persist-user-choices', 'off');
    room.setAttribute('layout', 'grid');
    for (const [name, value] of Object.entries({ position: 'fixed', inset: '0', width: '100%', height: '100%' }))
      room.style.setProperty(name, value);
    room.call = fake;
    document.body.append(room);
  },
  speak: (turn) => {
    // Two at a time, as where one interrupts the other.
    fake?.levels.set(
      new Map([
        [`p${turn % 24}`, 0.5],
        [`p${(turn * 7 + 3) % 24}`, 0.2],
      ]),
    );
  },
};
