/**
 * Our own floating picture is carried by a pointer, or sent by arrow keys, and always comes to rest in a corner.
 * Knows where it was let go, not what it looks like.
 */
import type { Corner } from '../shared/view.js';
import { scaleOf } from '../shared/window-of.js';

/** A press that moves less is a click. */
const SLACK = 5;
const CLOCKWISE: readonly Corner[] = ['start-end', 'end-end', 'end-start', 'start-start'];

export const nextCorner = (corner: Corner): Corner => CLOCKWISE.at((CLOCKWISE.indexOf(corner) + 1) % CLOCKWISE.length) ?? corner;

/** Where an arrow key sends it; null: the key is none of ours. */
export function cornerFor(key: string, corner: Corner, rtl: boolean): Corner | null {
  const [block, inline] = corner.split('-');
  switch (key) {
    case 'ArrowUp':
      return `start-${inline}` as Corner;
    case 'ArrowDown':
      return `end-${inline}` as Corner;
    case 'ArrowLeft':
      return `${block}-${rtl ? 'end' : 'start'}` as Corner;
    case 'ArrowRight':
      return `${block}-${rtl ? 'start' : 'end'}` as Corner;
    default:
      return null;
  }
}

/** The corner nearest to a point, given as shares of the box from its top left. */
export function nearestCorner(x: number, y: number, rtl: boolean): Corner {
  return `${y < 0.5 ? 'start' : 'end'}-${x < 0.5 !== rtl ? 'start' : 'end'}`;
}

/** From a press on: the tile follows the pointer until it is let go, then `rest` is told. */
export function carry(
  tile: HTMLElement,
  { pointerId, clientX, clientY }: PointerEvent,
  rest: (x: number, y: number) => void,
): void {
  const end = new AbortController();
  const { signal } = end;
  let carried = false;
  const scale = scaleOf(tile);
  const stop = (): void => {
    end.abort();
    tile.removeAttribute('data-carried');
    for (const name of ['--_dx', '--_dy']) tile.style.removeProperty(name);
  };
  tile.addEventListener(
    'pointermove',
    (event) => {
      if (event.pointerId !== pointerId) return;
      const [dx, dy] = [event.clientX - clientX, event.clientY - clientY];
      if (!carried && Math.hypot(dx, dy) < SLACK) return;
      if (!carried) tile.setPointerCapture(pointerId);
      carried = true;
      tile.toggleAttribute('data-carried', true);
      tile.style.setProperty('--_dx', `${dx / scale}px`);
      tile.style.setProperty('--_dy', `${dy / scale}px`);
    },
    { signal },
  );
  tile.addEventListener(
    'pointerup',
    () => {
      const { left, top, width, height } = tile.getBoundingClientRect();
      stop();
      if (!carried) return;
      swallowClick(tile);
      rest(left + width / 2, top + height / 2);
    },
    { signal },
  );
  tile.addEventListener('pointercancel', stop, { signal });
  // Pressed, left before it was carried, and let go elsewhere.
  tile.ownerDocument.addEventListener('pointerup', () => queueMicrotask(stop), { signal });
}

/** Letting go is no click on what happens to lie under the pointer. */
function swallowClick(tile: HTMLElement): void {
  const swallow = (event: Event): void => event.stopPropagation();
  tile.addEventListener('click', swallow, { capture: true });
  setTimeout(() => tile.removeEventListener('click', swallow, { capture: true }));
}
