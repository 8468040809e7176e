import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cheapestFirst, Hardware, cheapIn, type Codec } from '../../components/transport/mesh/codecs.js';

const codec = (name: string, sdpFmtpLine?: string): Codec => ({
  mimeType: `video/${name}`,
  clockRate: 90_000,
  ...(sdpFmtpLine && { sdpFmtpLine }),
});
/** As Chromium lists them. */
const CHROMIUM = [
  codec('VP8'),
  codec('rtx'),
  codec('H264', 'packetization-mode=1;profile-level-id=42001f'),
  codec('H264', 'packetization-mode=0;profile-level-id=42001f'),
  codec('AV1', 'profile=0'),
  codec('VP9', 'profile-id=0'),
  codec('red'),
  codec('ulpfec'),
];
const names = (codecs: readonly Codec[]): string => codecs.map(({ mimeType }) => mimeType.slice(6)).join(' ');
const NONE = new Set<string>();

describe('the order of codecs', () => {
  it('drops nothing and adds nothing, whatever is known', () => {
    for (const ours of [NONE, new Set(['h264']), new Set(['vp9', 'av1']), new Set(['nonsense'])]) {
      for (const theirs of [NONE, new Set(['h264', 'av1'])]) {
        const ordered = cheapestFirst(CHROMIUM, ours, theirs);
        assert.equal(ordered.length, CHROMIUM.length);
        assert.deepEqual(new Set(ordered), new Set(CHROMIUM));
      }
    }
  });

  it('has the cheapest software first where there is no hardware, and is left alone where it has', () => {
    assert.deepEqual(cheapestFirst(CHROMIUM, NONE, NONE), CHROMIUM);
    const other = [codec('AV1'), codec('VP9'), codec('rtx'), codec('VP8')];
    assert.equal(names(cheapestFirst(other, NONE, NONE)), 'VP8 AV1 VP9 rtx');
    assert.equal(names(cheapestFirst([codec('AV1'), codec('VP9')], NONE, NONE)), 'VP9 AV1');
  });

  it('puts hardware first where the other side would not pay for it', () => {
    assert.match(names(cheapestFirst(CHROMIUM, new Set(['h264']), NONE)), /^H264 H264 VP8 /);
    assert.match(names(cheapestFirst(CHROMIUM, new Set(['vp9']), NONE)), /^VP8 /, 'in software it would cost them twice as much');
    assert.match(names(cheapestFirst(CHROMIUM, new Set(['av1']), NONE)), /^VP8 /);
    assert.match(names(cheapestFirst(CHROMIUM, new Set(['av1']), new Set(['av1']))), /^AV1 VP8 /);
  });

  it('keeps the profiles of a codec in the order of the browser', () => {
    const profiles = cheapestFirst(CHROMIUM, new Set(['h264']), NONE).filter(({ mimeType }) => mimeType === 'video/H264');
    assert.deepEqual(profiles, [CHROMIUM[2], CHROMIUM[3]]);
  });
});

describe('what an offer shows', () => {
  const offer = (types: string): string =>
    [
      'v=0',
      'm=audio 9 UDP/TLS/RTP/SAVPF 111',
      'a=rtpmap:111 opus/48000/2',
      `m=video 9 UDP/TLS/RTP/SAVPF ${types}`,
      'a=rtpmap:96 VP8/90000',
      'a=rtpmap:97 rtx/90000',
      'a=rtpmap:102 H264/90000',
      'a=rtpmap:45 AV1/90000',
      '',
    ].join('\r\n');

  it('is cheap for what stands before the plain codec', () => {
    assert.deepEqual(cheapIn(offer('102 97 96 45')), new Set(['h264']));
    assert.deepEqual(cheapIn(offer('96 97 102 45')), NONE);
  });

  it('is nothing where the plain codec or the picture is missing', () => {
    assert.deepEqual(cheapIn(offer('102 45')), NONE);
    assert.deepEqual(cheapIn('v=0\r\n'), NONE);
  });
});

describe('what a machine has hardware for', () => {
  const info = (powerEfficient: boolean): MediaCapabilitiesInfo => ({ supported: true, smooth: true, powerEfficient });

  it('is what it both encodes and decodes with little power, profile or not', async () => {
    const asked: string[] = [];
    const hardware = new Hardware(
      {
        encodingInfo: async ({ video }) => {
          asked.push(video?.contentType ?? '');
          return { ...info(/H264|AV1/.test(video?.contentType ?? '')), configuration: {} as MediaEncodingConfiguration };
        },
        decodingInfo: async ({ video }) => ({
          ...info(/H264|VP9/.test(video?.contentType ?? '')),
          keySystemAccess: null,
          configuration: {} as MediaDecodingConfiguration,
        }),
      },
      CHROMIUM,
    );
    assert.deepEqual(hardware.names, NONE, 'nothing is known at once, and nobody waits');
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(hardware.names, new Set(['h264']));
    assert.ok(asked.includes('video/H264;packetization-mode=1;profile-level-id=42001f'));
    assert.ok(!asked.includes('video/rtx'));
  });

  it('is nothing where the browser does not know the question', async () => {
    const refuse = async (): Promise<never> => {
      throw new TypeError('webrtc is no type');
    };
    const hardware = new Hardware({ encodingInfo: refuse, decodingInfo: refuse }, CHROMIUM);
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(hardware.names, NONE);
  });
});
