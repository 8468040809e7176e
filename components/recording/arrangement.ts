/** Where everybody is in a recorded picture: a grid, or a screen with people beside it. Numbers only. */
import { times } from '../core/list.js';
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const GAP = 12;
const RATIO = 16 / 9;
/** The part of the width that is left to people beside a screen. */
const STRIP = 0.22;
/** More would be too small to be seen. */
export const MOST = 25;

export function arrange(width: number, height: number, screens: number, people: number): { screens: Box[]; people: Box[] } {
  const shown = Math.min(people, MOST);
  const all = { x: 0, y: 0, width, height };
  if (!screens) return { screens: [], people: grid(all, shown) };
  const strip = shown ? Math.round(width * STRIP) : 0;
  return {
    screens: grid({ ...all, width: width - strip }, screens),
    people: grid({ ...all, x: width - strip, width: strip }, Math.min(shown, 6)),
  };
}

/** As large as they can be, rows in the middle. */
function grid(area: Box, count: number): Box[] {
  let best = { columns: 1, width: 0, height: 0 };
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const room = { width: (area.width - GAP * (columns + 1)) / columns, height: (area.height - GAP * (rows + 1)) / rows };
    const width = Math.min(room.width, room.height * RATIO);
    if (width > best.width) best = { columns, width, height: width / RATIO };
  }
  const { columns, width, height } = best;
  const rows = Math.ceil(count / columns);
  const top = area.y + (area.height - rows * height - (rows - 1) * GAP) / 2;
  return times(count, (i) => {
    const row = Math.floor(i / columns);
    const inRow = row === rows - 1 ? count - row * columns : columns;
    const left = area.x + (area.width - inRow * width - (inRow - 1) * GAP) / 2;
    return { x: left + (i - row * columns) * (width + GAP), y: top + row * (height + GAP), width, height };
  });
}
