/**
 * One look at a connection: what the browser reports, as the few numbers we act on. The only place that knows
 * the browsers' reports; decides nothing.
 */
import type { Limitation, ReceivedPicture, SentPicture } from '../../core/network.js';
import type { LinkStats } from './link-stats.js';
import type { VideoSource } from '../../core/participant.js';

/** Counted since the connection was made. */
export interface Count {
  readonly bytes: number;
  readonly packets: number;
  readonly lost: number;
}

export interface StatsSample extends Pick<
  LinkStats,
  'availableOutgoingBitrate' | 'jitter' | 'path' | 'protocol' | 'received' | 'roundTripTime' | 'sent'
> {
  /** Names the connection: counts of another one are no measure for these. */
  readonly connection: string;
  /** When, and when the connection was made: milliseconds of one and the same clock. */
  readonly at: number;
  readonly since: number;
  /** Something must be arriving: they say so, and we show it. */
  readonly expected: boolean;
  readonly out: Count;
  readonly in: Count;
}

/** As much of the browsers' reports as is read here. */
export type StatsReport = {
  readonly id: string;
  readonly type: string;
  readonly kind?: string;
  readonly mid?: string;
  readonly selectedCandidatePairId?: string;
  readonly selected?: boolean;
  readonly relayProtocol?: string;
  readonly framesPerSecond?: number;
  readonly qualityLimitationReason?: string;
  readonly headerBytesSent?: number;
  readonly headerBytesReceived?: number;
  readonly totalRoundTripTime?: number;
} & Partial<
  Omit<RTCIceCandidatePairStats & RTCInboundRtpStreamStats & RTCOutboundRtpStreamStats, 'id' | 'kind' | 'type'> &
    Pick<RTCIceCandidateLike, 'candidateType' | 'protocol'> & { readonly roundTripTime: number }
>;
interface RTCIceCandidateLike {
  readonly candidateType: string;
  readonly protocol: string;
}

/** The pair in use, not any that once worked. Firefox has no transport to name it. */
export function selectedPair(reports: ReadonlyMap<string, StatsReport>): StatsReport | undefined {
  const all = [...reports.values()];
  const named = all.find(({ selectedCandidatePairId }) => selectedCandidatePairId)?.selectedCandidatePairId;
  return named === undefined
    ? all.find(({ type, nominated, selected }) => type === 'candidate-pair' && selected === true && nominated !== false)
    : reports.get(named);
}

type Facts = Omit<StatsSample, 'at' | 'connection' | 'expected' | 'since'>;

/** @param surfaceAt which source is carried at that place of the description */
export function sampleFrom(
  reports: ReadonlyMap<string, StatsReport>,
  surfaceAt: (mid: string | undefined) => VideoSource,
): Facts {
  const all = [...reports.values()];
  const of = (type: string): readonly StatsReport[] => all.filter((report) => report.type === type);
  const [outbound, inbound, told] = [of('outbound-rtp'), of('inbound-rtp'), of('remote-inbound-rtp')];
  const pair = selectedPair(reports);
  const [near, far] = [pair?.localCandidateId, pair?.remoteCandidateId].map((id) => reports.get(id ?? ''));
  const relayed = near?.candidateType === 'relay' || far?.candidateType === 'relay';
  return {
    out: {
      bytes: sum(outbound, (r) => (r.bytesSent ?? 0) + (r.headerBytesSent ?? 0)),
      packets: sum(outbound, (r) => r.packetsSent ?? 0),
      lost: sum(told, (r) => r.packetsLost ?? 0),
    },
    in: {
      bytes: sum(inbound, (r) => (r.bytesReceived ?? 0) + (r.headerBytesReceived ?? 0)),
      packets: sum(inbound, (r) => r.packetsReceived ?? 0),
      lost: sum(inbound, (r) => r.packetsLost ?? 0),
    },
    roundTripTime: ms(pair?.currentRoundTripTime) ?? ms(most(told, ({ roundTripTime }) => roundTripTime)),
    jitter: ms(most(inbound, ({ jitter, packetsReceived }) => (packetsReceived ? jitter : undefined))),
    path: near ? (relayed ? 'relay' : 'direct') : null,
    protocol: protocolOf(near),
    availableOutgoingBitrate: pair?.availableOutgoingBitrate ?? null,
    sent: pictures(outbound, surfaceAt, (r) => ({ ...pictureOf(r), limitation: limitationOf(r.qualityLimitationReason) })),
    received: pictures(inbound, surfaceAt, pictureOf),
  };
}

const sum = (reports: readonly StatsReport[], value: (report: StatsReport) => number): number =>
  reports.reduce((total, report) => total + value(report), 0);

function most(reports: readonly StatsReport[], value: (report: StatsReport) => number | undefined): number | undefined {
  const known = reports.flatMap((report) => value(report) ?? []);
  return known.length ? Math.max(...known) : undefined;
}

const ms = (seconds: number | undefined): number | null => (seconds === undefined ? null : Math.round(seconds * 1_000));

function protocolOf(near: StatsReport | undefined): StatsSample['protocol'] {
  const name = near?.candidateType === 'relay' ? (near.relayProtocol ?? near.protocol) : near?.protocol;
  return name === 'udp' || name === 'tcp' || name === 'tls' ? name : null;
}

const limitationOf = (reason: string | undefined): Limitation | null =>
  reason === 'none' || reason === 'cpu' || reason === 'bandwidth' || reason === 'other' ? reason : null;

const pictureOf = ({ frameWidth = 0, frameHeight = 0, framesPerSecond = 0 }: StatsReport): ReceivedPicture => ({
  width: frameWidth,
  height: frameHeight,
  frameRate: Math.round(framesPerSecond),
});

/** What has no frames now is no picture: a camera that is off keeps its place, and the size it had last. */
function pictures<P extends ReceivedPicture | SentPicture>(
  reports: readonly StatsReport[],
  surfaceAt: (mid: string | undefined) => VideoSource,
  from: (report: StatsReport) => P,
): Record<VideoSource, P | null> {
  const found: Record<VideoSource, P | null> = { camera: null, screen: null };
  for (const report of reports) {
    if (report.kind !== 'video') continue;
    const picture = from(report);
    if (picture.width > 0 && picture.frameRate > 0) found[surfaceAt(report.mid)] = picture;
  }
  return found;
}
