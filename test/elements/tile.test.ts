import { expect, fixture, html } from '@open-wc/testing';
import '../../components/index.js';
import type { WebrtcVideoTile } from '../../components/index.js';
import { frames, textOf } from '../support/fake-rooms.js';

function pattern(): MediaStream {
  const canvas = document.createElement('canvas');
  canvas.width = 64;
  canvas.height = 48;
  const context = canvas.getContext('2d')!;
  setInterval(() => {
    context.fillStyle = `hsl(${performance.now() % 360} 80% 50%)`;
    context.fillRect(0, 0, 64, 48);
  }, 50);
  return canvas.captureStream(15);
}

const video = (tile: WebrtcVideoTile) => tile.shadowRoot!.querySelector('video')!;
const shows = (tile: WebrtcVideoTile) => tile.shadowRoot!.querySelector('.tile')!.classList.contains('shows-video');
const until = async (condition: () => boolean) => {
  for (let turn = 0; turn < 200 && !condition(); turn++) await frames(1);
  expect(condition()).to.be.true;
};

describe('<webrtc-video-tile>', () => {
  it('plays any stream, alone, and shows it from its first frame on', async () => {
    const tile = await fixture<WebrtcVideoTile>(
      html`<webrtc-video-tile display-name="Ana" local .stream=${pattern()}></webrtc-video-tile>`,
    );
    expect(shows(tile)).to.be.false;
    await until(() => shows(tile));
  });

  it('never sets the same stream twice', async () => {
    const tile = await fixture<WebrtcVideoTile>(html`<webrtc-video-tile .stream=${pattern()}></webrtc-video-tile>`);
    let sets = 0;
    video(tile).addEventListener('emptied', () => sets++);
    tile.displayName = 'Ben';
    tile.microphoneOff = true;
    tile.speaking = true;
    await frames();
    expect(video(tile).srcObject).to.equal(tile.stream);
    expect(sets).to.equal(0);
  });

  it('goes on after it was moved in the page', async () => {
    const tile = await fixture<WebrtcVideoTile>(html`<webrtc-video-tile local .stream=${pattern()}></webrtc-video-tile>`);
    await until(() => shows(tile));
    const section = document.createElement('section');
    document.body.append(section);
    section.append(tile);
    await until(() => shows(tile) && !video(tile).paused);
    section.remove();
    expect(video(tile).srcObject).to.be.null;
  });

  it('is never heard when it shows ourselves', async () => {
    const tile = await fixture<WebrtcVideoTile>(html`<webrtc-video-tile local></webrtc-video-tile>`);
    const heard = () => tile.shadowRoot!.querySelector('audio')!.srcObject === tile.stream;
    tile.stream = pattern();
    await frames();
    expect(heard()).to.be.false;
    tile.local = false;
    await frames();
    expect(heard()).to.be.true;
    tile.mutedAudio = true;
    await frames();
    expect(heard()).to.be.false;
    expect(video(tile).muted).to.be.true;
  });

  it('plays each sound from a stream of its own, and the next one when the track is exchanged', async () => {
    const context = new AudioContext();
    const sound = () => context.createMediaStreamDestination().stream.getAudioTracks()[0]!;
    const [first, second] = [sound(), sound()];
    const stream = new MediaStream([first, ...pattern().getTracks()]);
    const tile = await fixture<WebrtcVideoTile>(html`<webrtc-video-tile .stream=${stream}></webrtc-video-tile>`);
    const audio = tile.shadowRoot!.querySelector('audio')!;
    const played = () => (audio.srcObject as MediaStream).getTracks();
    expect(audio.srcObject, 'the stream of the sound').to.not.equal(stream);
    expect(played()).to.deep.equal([first]);
    let emptied = 0;
    video(tile).addEventListener('emptied', () => emptied++);
    stream.removeTrack(first);
    stream.addTrack(second);
    stream.dispatchEvent(new MediaStreamTrackEvent('addtrack', { track: second }));
    expect(played()).to.deep.equal([second]);
    expect(video(tile).srcObject).to.equal(stream);
    expect(emptied, 'interruptions of the picture').to.equal(0);
    const before = audio.srcObject;
    tile.displayName = 'Ben';
    await frames();
    expect(audio.srcObject).to.equal(before);
    await context.close();
  });

  it('is heard before there is a picture, and when none ever comes', async () => {
    const context = new AudioContext();
    const tone = context.createOscillator();
    const out = context.createMediaStreamDestination();
    tone.connect(out);
    tone.start();
    // Nothing is ever drawn: a live track without a frame, as of a camera whose picture is not sent.
    const still = document.createElement('canvas').captureStream(0);
    const stream = new MediaStream([...out.stream.getTracks(), ...still.getTracks()]);
    const tile = await fixture<WebrtcVideoTile>(html`<webrtc-video-tile .stream=${stream}></webrtc-video-tile>`);
    await until(() => tile.shadowRoot!.querySelector('audio')!.currentTime > 0);
    expect(video(tile).videoWidth).to.equal(0);
    await context.close();
  });

  it('shows initials while the camera is off and goes on sounding', async () => {
    const tile = await fixture<WebrtcVideoTile>(
      html`<webrtc-video-tile display-name="Ana Souza" camera-off .stream=${pattern()}></webrtc-video-tile>`,
    );
    expect(tile.shadowRoot!.querySelector('.avatar')!.textContent?.trim()).to.equal('AS');
    expect(video(tile).srcObject).to.equal(tile.stream);
  });

  it('is called by name and by what cannot be heard or seen, never by who speaks', async () => {
    const tile = await fixture<WebrtcVideoTile>(
      html`<webrtc-video-tile display-name="Ana" microphone-off camera-off speaking></webrtc-video-tile>`,
    );
    const label = () => tile.shadowRoot!.querySelector('.visually-hidden')!.textContent;
    expect(label()).to.equal('Ana, microphone off, camera off');
    tile.local = true;
    tile.microphoneOff = false;
    await frames();
    expect(label()).to.equal('Ana (you), camera off');
    tile.screen = true;
    await frames();
    expect(label()).to.equal('Your screen');
  });

  it('calls somebody without a name a guest', async () => {
    const tile = await fixture<WebrtcVideoTile>(html`<webrtc-video-tile></webrtc-video-tile>`);
    expect(textOf(tile)).to.contain('Guest');
  });

  it('keeps a very long name inside', async () => {
    const tile = await fixture<WebrtcVideoTile>(
      html`<webrtc-video-tile display-name=${'Maximiliane '.repeat(20)}></webrtc-video-tile>`,
    );
    const tag = tile.shadowRoot!.querySelector('.name-tag')!.getBoundingClientRect();
    expect(tag.right).to.be.at.most(tile.getBoundingClientRect().right);
  });

  it('tells that media is on its way, lost, or cannot be had', async () => {
    const tile = await fixture<WebrtcVideoTile>(html`<webrtc-video-tile link-state="connecting"></webrtc-video-tile>`);
    await until(() => textOf(tile).includes('Connecting'));
    tile.linkState = 'reconnecting';
    await frames();
    expect(textOf(tile)).to.contain('Reconnecting');
    expect(tile.hasAttribute('data-reconnecting')).to.be.true;
    tile.linkState = 'failed';
    await frames();
    expect(textOf(tile)).to.contain('Can’t connect');
    tile.linkState = 'connected';
    await frames();
    expect(tile.shadowRoot!.querySelector('.status')).to.not.exist;
  });
});
