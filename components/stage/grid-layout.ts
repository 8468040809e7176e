/** Fits equal tiles into a box so that they become as large as can be. Plain geometry, no DOM. */
import { times } from '../core/list.js';

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How much a tile may be bent out of shape to fill the box: width through height. */
export interface AspectRange {
  readonly min: number;
  readonly max: number;
}

/** Faces survive this much cropping; a box that is higher than wide gets portraits. */
export function aspectFor(count: number, width: number, height: number): AspectRange {
  if (count === 1) return { min: 0.5, max: 2.2 };
  return width >= height ? { min: 0.8, max: 16 / 9 } : { min: 0.66, max: 16 / 9 };
}

/** Rectangles for `count` tiles from the start corner on, the last row centred. */
export function gridLayout(
  count: number,
  width: number,
  height: number,
  aspect: AspectRange = aspectFor(count, width, height),
  gap = 8,
): readonly Rect[] {
  if (count < 1 || width <= 0 || height <= 0) return [];
  let best = { columns: 1, width: 0, height: 0 };
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const cell = shape((width - gap * (columns - 1)) / columns, (height - gap * (rows - 1)) / rows, aspect);
    // A little better is not enough to leave a hole: fewer columns win a tie.
    if (worth(cell) > worth(best) * 1.001) best = { columns, ...cell };
  }
  const rows = Math.ceil(count / best.columns);
  const top = (height - rows * best.height - (rows - 1) * gap) / 2;
  return times(count, (index) => {
    const row = Math.floor(index / best.columns);
    const inRow = row === rows - 1 ? count - row * best.columns : best.columns;
    const start = (width - inRow * best.width - (inRow - 1) * gap) / 2;
    return {
      x: start + (index % best.columns) * (best.width + gap),
      y: top + row * (best.height + gap),
      width: best.width,
      height: best.height,
    };
  });
}

/** Area counts; a portrait, which cuts much of a camera's picture away, counts a little less. */
function worth({ width, height }: { readonly width: number; readonly height: number }): number {
  return height > 0 ? width * height * Math.min(1, width / height / 1.2) ** 0.35 : 0;
}

/** The largest box within the cell whose shape is in the range. */
function shape(width: number, height: number, { min, max }: AspectRange): { width: number; height: number } {
  if (width <= 0 || height <= 0) return { width: 0, height: 0 };
  return { width: Math.min(width, height * max), height: Math.min(height, width / min) };
}
