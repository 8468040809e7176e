/** How media travels to one person and from them, in sentences. No DOM. */
import type { ConnectionStats, ParticipantNetworkStats } from '../core/network.js';
import type { Translation } from '../lang/translation.js';

/** As much of the localizer as is needed here. */
export interface Words {
  term<K extends keyof Translation>(key: K, ...args: Translation[K] extends (...args: infer A) => string ? A : []): string;
  lang(): string;
}

/** Less is lost on every line. */
const WORTH_TELLING = 0.005;

export function statsWords(
  connection: ConnectionStats,
  { received: pictures }: Pick<ParticipantNetworkStats, 'received'>,
  name: string,
  text: Words,
): readonly string[] {
  const [rate, share] = [
    new Intl.NumberFormat(text.lang(), { style: 'unit', unit: 'megabit-per-second', maximumFractionDigits: 2 }),
    new Intl.NumberFormat(text.lang(), { style: 'percent', maximumFractionDigits: 1 }),
  ];
  const lost = Math.max(connection.sendPacketLoss ?? 0, connection.recvPacketLoss ?? 0);
  const sent = connection.sent.screen ?? connection.sent.camera;
  const received = pictures.screen ?? pictures.camera;
  const limit = sent?.limitation ?? 'none';
  return [
    text.term('statsPath', name, connection.path === 'relay', connection.roundTripTime),
    ...(lost >= WORTH_TELLING ? [text.term('statsLoss', share.format(lost))] : []),
    text.term('statsRates', rate.format(connection.sendBitsPerSecond / 1e6), rate.format(connection.recvBitsPerSecond / 1e6)),
    ...(sent ? [text.term('statsSent', `${sent.width} × ${sent.height}`, sent.frameRate)] : []),
    ...(limit === 'none' ? [] : [text.term('statsLimit', limit)]),
    ...(received ? [text.term('statsReceived', `${received.width} × ${received.height}`, received.frameRate)] : []),
  ];
}
