/**
 * Looks at a recording as a visitor's player would: the file is played in the page that made it. Colours and tones
 * say who is in it, and when.
 */
import type { Page } from 'puppeteer-core';

/** The file goes to the page's private disk, where the test can read it; the visitor's choice of a place cannot be played. */
export const TO_DISK = `window.showSaveFilePicker = async ({ suggestedName }) =>
  (await navigator.storage.getDirectory()).getFileHandle((window.saved = suggestedName), { create: true });`;
/** The way of browsers without that: among the downloads. */
export const TO_DOWNLOADS = `delete window.showSaveFilePicker;
  const [click, name] = [HTMLAnchorElement.prototype.click, URL.createObjectURL];
  URL.createObjectURL = (blob) => name.call(URL, (window.blob = blob));
  HTMLAnchorElement.prototype.click = function () {
    if (!this.download) return click.call(this);
    window.saved = this.download;
    window.made = window.blob;
  };`;

export interface Look {
  /** Seconds from the start. */
  readonly at: number;
  /** Share of the picture by hue, in steps of 30 degrees; grey is none. */
  readonly hues: Readonly<Record<number, number>>;
  /** The same, and bright. */
  readonly bright: Readonly<Record<number, number>>;
}

export interface RecordedFile {
  readonly name: string;
  readonly bytes: number;
  /** Before anything was played or sought. */
  readonly duration: number;
  /** As far as one can seek. */
  readonly seekable: number;
  /** Where one is after going to the middle. */
  readonly sought: number;
  readonly width: number;
  readonly height: number;
  readonly looks: readonly Look[];
  /** Strength of each tone in each tenth of a second, 0 to 1. */
  readonly tones: Readonly<Record<number, readonly number[]>>;
  /** Of the sound, in seconds. */
  readonly heard: number;
}

/** `every`: seconds between two looks. */
export function openRecording(page: Page, tones: readonly number[], every = 0.25): Promise<RecordedFile> {
  return page.evaluate(`(${look.toString()})(${JSON.stringify(tones)}, ${every})`) as Promise<RecordedFile>;
}

async function look(hertz: readonly number[], every: number): Promise<RecordedFile> {
  const { saved: name, made } = window as unknown as { saved: string; made?: Blob };
  const blob = made ?? (await (await (await navigator.storage.getDirectory()).getFileHandle(name)).getFile());
  const video = document.createElement('video');
  video.muted = true;
  video.src = URL.createObjectURL(blob);
  await new Promise((ready, failed) => {
    video.addEventListener('loadeddata', ready);
    video.addEventListener('error', () => failed(new Error(video.error?.message)));
  });
  const { duration, videoWidth: width, videoHeight: height } = video;
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: 64, height: 36 });
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const looks: Look[] = [];
  // Played, not sought: a file may be sought only from one whole picture to the next.
  await video.play();
  while (!video.ended && context) {
    await new Promise((done) => setTimeout(done, every * 1_000));
    const at = video.currentTime;
    context.drawImage(video, 0, 0, 64, 36);
    const { data } = context.getImageData(0, 0, 64, 36);
    const hues: Record<number, number> = {};
    const bright: Record<number, number> = {};
    for (let i = 0; i < data.length; i += 4) {
      const [r = 0, g = 0, b = 0] = data.slice(i, i + 3);
      const [most, least] = [Math.max(r, g, b), Math.min(r, g, b)];
      if (most - least < 60) continue;
      const sixth =
        most === r ? (g - b) / (most - least) : most === g ? 2 + (b - r) / (most - least) : 4 + (r - g) / (most - least);
      const hue = ((Math.round(sixth * 2) + 12) % 12) * 30;
      hues[hue] = (hues[hue] ?? 0) + 1 / (64 * 36);
      if (most > 204) bright[hue] = (bright[hue] ?? 0) + 1 / (64 * 36);
    }
    looks.push({ at, hues, bright });
  }
  const sound = await new OfflineAudioContext(1, 48_000, 48_000).decodeAudioData(await blob.arrayBuffer());
  const samples = sound.getChannelData(0);
  const span = sound.sampleRate / 10;
  const tones: Record<number, number[]> = {};
  for (const frequency of hertz) {
    tones[frequency] = [];
    for (let from = 0; from + span <= samples.length; from += span) {
      let [re, im] = [0, 0];
      for (let i = 0; i < span; i++) {
        const angle = (2 * Math.PI * frequency * i) / sound.sampleRate;
        re += (samples[from + i] ?? 0) * Math.cos(angle);
        im += (samples[from + i] ?? 0) * Math.sin(angle);
      }
      tones[frequency].push((2 * Math.hypot(re, im)) / span);
    }
  }
  const { seekable } = video;
  const sought = new Promise((done) => video.addEventListener('seeked', done, { once: true }));
  video.currentTime = duration / 2;
  await sought;
  return {
    name,
    bytes: blob.size,
    duration,
    seekable: seekable.length ? seekable.end(seekable.length - 1) : 0,
    sought: video.currentTime,
    width,
    height,
    looks,
    tones,
    heard: sound.duration,
  };
}
