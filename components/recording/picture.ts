/**
 * The picture of a recording: everybody with their names, screens large, initials for who has no camera. Drawn on an
 * even beat that goes on in a background tab. Knows the state of the call; keeps none.
 */
import { hueOf, initials } from '../core/avatar.js';
import type { CallState } from '../core/call-state.js';
import type { RecordingHost } from '../core/recording.js';
import type { VideoSource } from '../core/participant.js';
import { everyFewMs } from '../core/ticker.js';
import { arrange, type Box } from './arrangement.js';
import { PicturedTeller, type Pictured } from './pictured.js';

export const WIDTH = 1280;
export const HEIGHT = 720;
export const FRAME_RATE = 15;

interface Tile {
  readonly id: string;
  readonly name: string;
  readonly stream: MediaStream | null;
  readonly muted: boolean;
}

export class Picture {
  readonly #canvas = document.createElement('canvas');
  readonly #context: CanvasRenderingContext2D;
  readonly #videos = new Map<MediaStream, HTMLVideoElement>();
  readonly #state: () => CallState;
  readonly #teller: PicturedTeller;
  readonly #stop: () => void;

  /** `beat` is called before each picture. */
  constructor({ state, showing }: RecordingHost, beat: () => void) {
    Object.assign(this.#canvas, { width: WIDTH, height: HEIGHT });
    const context = this.#canvas.getContext('2d', { alpha: false });
    if (!context) throw new TypeError('There is no canvas.');
    this.#context = context;
    this.#state = () => state.get();
    this.#teller = new PicturedTeller(showing);
    this.#draw();
    this.#stop = everyFewMs(1000 / FRAME_RATE, () => {
      beat();
      this.#draw();
    });
  }

  track(): MediaStreamTrack {
    const [track] = this.#canvas.captureStream(FRAME_RATE).getVideoTracks();
    if (!track) throw new TypeError('The canvas gives no track.');
    return track;
  }

  close(): void {
    this.#stop();
    this.#teller.end();
    for (const video of this.#videos.values()) video.srcObject = null;
    this.#videos.clear();
  }

  #draw(): void {
    const state = this.#state();
    const { local, participants } = state;
    const own: Tile = {
      id: local.id ?? '',
      name: local.displayName,
      stream: local.streams.camera,
      muted: local.microphone.status !== 'on',
    };
    const others = participants.map(({ id, displayName, media, streams }): Tile => ({
      id,
      name: displayName,
      stream: media.camera ? streams.camera : null,
      muted: !media.microphone,
    }));
    const sharers = participants.filter(({ media, streams }) => media.screen && streams.screen);
    const screens = [...sharers.map(({ streams }) => streams.screen), local.streams.screen].filter((stream) => stream !== null);
    const people = [...others, own];
    const boxes = arrange(WIDTH, HEIGHT, screens.length, people.length);
    this.#teller.tell(state, () => [...placed(others, 'camera', boxes.people), ...placed(sharers, 'screen', boxes.screens)]);
    this.#forget(new Set([...screens, ...people.flatMap(({ stream }) => (stream ? [stream] : []))]));

    const to = this.#context;
    to.fillStyle = '#14161a';
    to.fillRect(0, 0, WIDTH, HEIGHT);
    boxes.screens.forEach((box, i) => this.#clip(box, () => this.#film(screens[i] ?? null, box, Math.min)));
    boxes.people.forEach((box, i) => {
      const tile = people[i];
      if (tile) this.#clip(box, () => this.#person(tile, box));
    });
  }

  #clip({ x, y, width, height }: Box, draw: () => void): void {
    const to = this.#context;
    to.save();
    to.beginPath();
    to.roundRect(x, y, width, height, 10);
    to.clip();
    to.fillStyle = '#24282f';
    to.fillRect(x, y, width, height);
    draw();
    to.restore();
  }

  #person(tile: Tile, box: Box): void {
    if (!this.#film(tile.stream, box, Math.max)) this.#medal(tile, box);
    this.#tag(tile, box);
  }

  #medal({ id, name }: Tile, { x, y, width, height }: Box): void {
    const to = this.#context;
    const [cx, cy, radius] = [x + width / 2, y + height / 2, Math.min(width, height) * 0.24];
    to.fillStyle = `hsl(${hueOf(name || id)} 45% 38%)`;
    to.beginPath();
    to.arc(cx, cy, radius, 0, 2 * Math.PI);
    to.fill();
    to.fillStyle = '#fff';
    to.font = `600 ${radius * 0.8}px system-ui, sans-serif`;
    to.textAlign = 'center';
    to.textBaseline = 'middle';
    to.fillText(initials(name), cx, cy + radius * 0.04);
  }

  #tag({ name, muted }: Tile, { x, y, width, height }: Box): void {
    if (!name && !muted) return;
    const to = this.#context;
    const size = Math.max(13, Math.min(20, height * 0.06));
    to.font = `500 ${size}px system-ui, sans-serif`;
    to.textAlign = 'left';
    to.textBaseline = 'middle';
    const mark = muted ? size * 1.1 : 0;
    const pad = size * 0.55;
    const room = width - 4 * pad - mark;
    const wide = Math.min(to.measureText(name).width, room) + 2 * pad + mark;
    const top = y + height - size * 2.3;
    to.fillStyle = 'rgb(0 0 0 / 0.62)';
    to.beginPath();
    to.roundRect(x + pad, top, wide, size * 1.7, size * 0.5);
    to.fill();
    if (muted) this.#muted(x + 2 * pad + size * 0.4, top + size * 0.85, size * 0.4);
    to.fillStyle = '#fff';
    to.fillText(name, x + 2 * pad + mark, top + size * 0.9, room);
  }

  /** A microphone, struck out. */
  #muted(x: number, y: number, r: number): void {
    const to = this.#context;
    to.strokeStyle = to.fillStyle = '#ff8f8f';
    to.lineWidth = r * 0.3;
    to.beginPath();
    to.roundRect(x - r * 0.35, y - r, r * 0.7, r * 1.25, r * 0.35);
    to.fill();
    to.beginPath();
    to.moveTo(x - r, y - r);
    to.lineTo(x + r, y + r);
    to.stroke();
  }

  /** `Math.max` covers the box, `Math.min` shows everything. False: there is no picture yet. */
  #film(stream: MediaStream | null, { x, y, width, height }: Box, fit: (a: number, b: number) => number): boolean {
    const video = stream && this.#video(stream);
    if (!video || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || !video.videoWidth) return false;
    const scale = fit(width / video.videoWidth, height / video.videoHeight);
    const [w, h] = [video.videoWidth * scale, video.videoHeight * scale];
    this.#context.drawImage(video, x + (width - w) / 2, y + (height - h) / 2, w, h);
    return true;
  }

  #video(stream: MediaStream): HTMLVideoElement {
    const known = this.#videos.get(stream);
    if (known) return known;
    const video = document.createElement('video');
    video.muted = true;
    video.playsInline = true;
    video.srcObject = stream;
    video.play().catch(() => undefined); // shown as initials until it plays
    this.#videos.set(stream, video);
    return video;
  }

  #forget(kept: ReadonlySet<MediaStream>): void {
    for (const [stream, video] of this.#videos)
      if (!kept.has(stream)) {
        video.srcObject = null;
        this.#videos.delete(stream);
      }
  }
}

const placed = (whom: readonly { readonly id: string }[], source: VideoSource, boxes: readonly Box[]): Pictured[] =>
  whom.flatMap(({ id }, i) => {
    const box = boxes[i];
    return box ? [{ id, source, box }] : [];
  });
