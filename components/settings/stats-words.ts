/** How media travels to one person, in sentences. No DOM. */
import type { LinkStats } from '../core/network.js';
import type { Translation } from '../lang/translation.js';

/** As much of the localizer as is needed here. */
export interface Words {
  term<K extends keyof Translation>(key: K, ...args: Translation[K] extends (...args: infer A) => string ? A : []): string;
  lang(): string;
}

/** Less is lost on every line. */
const WORTH_TELLING = 0.005;

export function statsWords(link: LinkStats, name: string, text: Words): readonly string[] {
  const [rate, share] = [
    new Intl.NumberFormat(text.lang(), { style: 'unit', unit: 'megabit-per-second', maximumFractionDigits: 2 }),
    new Intl.NumberFormat(text.lang(), { style: 'percent', maximumFractionDigits: 1 }),
  ];
  const lost = Math.max(link.sendPacketLoss ?? 0, link.recvPacketLoss ?? 0);
  const sent = link.sent.screen ?? link.sent.camera;
  const received = link.received.screen ?? link.received.camera;
  const limit = sent?.limitation ?? 'none';
  return [
    text.term('statsPath', name, link.path === 'relay', link.roundTripTime),
    ...(lost >= WORTH_TELLING ? [text.term('statsLoss', share.format(lost))] : []),
    text.term('statsRates', rate.format(link.sendBitsPerSecond / 1e6), rate.format(link.recvBitsPerSecond / 1e6)),
    ...(sent ? [text.term('statsSent', `${sent.width} × ${sent.height}`, sent.frameRate)] : []),
    ...(limit === 'none' ? [] : [text.term('statsLimit', limit)]),
    ...(received ? [text.term('statsReceived', `${received.width} × ${received.height}`, received.frameRate)] : []),
  ];
}
