/** From the page to numbers and back: how large the stage is, and where a tile goes. The only place that touches both. */
import { CORNERS, type Corner } from '../shared/view.js';
import type { Rect } from './grid-layout.js';
import type { Box } from './stage-layout.js';

/** Read once for each new size, never while tiles are placed. */
export function boxOf(list: Element): Box {
  const style = getComputedStyle(list);
  const gap = parseFloat(style.columnGap) || 0;
  const ratio = style.getPropertyValue('--webrtc-tile-aspect-ratio').split('/').map(Number);
  const wish = ratio[0] ? ratio[0] / (ratio[1] ?? 1) : NaN;
  const { clientWidth: width, clientHeight: height } = list;
  return {
    width,
    height,
    gap: Math.min(gap, width / 40),
    screen: false,
    aspect: wish > 0 ? { min: wish, max: wish } : null,
    corner: 'start-end',
    pager: 0,
  };
}

/** @param aside what lies over its corner ends that far from its edge; null: nothing does */
export function keepClear(element: HTMLElement | undefined, corner: Corner, aside: number | null): void {
  for (const each of CORNERS) {
    const length = each === corner && aside !== null ? `${Math.round(aside)}px` : '';
    const name = `--_clear-${each}`;
    if (element && element.style.getPropertyValue(name) !== length) element.style.setProperty(name, length);
  }
}

export function put(element: HTMLElement | null | undefined, rect: Rect | undefined): void {
  if (!element || !rect) return;
  const { x, y, width, height } = rect;
  for (const [name, value] of Object.entries({ '--_x': x, '--_y': y, '--_w': width, '--_h': height })) {
    const length = `${Math.round(value * 100) / 100}px`;
    // Who stays where they are is not written anew: the stage is drawn whenever somebody speaks.
    if (element.style.getPropertyValue(name) !== length) element.style.setProperty(name, length);
  }
}
