/**
 * From two samples at a link to its numbers, and from the numbers to one word. Pure; the watch keeps the samples,
 * sample.ts makes them.
 */
import type { NetworkQuality, NetworkReason, Traffic } from '../../core/network.js';
import type { LinkStats } from './link-stats.js';
import type { Count, StatsSample } from './stats-sample.js';

/** Fewer packets than this prove nothing: one lost of five is chance. */
const TELLING = 20;
/** Between two samples, or silence is only a pause. */
const LONG_ENOUGH_MS = 2_000;

/** Above the first it is no more than good, above the second poor. What people notice, from calls and from ITU-T G.114. */
const LIMITS: readonly (readonly [reason: NetworkReason, good: number, poor: number, of: (stats: LinkStats) => number | null])[] =
  [
    ['round-trip-time', 200, 500, ({ roundTripTime }) => roundTripTime],
    ['send-loss', 0.01, 0.05, ({ sendPacketLoss }) => sendPacketLoss],
    ['receive-loss', 0.01, 0.05, ({ recvPacketLoss }) => recvPacketLoss],
    ['jitter', 30, 80, ({ jitter }) => jitter],
  ];
/** A face needs about this much; what is less is a still with sound. Bit/s. */
const NARROW = 150_000;

const NOTHING: Count = { bytes: 0, packets: 0, lost: 0 };

/** Without a look before, or with one at another connection: since this connection was made. */
export function statsBetween(before: StatsSample | null, now: StatsSample): LinkStats {
  const same = before?.connection === now.connection ? before : null;
  const seconds = Math.max(0.001, (now.at - (same?.at ?? now.since)) / 1_000);
  const [out, into] = [flow(same?.out ?? NOTHING, now.out), flow(same?.in ?? NOTHING, now.in)];
  return {
    sendBitsPerSecond: Math.round((out.bytes * 8) / seconds),
    recvBitsPerSecond: Math.round((into.bytes * 8) / seconds),
    // Those that were lost are among those that we sent, and beside those that came.
    sendPacketLoss: share(out.lost, out.packets),
    recvPacketLoss: share(into.lost, into.packets + into.lost),
    roundTripTime: now.roundTripTime,
    jitter: now.jitter,
    path: now.path,
    protocol: now.protocol,
    availableOutgoingBitrate: now.availableOutgoingBitrate,
    sent: now.sent,
    received: now.received,
  };
}

export interface QualityVerdict {
  readonly quality: NetworkQuality;
  readonly reasons: readonly NetworkReason[];
}

export function judge(stats: LinkStats): QualityVerdict {
  const above = (limit: 1 | 2): readonly NetworkReason[] =>
    LIMITS.flatMap((row) => ((row[3](stats) ?? 0) > row[limit] ? [row[0]] : []));
  const { availableOutgoingBitrate: available, sent } = stats;
  const narrow = available !== null && available < NARROW && sent.camera?.limitation === 'bandwidth';
  const poor = [...above(2), ...(narrow ? (['bandwidth'] as const) : [])];
  if (poor.length) return { quality: 'poor', reasons: poor };
  const good = above(1);
  return { quality: good.length ? 'good' : 'excellent', reasons: good };
}

/** Something must be arriving, and nothing did. */
export function isSilent(before: StatsSample | null, now: StatsSample): boolean {
  return (
    before?.connection === now.connection &&
    before.expected &&
    now.expected &&
    now.at - before.at >= LONG_ENOUGH_MS &&
    now.in.packets === before.in.packets
  );
}

/** All links as one line. */
export function together(links: readonly LinkStats[]): Traffic {
  const add = (of: (stats: LinkStats) => number): number => links.reduce((sum, stats) => sum + of(stats), 0);
  const longest = (of: (stats: LinkStats) => number | null): number | null => {
    const known = links.flatMap((stats) => of(stats) ?? []);
    return known.length ? Math.max(...known) : null;
  };
  // Weighed by what flows: a silent link must not hide that the busy one loses packets.
  const mean = (loss: 'recvPacketLoss' | 'sendPacketLoss', rate: 'recvBitsPerSecond' | 'sendBitsPerSecond'): number | null => {
    const known = links.filter((stats) => stats[loss] !== null);
    const weight = known.reduce((sum, stats) => sum + stats[rate], 0);
    return weight > 0 ? known.reduce((sum, stats) => sum + (stats[loss] ?? 0) * stats[rate], 0) / weight : null;
  };
  return {
    sendBitsPerSecond: add((stats) => stats.sendBitsPerSecond),
    recvBitsPerSecond: add((stats) => stats.recvBitsPerSecond),
    sendPacketLoss: mean('sendPacketLoss', 'sendBitsPerSecond'),
    recvPacketLoss: mean('recvPacketLoss', 'recvBitsPerSecond'),
    roundTripTime: longest((stats) => stats.roundTripTime),
    jitter: longest((stats) => stats.jitter),
  };
}

const flow = (before: Count, now: Count): Count => ({
  bytes: Math.max(0, now.bytes - before.bytes),
  packets: Math.max(0, now.packets - before.packets),
  lost: Math.max(0, now.lost - before.lost),
});

const share = (lost: number, of: number): number | null => (of < TELLING ? null : Math.min(1, lost / of));

const ORDER: readonly NetworkQuality[] = ['excellent', 'good', 'poor', 'lost'];

export const worse = (a: NetworkQuality, b: NetworkQuality): boolean => ORDER.indexOf(a) > ORDER.indexOf(b);

/** Looks in a row before it counts: bad news sooner than good news, so that nothing flickers. */
const WORSE_AFTER = 2;
const BETTER_AFTER = 3;

/** Changes its mind slowly. The first word counts at once. */
export class SteadyQuality {
  #now: QualityVerdict | null = null;
  #samples: NetworkQuality[] = [];

  get now(): QualityVerdict | null {
    return this.#now;
  }

  /** True when the word is another one now. */
  sample(verdict: QualityVerdict): boolean {
    const before = this.#now?.quality;
    if (before === undefined) return this.set(verdict);
    if (verdict.quality === before) {
      this.#samples = [];
      this.#now = verdict; // the reasons may be others
      return false;
    }
    const down = worse(verdict.quality, before);
    // Once better, once worse: nothing is clear.
    const alike = this.#samples.every((sample) => worse(sample, before) === down);
    this.#samples = [...(alike ? this.#samples : []), verdict.quality];
    if (this.#samples.length < (down ? WORSE_AFTER : BETTER_AFTER)) return false;
    // Of these samples the one nearest to what was: a single bad one among them does not decide.
    const nearest = this.#samples.reduce((a, b) => (worse(a, b) === down ? b : a));
    return this.set(nearest === verdict.quality ? verdict : { quality: nearest, reasons: verdict.reasons });
  }

  /** Without doubt, at once. */
  set(verdict: QualityVerdict): boolean {
    const changed = verdict.quality !== this.#now?.quality;
    this.#now = verdict;
    this.#samples = [];
    return changed;
  }
}
