/**
 * Our own picture lies in a corner of the stage, or the button that brings it back: what a tile below has in that
 * corner (name, buttons, signs) moves aside, so that a pointer, a finger and the focus get at it. Geometry, no DOM.
 */
import type { Corner } from '../shared/view.js';
import type { Rect } from './grid-layout.js';

/** As far into a tile as its signs and buttons reach. */
const REACH = { inline: 100, block: 56 };
const GAP = 6;

/** From the edge of the tile to where its corner is free again; null: nothing lies over it. */
export function coveredCorner(tile: Rect, over: Rect, corner: Corner): number | null {
  const [block, inline] = corner.split('-');
  const along = covered(tile.y, tile.height, over.y, over.height, block === 'start', REACH.block);
  const aside = covered(tile.x, tile.width, over.x, over.width, inline === 'start', REACH.inline);
  return along > 0 && aside > 0 ? aside + GAP : null;
}

/** How much of one edge is covered, from its beginning or its end. */
function covered(at: number, length: number, over: number, size: number, start: boolean, reach: number): number {
  const [from, to] = start ? [over - at, over + size - at] : [at + length - over - size, at + length - over];
  return from < reach && from < length && to > 0 ? Math.min(to, length) : 0;
}
