/** What a shared screen is marked as before anybody gets it: text that is read, so that encoders keep it sharp. */
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import type { MediaEvent } from '../../components/core/local-media.js';
import { ScreenCapture } from '../../components/media/screen-capture.js';

/** As much of a stream and its track as is touched. */
class Stream {
  readonly #tracks: readonly MediaStreamTrack[];

  constructor(tracks: readonly MediaStreamTrack[]) {
    this.#tracks = tracks;
  }

  getTracks = (): readonly MediaStreamTrack[] => this.#tracks;
  getVideoTracks = (): readonly MediaStreamTrack[] => this.#tracks.filter(({ kind }) => kind === 'video');
}

const track = (): MediaStreamTrack =>
  Object.assign(new EventTarget(), { kind: 'video', contentHint: '', stop: () => undefined }) as unknown as MediaStreamTrack;

const { navigator, MediaStream } = globalThis;
const put = (name: 'MediaStream' | 'navigator', value: unknown): void =>
  void Object.defineProperty(globalThis, name, { value, configurable: true });
afterEach(() => {
  put('navigator', navigator);
  put('MediaStream', MediaStream);
});

/** The hint each picture carried at the moment it was handed on, and what the browser was asked for. */
async function share(lowData: boolean): Promise<{ hints: readonly string[]; wanted: DisplayMediaStreamOptions | undefined }> {
  let wanted: DisplayMediaStreamOptions | undefined;
  put('MediaStream', Stream);
  put('navigator', {
    mediaDevices: {
      getDisplayMedia: async (options: DisplayMediaStreamOptions) => {
        wanted = options;
        return new Stream([track()]);
      },
    },
  });
  const hints: string[] = [];
  const screen = new ScreenCapture((event: MediaEvent) => {
    if (event.type === 'track' && event.source === 'screen' && event.track) hints.push(event.track.contentHint);
  });
  await screen.set(true, { lowData, noiseSuppression: true });
  return { hints, wanted };
}

describe('a shared screen', () => {
  it('is marked as detail before it is handed on', async () => {
    assert.deepEqual((await share(false)).hints, ['detail']);
  });

  it('is captured with fewer frames for who pays by the byte, and as many pixels', async () => {
    const [usual, low] = [await share(false), await share(true)];
    const [{ frameRate: most, ...pixels }, { frameRate: few, ...same }] = [
      usual.wanted?.video as MediaTrackConstraints,
      low.wanted?.video as MediaTrackConstraints,
    ];
    assert.deepEqual(same, pixels);
    assert.ok(((few as ConstrainULongRange).ideal ?? 0) < ((most as ConstrainULongRange).ideal ?? 0));
    assert.deepEqual(low.hints, ['detail']);
  });
});

describe('a picker that does not open', () => {
  for (const [name, code, blockedBy] of [
    ['InvalidStateError', 'GESTURE_NEEDED', 'browser'],
    ['NotAllowedError', 'SCREENSHARE_CANCELLED', 'user'],
    ['NotReadableError', 'DEVICE_IN_USE', 'system'],
    ['AbortError', 'DEVICE_IN_USE', 'system'],
  ] as const)
    it(`is told as what it is: ${name}`, async () => {
      Object.defineProperty(globalThis, 'isSecureContext', { value: true, configurable: true });
      Object.defineProperty(globalThis, 'document', { value: {}, configurable: true });
      put('navigator', { mediaDevices: { getDisplayMedia: () => Promise.reject(new DOMException('', name)) } });
      const told: unknown[] = [];
      const screen = new ScreenCapture((event) => {
        if (event.type === 'fact' && event.fact.type === 'source-off') told.push(event.fact.error?.blockedBy ?? null);
      });
      await assert.rejects(screen.set(true, { lowData: false, noiseSuppression: true }), { code });
      assert.deepEqual(told, [code === 'SCREENSHARE_CANCELLED' ? null : blockedBy]);
    });

  it('is asked for in the very task of the click', () => {
    let asked = false;
    put('navigator', {
      mediaDevices: {
        getDisplayMedia: () => {
          asked = true;
          return new Promise(() => undefined);
        },
      },
    });
    void new ScreenCapture(() => undefined).set(true, { lowData: false, noiseSuppression: true });
    assert.equal(asked, true);
  });
});
