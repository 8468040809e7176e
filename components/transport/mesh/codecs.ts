/**
 * In which order the codecs of a camera are offered and answered: first what both sides can do cheaply. In a mesh
 * everybody encodes once for each other, so a codec costs what it costs times the people. Cheap is what the browser
 * has hardware for, and Chromium's own H264, on our side, and what the offer puts first, on theirs. Codecs are only put
 * in another order, never left out: Firefox then writes descriptions that Chromium refuses.
 */

export type Codec = Pick<RTCRtpCodec, 'mimeType' | 'sdpFmtpLine' | 'clockRate'>;

const CHEAP = 0;
/** Of software, relative to each other, encoding and decoding. */
const SOFTWARE: Readonly<Record<string, number>> = { vp8: 2, h264: 2.5, vp9: 4, h265: 6, av1: 6 };
/** What every browser does in software; who names something else before it has something cheaper. */
const PLAIN = 'vp8';
/** Also without hardware: Chromium's encoder for it takes less time than its VP8. */
const CHROMIUMS_OWN = 'h264';
/** What the browser is asked about: one good camera picture. */
const PICTURE = { width: 640, height: 360, bitrate: 800_000, framerate: 30 };

const nameOf = ({ mimeType }: Pick<Codec, 'mimeType'>): string => mimeType.replace(/^video\//i, '').toLowerCase();
const costOf = (name: string, cheap: ReadonlySet<string>): number => (cheap.has(name) ? CHEAP : (SOFTWARE[name] ?? 9));

/**
 * The same codecs, and the cheapest for both first: the first is what is sent. Nothing else moves. `ours`, `theirs`: what
 * is cheap on either side, as far as is known.
 */
export function cheapestFirst<C extends Codec>(
  codecs: readonly C[],
  ours: ReadonlySet<string>,
  theirs: ReadonlySet<string>,
): readonly C[] {
  const names = codecs.map(nameOf).filter((name) => name in SOFTWARE);
  const cost = (name: string): number => costOf(name, ours) + costOf(name, theirs);
  const [first] = names.sort((a, b) => cost(a) - cost(b)); // of equals the browser's own choice
  return [...codecs.filter((codec) => nameOf(codec) === first), ...codecs.filter((codec) => nameOf(codec) !== first)];
}

/** What an offer shows about who made it: whatever stands before the plain codec is cheap there. */
export function cheapIn(sdp: string): ReadonlySet<string> {
  const video = /^m=video \S+ \S+ (.*)$/m.exec(sdp);
  if (!video) return new Set();
  const names = new Map(
    [...sdp.matchAll(/^a=rtpmap:(\d+) ([\w-]+)\//gm)].map(([, type, name = '']) => [type, name.toLowerCase()]),
  );
  const order = (video[1] ?? '')
    .trim()
    .split(' ')
    .map((type) => names.get(type) ?? '')
    .filter((name) => name in SOFTWARE);
  const plain = order.indexOf(PLAIN);
  return new Set(order.slice(0, Math.max(0, plain)));
}

type Capabilities = Pick<MediaCapabilities, 'encodingInfo' | 'decodingInfo'>;

/** Which codecs this machine encodes and decodes with little power. Asked once; empty until it is known. */
export class Hardware {
  #names: ReadonlySet<string> = new Set();

  constructor(capabilities: Capabilities, codecs: readonly Codec[]) {
    void this.#ask(capabilities, codecs).then((names) => (this.#names = names));
  }

  get names(): ReadonlySet<string> {
    return this.#names;
  }

  async #ask(capabilities: Capabilities, codecs: readonly Codec[]): Promise<ReadonlySet<string>> {
    const known = codecs.filter((codec) => nameOf(codec) in SOFTWARE);
    const found = await Promise.all(
      known
        .map(async (codec) => {
          const contentType = [codec.mimeType, ...(codec.sdpFmtpLine ? [codec.sdpFmtpLine] : [])].join(';');
          const question = { type: 'webrtc', video: { contentType, ...PICTURE } } as const;
          const [encoding, decoding] = await Promise.all([
            capabilities.encodingInfo(question),
            capabilities.decodingInfo(question as unknown as MediaDecodingConfiguration),
          ]);
          const cheap = (info: MediaCapabilitiesInfo): boolean => info.supported && info.smooth && info.powerEfficient;
          return cheap(encoding) && cheap(decoding) ? nameOf(codec) : null;
        })
        .map((answer) => answer.catch(() => null)), // a browser that does not know the question
    );
    return new Set(found.filter((name) => name !== null));
  }
}

/** What a machine can is the same for every call of a page. */
const known = new WeakMap<Capabilities, Hardware>();

/** Asked as soon as calls are possible, so that it is known when the first one is made. */
export function hardware(): ReadonlySet<string> {
  const { mediaCapabilities } = navigator as Partial<Pick<Navigator, 'mediaCapabilities'>>;
  const codecs = capable();
  if (!mediaCapabilities || codecs.length === 0) return new Set();
  const there = known.get(mediaCapabilities) ?? new Hardware(mediaCapabilities, codecs);
  known.set(mediaCapabilities, there);
  return there.names;
}

/** Only Chromium says this of itself. On a telephone it has what the telephone has. */
const isChromium = (): boolean => (navigator as { userAgentData?: { readonly mobile: boolean } }).userAgentData?.mobile === false;

/** Puts the camera's codecs in order, on an offer to be made or one to be answered. Where nothing would change, nothing is touched. */
export function preferCheap(transceiver: RTCRtpTransceiver, offer: string | undefined): void {
  const codecs = capable();
  const ours = new Set([...hardware(), ...(isChromium() ? [CHROMIUMS_OWN] : [])]);
  const ordered = cheapestFirst(codecs, ours, offer ? cheapIn(offer) : new Set());
  if (ordered.every((codec, index) => codec === codecs[index])) return;
  try {
    transceiver.setCodecPreferences([...ordered]);
  } catch {
    // A browser with rules of its own: its order is as good.
  }
}

function capable(): readonly RTCRtpCodec[] {
  return globalThis.RTCRtpReceiver?.getCapabilities?.('video')?.codecs ?? [];
}
