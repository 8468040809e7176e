/**
 * Where each tile goes: everybody alike, one large with the others in a strip, or one large with our
 * own picture floating over it. Plain geometry, no DOM; x counts from the start of the line.
 */
import type { Corner } from '../shared/view.js';
import { aspectFor, gridLayout, type AspectRange, type Rect } from './grid-layout.js';

/** `main` fills, `strip` accompanies, `float` lies on top in a corner, `away` is on another page: heard only. */
export type Place = 'away' | 'float' | 'main' | 'strip';

export interface Placed extends Rect {
  readonly floats: boolean;
}

export interface Box {
  readonly width: number;
  readonly height: number;
  readonly gap: number;
  /** The page's own wish for the shape of tiles. */
  readonly aspect: AspectRange | null;
  /** Where our own picture floats. */
  readonly corner: Corner;
  /** Height to leave below the tiles that are leafed through. */
  readonly pager: number;
  /** The main area shows screens: flat and wide, so in a high box the people get what is left. */
  readonly screen: boolean;
}

/** One large picture takes all there is. */
const FILL: AspectRange = { min: 0.2, max: 5 };

/** As it is styled. */
const BUTTON = { size: 44, margin: 10 };

/** However small the box: what is shown large stays larger than what accompanies it. */
const LARGEST_STRIP = 0.48;

const still = (rects: readonly Rect[]): readonly Placed[] => rects.map((rect) => ({ ...rect, floats: false }));

/** One rectangle for each place, in order. */
export function stageLayout(places: readonly Place[], box: Box): readonly Placed[] {
  const count = (wanted: Place): number => places.filter((place) => place === wanted).length;
  const [main, strip] = [count('main'), count('strip')];
  const { areas, stripAspect } = split(main, strip, box);
  const rects = {
    main: still(fit(main, strip ? areas.main : above(areas.main, box), box, strip > 0 || count('float') ? FILL : null)),
    strip: still(fit(strip, above(areas.strip, box), box, stripAspect)),
    float: [floating(box)],
    away: [],
  };
  const next = { main: 0, strip: 0, float: 0, away: 0 };
  return places.map((place) => rects[place][next[place]++] ?? { x: 0, y: 0, width: 0, height: 0, floats: false });
}

/** Below the tiles that are leafed through. */
export function pagerArea(places: readonly Place[], box: Box): Rect {
  const strip = places.filter((place) => place === 'strip').length;
  const { areas } = split(places.filter((place) => place === 'main').length, strip, box);
  const { x, y, width, height } = strip ? areas.strip : areas.main;
  return { x, y: y + height - box.pager, width, height: box.pager };
}

const above = (area: Rect, { pager }: Box): Rect => ({ ...area, height: Math.max(0, area.height - pager) });

function fit(count: number, area: Rect, box: Box, aspect: AspectRange | null): readonly Rect[] {
  const range = aspect ?? box.aspect ?? aspectFor(count, area.width, area.height);
  return gridLayout(count, area.width, area.height, range, box.gap).map((rect) => ({
    ...rect,
    x: rect.x + area.x,
    y: rect.y + area.y,
  }));
}

/** The strip stands beside a wide main area and below a high one. */
function split(
  main: number,
  strip: number,
  { width, height, gap, screen }: Box,
): { areas: { main: Rect; strip: Rect }; stripAspect: AspectRange } {
  const whole = { x: 0, y: 0, width, height };
  const none = { x: 0, y: 0, width: 0, height: 0 };
  const stripAspect = { min: 1, max: 16 / 9 };
  if (!strip || !main) return { areas: { main: main ? whole : none, strip: strip ? whole : none }, stripAspect };
  if (width > height * 1.25) {
    const wished = clamp(width * 0.22, 72, Math.max(72, Math.min(320, (height / strip) * 1.7)));
    const side = Math.min(wished, (width - gap) * LARGEST_STRIP);
    return {
      areas: {
        main: { ...whole, width: width - side - gap },
        strip: { x: width - side, y: 0, width: side, height },
      },
      stripAspect,
    };
  }
  const flat = screen ? height - gap - main * (width / 1.6) : 0;
  const below = Math.min(Math.max(flat, clamp(height * 0.22, 56, 200)), (height - gap) * LARGEST_STRIP);
  return {
    areas: {
      main: { ...whole, height: height - below - gap },
      strip: { x: 0, y: height - below, width, height: below },
    },
    stripAspect,
  };
}

/** Our own picture in a corner: small enough to hide nobody, large enough to check one's hair. */
function floating({ width, height, gap, corner }: Box): Placed {
  const portrait = height > width;
  const w = portrait ? clamp(width * 0.3, 64, 180) : clamp(Math.min(width * 0.22, height * 0.5), 72, 300);
  const h = portrait ? w * 1.3 : (w * 3) / 4;
  const inset = Math.max(gap, Math.min(16, width * 0.02));
  const [block, inline] = corner.split('-');
  return {
    x: inline === 'start' ? inset : width - w - inset,
    y: block === 'start' ? inset : height - h - inset,
    width: w,
    height: h,
    floats: true,
  };
}

/** The button that brings it back, in the same corner. */
export function hiddenSelf({ width, height, corner }: Box): Rect {
  const [block, inline] = corner.split('-');
  const x = inline === 'start' ? BUTTON.margin : width - BUTTON.size - BUTTON.margin;
  const y = block === 'start' ? BUTTON.margin : height - BUTTON.size - BUTTON.margin;
  return { x, y, width: BUTTON.size, height: BUTTON.size };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
