/** Playing is not assumed: what the system pauses is started again, what the browser refuses waits for a tap. */
import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import '../../components/index.js';
import type { WebrtcVideoTile } from '../../components/index.js';
import { fakeRoom, frames, joined, person } from '../support/fake-rooms.js';
import { instead } from '../support/instead.js';

const contexts: AudioContext[] = [];

function voice(): MediaStream {
  const context = new AudioContext();
  contexts.push(context);
  const out = context.createMediaStreamDestination();
  const tone = context.createOscillator();
  tone.connect(out);
  tone.start();
  return out.stream;
}

const audioOf = (tile: WebrtcVideoTile) => tile.shadowRoot!.querySelector('audio')!;
const refuse = () => Promise.reject(new DOMException('Not without a gesture.', 'NotAllowedError'));
const restores: (() => void)[] = [];
const change = (object: object, name: string, value: unknown) => restores.push(instead(object, name, value));

async function inCall() {
  const stream = voice();
  const fake = await fakeRoom({
    ...joined('Ana'),
    participants: [person('Ana', { streams: { camera: stream, screen: null } })],
  });
  await waitUntil(() => !audioOf(fake.tiles()[0]!).paused, 'it sounds');
  return { ...fake, audio: audioOf(fake.tiles()[0]!) };
}

describe('the sound of a call', () => {
  afterEach(async () => {
    restores.splice(0).forEach((restore) => restore());
    await Promise.all(contexts.splice(0).map((context) => context.close()));
  });

  it('goes on after the system paused it', async () => {
    const { audio } = await inCall();
    audio.pause();
    expect(audio.paused).to.be.true;
    await waitUntil(() => !audio.paused, 'started again');
  });

  it('is tried again, and not all the time, where it is paused at once', async () => {
    const { audio } = await inCall();
    let plays = 0;
    const play = audio.play.bind(audio);
    change(audio, 'play', async () => {
      plays++;
      await play();
      if (plays < 4) audio.pause();
    });
    audio.pause();
    await waitUntil(() => plays >= 4 && !audio.paused, 'it sounds in the end', { timeout: 8_000 });
    expect(plays).to.equal(4);
  });

  it('says so when it may not go on, and goes on by one tap', async () => {
    const { audio, call } = await inCall();
    change(audio, 'play', refuse);
    audio.pause();
    await waitUntil(() => call.asked('reportPlaybackBlocked').length === 1, 'reported');
    restores.pop()!();
    const [retry] = call.asked('reportPlaybackBlocked')[0]!.with as [() => Promise<void>];
    await retry();
    expect(audio.paused).to.be.false;
  });

  for (const event of ['visibilitychange', 'resume', 'pageshow']) {
    it(`is started again when the page is seen again (${event})`, async () => {
      const { audio } = await inCall();
      change(audio, 'play', refuse);
      audio.pause();
      await frames(2);
      restores.pop()!();
      expect(audio.paused).to.be.true;
      (event === 'pageshow' ? window : document).dispatchEvent(new Event(event));
      await waitUntil(() => !audio.paused, 'it sounds');
    });
  }

  it('is not started again once its tile is gone', async () => {
    const tile = await fixture<WebrtcVideoTile>(html`<webrtc-video-tile .stream=${voice()}></webrtc-video-tile>`);
    await frames(2);
    const audio = audioOf(tile);
    tile.remove();
    let plays = 0;
    change(audio, 'play', () => Promise.resolve(plays++));
    document.dispatchEvent(new Event('visibilitychange'));
    audio.dispatchEvent(new Event('pause'));
    await frames(2);
    expect(plays).to.equal(0);
  });

  it('is as loud as the visitor wants where the volume of an element is fixed (iOS)', async () => {
    const tile = document.createElement('webrtc-video-tile');
    document.body.append(tile);
    await frames(2);
    const audio = audioOf(tile);
    change(audio, 'volume', 1);
    Object.defineProperty(audio, 'volume', { configurable: true, get: () => 1, set: () => undefined });
    const gains: GainNode[] = [];
    const { createGain } = AudioContext.prototype;
    change(AudioContext.prototype, 'createGain', function (this: AudioContext) {
      const gain = createGain.call(this);
      gains.push(gain);
      return gain;
    });
    const { call, room } = await fakeRoom({
      ...joined('Ana'),
      participants: [person('Ana', { streams: { camera: voice(), screen: null } })],
    });
    void call;
    const theirs = audioOf(room.shadowRoot!.querySelector('webrtc-stage')!.shadowRoot!.querySelector('webrtc-video-tile')!);
    Object.defineProperty(theirs, 'volume', { configurable: true, get: () => 1, set: () => undefined });
    room.setParticipantVolume('ana', 0.3);
    await waitUntil(() => gains.some(({ gain }) => Math.abs(gain.value - 0.3) < 0.001), 'through a gain');
    expect([theirs.muted, theirs.paused]).to.deep.equal([true, false]);
    room.setParticipantVolume('ana', 1);
    await waitUntil(() => !theirs.muted, 'by the element again');
    tile.remove();
  });
});
