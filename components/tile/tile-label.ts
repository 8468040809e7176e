/** What a tile is called: on its name tag, and in full for who cannot see it. No DOM. */
import type { Translation } from '../lang/translation.js';

export interface TileFacts {
  readonly displayName: string;
  readonly local: boolean;
  readonly screen: boolean;
  readonly microphoneOff: boolean;
  readonly cameraOff: boolean;
  readonly handRaised?: boolean;
  readonly linkState: string;
}

/** As much of the localizer as is needed here. */
export interface Terms {
  term<K extends keyof Translation>(key: K, ...args: Translation[K] extends (...args: infer A) => string ? A : []): string;
}

export function tileName(tile: TileFacts, text: Terms): string {
  const name = tile.displayName || text.term('guest');
  if (tile.screen) return tile.local ? text.term('yourScreen') : text.term('screenOf', name);
  if (!tile.local) return name;
  return tile.displayName ? text.term('you', name) : text.term('yourself');
}

/** Speaking is not in it: what changes every second must not be read out. */
export function tileLabel(tile: TileFacts, text: Terms): string {
  const words = [tileName(tile, text)];
  if (!tile.screen && tile.microphoneOff) words.push(text.term('microphoneOff'));
  if (!tile.screen && tile.cameraOff) words.push(text.term('cameraOff'));
  if (!tile.screen && tile.handRaised) words.push(text.term('handRaised'));
  return words.join(', ');
}
