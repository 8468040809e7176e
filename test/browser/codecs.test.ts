import { expect } from '@open-wc/testing';
import { MeshTransport } from '../../components/transport/mesh/mesh-transport.js';
import { MeshRig } from '../support/mesh-rig.js';
import { until } from '../support/until.js';

describe('the order of codecs on real connections', () => {
  let rig: MeshRig;
  const real = Object.getOwnPropertyDescriptor(Navigator.prototype, 'mediaCapabilities');
  beforeEach(() => (rig = new MeshRig()));
  afterEach(async () => {
    await rig.close();
    Reflect.deleteProperty(navigator, 'mediaCapabilities');
    expect(Object.getOwnPropertyDescriptor(Navigator.prototype, 'mediaCapabilities')).to.deep.equal(real);
  });

  /** A machine with hardware for these, and for nothing else. */
  const withHardware = (...names: string[]): void => {
    const info = async ({ video }: { video?: { contentType: string } }): Promise<object> => ({
      supported: true,
      smooth: true,
      powerEfficient: names.some((name) => new RegExp(`video/${name}`, 'i').test(video?.contentType ?? '')),
    });
    Object.defineProperty(navigator, 'mediaCapabilities', {
      configurable: true,
      value: { encodingInfo: info, decodingInfo: info },
    });
  };
  const capable = (): readonly string[] => [
    ...new Set(RTCRtpReceiver.getCapabilities('video')!.codecs.map(({ mimeType }) => mimeType.toUpperCase())),
  ];
  const namedIn = (sdp: string): readonly string[] => [
    ...new Set(
      [...sdp.slice(sdp.indexOf('m=video')).matchAll(/^a=rtpmap:\d+ ([\w-]+)\/90000/gm)].map(([, name]) =>
        `VIDEO/${name}`.toUpperCase(),
      ),
    ),
  ];
  /** What is sent on each connection. */
  const sent = async (): Promise<string[]> => {
    const all = await Promise.all(
      rig.connections.map(async (pc) => [...(await pc.getStats()).values()] as Record<string, string>[]),
    );
    return all.map((entries) => {
      const out = entries.find(({ type, kind }) => type === 'outbound-rtp' && kind === 'video');
      return entries.find(({ id }) => id === out?.['codecId'])?.['mimeType'] ?? '';
    });
  };

  const call = async (): Promise<string> => {
    const [a, b] = [rig.join('a'), rig.join('b')];
    for (const { transport } of [a, b]) await transport.publish('camera', rig.camera());
    MeshTransport.warmUp();
    await new Promise((resolve) => setTimeout(resolve)); // the browser was asked, and answered
    rig.introduce();
    await rig.allConnected();
    const before = await rig.framesDecoded();
    await until('frames to advance', async () => (await rig.framesDecoded()) > before + 10);
    for (const { facts } of rig.members) expect(facts.filter((fact) => fact.type === 'link-failed')).to.deep.equal([]);
    return rig.pipe.log.find(({ signal }) => signal.description?.type === 'offer')?.signal.description?.sdp ?? '';
  };

  it('is hardware first, both ways, and no codec is missing from the offer', async () => {
    const [hardware = ''] = ['H264', 'VP8'].filter((name) => capable().includes(`VIDEO/${name}`));
    withHardware(hardware);
    const offer = await call();
    expect(namedIn(offer)).to.include.members(capable().filter((name) => !/RTX|RED|FEC/.test(name)));
    expect(namedIn(offer)[0]).to.equal(`VIDEO/${hardware}`);
    expect(await sent()).to.deep.equal([`video/${hardware}`, `video/${hardware}`]);
  });

  it('is not the hardware of one side where the other would pay for it', async () => {
    withHardware('AV1', 'VP9');
    // Chromium on a computer has an H264 of its own that costs less than VP8.
    const own = 'userAgentData' in navigator && capable().includes('VIDEO/H264');
    expect(namedIn(await call())[0]).to.equal(own ? 'VIDEO/H264' : 'VIDEO/VP8');
  });
});
