/** A page can bring its own sound and picture: nothing is asked of the devices for what the stream has. */
import { expect } from '@open-wc/testing';
import { BrowserMedia } from '../../components/media/browser-media.js';
import type { MediaEvent } from '../../components/core/local-media.js';
import { until } from '../support/until.js';

function picture(color: string): MediaStream {
  const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 48 });
  const context = canvas.getContext('2d')!;
  const timer = setInterval(() => {
    context.fillStyle = color;
    context.fillRect(0, 0, 64, 48);
  }, 20);
  const stream = canvas.captureStream(30);
  stream.getTracks()[0]!.addEventListener('ended', () => clearInterval(timer));
  return stream;
}

function setUp() {
  const media = new BrowserMedia();
  const events: MediaEvent[] = [];
  media.onEvent((event) => events.push(event));
  const asked: MediaStreamConstraints[] = [];
  const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = (constraints = {}) => {
    asked.push(constraints);
    return real(constraints);
  };
  const end = () => {
    navigator.mediaDevices.getUserMedia = real;
    media.close();
  };
  return { media, events, asked, end };
}

const colour = async (track: MediaStreamTrack): Promise<string> => {
  const video = Object.assign(document.createElement('video'), { muted: true, srcObject: new MediaStream([track]) });
  await video.play();
  const context = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d')!;
  const look = (): readonly number[] => {
    context.drawImage(video, 0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data];
  };
  await until('a picture', () =>
    look()
      .slice(0, 3)
      .some((value) => value > 100),
  );
  const [red = 0, green = 0] = look();
  return red > green ? 'red' : 'green';
};

describe('a stream of the page', () => {
  it('is sent instead of the camera; the microphone is still that of the machine', async () => {
    const { media, asked, end } = setUp();
    const own = picture('red');
    media.setStream(own);
    await media.open({ microphone: true, camera: true });
    expect(asked.map(({ audio, video }) => [Boolean(audio), Boolean(video)])).to.deep.equal([[true, false]]);
    expect(media.track('microphone')!.kind).to.equal('audio');
    expect(await colour(media.track('camera')!)).to.equal('red');
    await media.setCamera(false);
    expect(media.track('camera')).to.equal(null);
    expect(own.getTracks()[0]!.readyState, "the page's track is the page's").to.equal('live');
    end();
    own.getTracks()[0]!.stop();
  });

  it('takes the place of another at once, and the camera that of none', async () => {
    const { media, asked, end } = setUp();
    const [first, second] = [picture('red'), picture('rgb(0 200 0)')];
    media.setStream(first);
    await media.setCamera(true);
    const before = media.track('camera')!;
    media.setStream(second);
    await until('the other', () => media.track('camera') !== before && media.track('camera') !== null);
    expect(before.readyState).to.equal('ended');
    expect(await colour(media.track('camera')!)).to.equal('green');
    expect(asked).to.deep.equal([]);
    media.setStream(null);
    await until('the camera', () => asked.length === 1 && media.track('camera')?.getSettings().deviceId !== undefined);
    end();
    for (const stream of [first, second]) stream.getTracks()[0]!.stop();
  });
});
