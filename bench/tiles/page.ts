/** Twenty-five people, as bare players or as tiles of a room; bundled for the bench. Every picture comes from one camera. */
import '../../components/index.js';
import { INITIAL_STATE, type CallState } from '../../components/core/call-state.js';
import { NO_STREAMS, type Participant, type LocalSource } from '../../components/core/participant.js';
import { FakeCall } from '../../components/testing/fake-call.js';

export interface TilesPage {
  /** Bare players stand where the tiles of the room before them stood. */
  show(scene: 'bare' | 'rounded' | 'idle' | 'speaking' | 'boxed', count: number): Promise<void>;
  /** An empty page again. */
  clear(): void;
}

declare global {
  interface Window {
    tiles: TilesPage;
  }
}

/**
 * One camera for all scenes, so that they differ in nothing else. At ten frames a second each would come at the same moment
 * between two frames of the screen, for one scene a lucky one and for another not.
 */
const camera = navigator.mediaDevices.getUserMedia({ video: { width: 320, height: 180, frameRate: 11 } });
let shown: readonly MediaStream[] = [];

async function pictures(count: number): Promise<readonly MediaStream[]> {
  const tracks = (await camera).getVideoTracks();
  shown = Array.from({ length: count }, () => new MediaStream(tracks.map((track) => track.clone())));
  return shown;
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

let places: readonly DOMRect[] = [];
let talk: ReturnType<typeof setInterval> | undefined;

function styled<T extends HTMLElement>(element: T, styles: Readonly<Record<string, string>>): T {
  for (const [name, value] of Object.entries(styles)) element.style.setProperty(name, value);
  return element;
}

async function bare(count: number, rounded: boolean): Promise<void> {
  for (const [index, stream] of (await pictures(count)).entries()) {
    const { x, y, width, height } = places[index] as DOMRect;
    const video = styled(document.createElement('video'), {
      position: 'fixed',
      left: `${x}px`,
      top: `${y}px`,
      width: `${width}px`,
      height: `${height}px`,
      'object-fit': 'cover',
      'border-radius': rounded ? '14px' : '0',
    });
    [video.autoplay, video.playsInline, video.muted] = [true, true, true];
    video.srcObject = stream;
    document.body.append(video);
    await video.play();
  }
}

/** @param parent A page may put the room into a box of its own. */
async function room(count: number, parent: HTMLElement = document.body): Promise<FakeCall> {
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
  const fake = new FakeCall({ room: 'bench' }, state);
  const element = styled(document.createElement('webrtc-room'), {
    position: 'absolute',
    inset: '0',
    width: '100%',
    height: '100%',
  });
  for (const [name, value] of Object.entries({ room: 'bench', 'persist-user-choices': 'off', layout: 'grid' }))
    element.setAttribute(name, value);
  element.call = fake;
  parent.append(element);
  return fake;
}

/** Loudness comes ten times a second; every fourth of one another two people, as where one interrupts the other. */
function speak(fake: FakeCall): void {
  let reading = 0;
  talk = setInterval(() => {
    const turn = Math.floor(reading++ / 4);
    fake.levels.set(
      new Map([
        [`p${turn % 24}`, 0.5],
        [`p${(turn * 7 + 3) % 24}`, 0.2],
      ]),
    );
  }, 100);
}

const tiles = (): Element[] => [
  ...(document
    .querySelector('webrtc-room')
    ?.shadowRoot?.querySelector('webrtc-stage')
    ?.shadowRoot?.querySelectorAll('webrtc-video-tile') ?? []),
];

window.tiles = {
  show: async (scene, count) => {
    if (scene === 'bare' || scene === 'rounded') return bare(count, scene === 'rounded');
    const box = styled(document.createElement('div'), { position: 'fixed', inset: '0' });
    if (scene === 'boxed') styled(box, { 'border-radius': '14px', overflow: 'clip' });
    document.body.append(box);
    const fake = await room(count, box);
    if (scene === 'speaking') speak(fake);
  },
  clear: () => {
    clearInterval(talk);
    const rectangles = tiles().map((tile) => tile.getBoundingClientRect());
    if (rectangles.length) places = rectangles;
    document.body.replaceChildren();
    for (const stream of shown) for (const track of stream.getTracks()) track.stop();
    shown = [];
  },
};
