import { expect } from '@open-wc/testing';
import { RemoteStreams } from '../../components/core/media/remote-streams.js';
import type { VideoSource } from '../../components/core/participant.js';

const picture = (): MediaStreamTrack => document.createElement('canvas').captureStream(0).getVideoTracks()[0]!;
const sound = (): MediaStreamTrack => new AudioContext().createMediaStreamDestination().stream.getAudioTracks()[0]!;

describe('the streams of the others', () => {
  let made: { peer: string; videoSource: VideoSource; stream: MediaStream }[];
  let streams: RemoteStreams;
  beforeEach(() => {
    made = [];
    streams = new RemoteStreams((peer, videoSource, stream) => made.push({ peer, videoSource, stream }));
  });

  it('are one for each participant and picture, told once', () => {
    streams.set('ana', 'microphone', sound());
    streams.set('ana', 'camera', picture());
    streams.set('ana', 'screen', picture());
    streams.set('ben', 'camera', picture());
    expect(made.map(({ peer, videoSource }) => `${peer} ${videoSource}`)).to.deep.equal([
      'ana camera',
      'ana screen',
      'ben camera',
    ]);
    expect(made[0]?.stream.getTracks().map(({ kind }) => kind)).to.have.members(['audio', 'video']);
  });

  it('stay the same object when another track carries the source, and tell of the exchange when it is complete', () => {
    const [first, second] = [sound(), sound()];
    streams.set('ana', 'microphone', first);
    const { stream } = made[0]!;
    const heard: string[] = [];
    for (const type of ['addtrack', 'removetrack'] as const)
      stream.addEventListener(type, ({ track }) => {
        heard.push(`${type} ${track === first ? 'first' : 'second'}`);
        expect(stream.getAudioTracks(), 'tracks while it is told').to.deep.equal([second]);
      });
    streams.set('ana', 'microphone', first);
    expect(heard, 'the same track again').to.deep.equal([]);
    streams.set('ana', 'microphone', second);
    expect(heard).to.deep.equal(['removetrack first', 'addtrack second']);
    expect(made).to.have.length(1);
  });

  it('take all tracks of another transport at once, and lose what it does not deliver', () => {
    const [camera, other] = [picture(), picture()];
    streams.set('ana', 'camera', picture());
    streams.set('ana', 'screen', picture());
    const [face, screen] = made.map(({ stream }) => stream);
    streams.use(
      new Map([
        ['ana', new Map([['camera', camera] as const])],
        ['ben', new Map([['camera', other] as const])],
      ]),
    );
    expect(face?.getTracks()).to.deep.equal([camera]);
    expect(screen?.getTracks()).to.deep.equal([]);
    expect(made.map(({ peer, videoSource }) => `${peer} ${videoSource}`)).to.deep.equal([
      'ana camera',
      'ana screen',
      'ben camera',
    ]);
  });

  it('end with the participant: who comes back later has new ones', () => {
    streams.set('ana', 'camera', picture());
    streams.keep(new Set());
    streams.set('ana', 'camera', picture());
    expect(made).to.have.length(2);
    expect(made[0]?.stream).to.not.equal(made[1]?.stream);
  });
});
