/**
 * What each picture may cost on each link. In a mesh everybody uploads to everybody, so nobody is sent more
 * than they show, and what the line carries is shared by need. Pure: told what was asked, it says how to encode.
 */

/** What a receiver shows, in device pixels and frames; all zero: nothing. The word of the other side: clamped here. */
export interface RequestedSize {
  readonly width: number;
  readonly height: number;
  readonly rate: number;
}

/** A picture on its way to one receiver. */
export interface OutgoingVideo {
  readonly key: string;
  readonly screen: boolean;
  /** As captured; zero where the browser does not say. */
  readonly width: number;
  readonly height: number;
  /** Null: that page never said what it shows. */
  readonly requested: RequestedSize | null;
  /** So many times the usual bits, because of what is in the picture; 1 where nothing is known. */
  readonly boost?: number;
}

export interface Conditions {
  /** Everybody the sound goes to. */
  readonly receivers: number;
  /** Bits per second all links together may take. */
  readonly uplink: number;
  /** This machine cannot keep up with encoding. */
  readonly strained: boolean;
  /** The visitor pays by the byte. */
  readonly lowData: boolean;
}

export interface Encoding {
  readonly active: boolean;
  readonly scaleResolutionDownBy: number;
  readonly maxBitrate: number;
  readonly maxFramerate: number;
}

/** A home line can be trusted with this much upstream until it has shown that it carries more. */
export const LEAST_UPLINK = 2_500_000;
const LOW_DATA_UPLINK = 400_000;
const SOUND = 40_000;
/** Few sizes, so that a tile that grows by a pixel restarts no encoder. */
const STEPS = [1, 1.5, 2, 3, 4, 6, 8] as const;
/** How far past a step a tile must have shrunk before its picture does: at the edge nothing flutters. */
const SLACK = 1.02;
const BITS_PER_PIXEL = 0.14;
const LEAST = 60_000;
const MOST = { camera: 2_000_000, screen: 2_500_000 } as const;
/** Below this share of what is needed a smaller picture is the better one. */
const TOO_LITTLE = 0.42;
const FULL_RATE = 30;
const CALM_RATE = 15;
const LEAST_RATE = 8;
/** A page of text is readable at this. */
const READING_RATE = 5;

export function allocateBitrates(
  feeds: readonly OutgoingVideo[],
  conditions: Conditions,
  before: ReadonlyMap<string, Encoding> = new Map(),
): ReadonlyMap<string, Encoding> {
  const { receivers, strained, lowData } = conditions;
  const wishes = feeds.map((feed) => idealEncoding(feed, conditions, before.get(feed.key)));
  // Everybody who looks has the least there is; the rest is shared by what each needs beyond it.
  const beyond = wishes.reduce((sum, { active, maxBitrate }) => sum + (active ? maxBitrate - LEAST : 0), 0);
  const least = receivers * SOUND + wishes.filter(({ active }) => active).length * LEAST;
  const uplink = lowData ? LOW_DATA_UPLINK : conditions.uplink;
  const share = Math.min(1, Math.max(0, uplink - least) / Math.max(1, beyond));
  const tight = share < TOO_LITTLE;
  return new Map(
    feeds.map(({ key, screen }, index) => {
      const { active, scaleResolutionDownBy: scale, maxBitrate, maxFramerate: rate } = wishes[index] as Encoding;
      const bits = LEAST + Math.floor((maxBitrate - LEAST) * share);
      // A screen stays sharp and gets slower; a face gets smaller and coarser.
      if (screen) {
        const slower = Math.max(READING_RATE, Math.round(rate * Math.min(share, strained ? 0.5 : 1)));
        return [key, { active, scaleResolutionDownBy: scale, maxBitrate: bits, maxFramerate: Math.min(rate, slower) }];
      }
      return [
        key,
        {
          active,
          scaleResolutionDownBy: tight || strained ? nextStep(scale) : scale,
          maxBitrate: bits,
          maxFramerate: tight || strained ? calmer(rate) : lowData ? Math.min(rate, CALM_RATE) : rate,
        },
      ];
    }),
  );
}

/** What one receiver should get if the line were wide. */
function idealEncoding(feed: OutgoingVideo, { receivers }: Conditions, before: Encoding | undefined): Encoding {
  const { screen, width, height } = feed;
  const ask = feed.requested ?? defaultSize(feed, receivers);
  const active = ask.width > 0 && ask.height > 0;
  if (!active) return { active, scaleResolutionDownBy: 1, maxBitrate: LEAST, maxFramerate: FULL_RATE };
  // The picture fills the tile, whichever side is cut off: the smaller ratio still covers every pixel shown.
  const exact = width > 0 && height > 0 ? Math.min(width / ask.width, height / ask.height) : 1;
  const scale = step(exact, before?.active ? before.scaleResolutionDownBy : undefined);
  const rate = Math.max(1, Math.min(ask.rate || FULL_RATE, FULL_RATE));
  const pixels = ((width || 640) * (height || 360)) / scale ** 2;
  // Half the frames do not need half the bits: each differs more from the one before.
  const bits = pixels * BITS_PER_PIXEL * FULL_RATE * (rate / FULL_RATE) ** 0.7 * (feed.boost ?? 1);
  return {
    active,
    scaleResolutionDownBy: scale,
    maxBitrate: Math.round(Math.max(LEAST, Math.min(bits, MOST[screen ? 'screen' : 'camera']))),
    maxFramerate: rate,
  };
}

/** A page that does not say what it shows: smaller as the room grows, as its tiles are. */
function defaultSize({ screen, width, height }: OutgoingVideo, receivers: number): RequestedSize {
  const down = screen || receivers <= 2 ? 1 : receivers <= 4 ? 1.5 : 2;
  return {
    width: (width || 1) / down,
    height: (height || 1) / down,
    rate: screen || receivers <= 3 ? FULL_RATE : receivers <= 5 ? 24 : CALM_RATE,
  };
}

/** The largest step that still covers the tile. A larger picture comes at once, a smaller one when it is clearly wanted. */
function step(exact: number, before: number | undefined): number {
  const fits = (most: number): number => STEPS.filter((candidate) => candidate <= most).at(-1) ?? 1;
  const now = fits(exact);
  if (before === undefined || now <= before) return now;
  return fits(exact / SLACK) > before ? now : before;
}

/** Every second frame: who has more of them, because they speak, still has more. */
const calmer = (rate: number): number => Math.min(rate, Math.max(LEAST_RATE, Math.round(rate / 2)));

function nextStep(scale: number): number {
  return STEPS.find((candidate) => candidate > scale) ?? scale;
}
