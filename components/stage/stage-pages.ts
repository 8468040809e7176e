/** How many tiles are still large enough to know a face, and which of them are on the page in view. No DOM. */
import type { StageItem } from './stage-items.js';
import { stageLayout, type Box } from './stage-layout.js';
import { times } from '../core/list.js';

/** More than this on one page is a crowd, however large the wall. */
const MOST = { main: 25, strip: 10 } as const;
/** Where a face is still known, on a screen; a tiny box has to do with a part of itself. */
const LEGIBLE = { main: { width: 112, height: 70 }, strip: { width: 72, height: 46 } } as const;
const PART = { main: { width: 0.36, height: 0.36 }, strip: { width: 0.2, height: 0.3 } } as const;

export interface Pages {
  /** In the order in which they are shown, who is on another page `away`. */
  readonly items: readonly StageItem[];
  readonly page: number;
  readonly count: number;
}

type Group = 'main' | 'strip';

/** Height of what one leafs with. */
export const pagerHeight = ({ height }: Box): number => (height < 260 ? 28 : 44);

/** The tiles that accompany a large one are leafed through, or, where nobody is large, all. */
export function pages(items: readonly StageItem[], order: readonly string[], page: number, box: Box): Pages {
  const group: Group = items.some(({ place }) => place === 'strip') ? 'strip' : 'main';
  const rank = ({ key }: StageItem): number => order.indexOf(key);
  const known = items.filter((item) => rank(item) >= 0).sort((a, b) => rank(a) - rank(b));
  const queue = known.values();
  // Only who has a rank changes places with others who have one.
  const arranged = items.map((item) => (rank(item) < 0 ? item : (queue.next().value ?? item)));
  const leafed = arranged.filter(({ place }) => place === group);
  const large = items.filter(({ place }) => place === 'main').length;
  const perPage = (pager: number): number => capacity(group, leafed.length, large, { ...box, pager });
  if (leafed.length < 2 || perPage(0) >= leafed.length) return { items: arranged, page: 0, count: 1 };
  const count = Math.ceil(leafed.length / perPage(pagerHeight(box)));
  const size = Math.ceil(leafed.length / count);
  const at = Math.min(page, count - 1);
  // Our own picture belongs to the first page.
  const self = leafed.filter((item) => item.local && !item.screen);
  const others = leafed.filter((item) => !self.includes(item));
  const first = size - self.length;
  const shown = new Set(
    at === 0 ? [...others.slice(0, first), ...self] : others.slice(first + (at - 1) * size, first + at * size),
  );
  return {
    items: arranged.map((item) => (item.place !== group || shown.has(item) ? item : { ...item, place: 'away' })),
    page: at,
    count,
  };
}

function capacity(group: Group, wanted: number, large: number, box: Box): number {
  const width = Math.min(LEGIBLE[group].width, box.width * PART[group].width);
  const height = Math.min(LEGIBLE[group].height, box.height * PART[group].height);
  for (let count = Math.min(wanted, MOST[group]); count > 1; count--) {
    const beside = group === 'strip' ? times(large, () => 'main' as const) : [];
    const rects = stageLayout([...beside, ...times(count, () => group)], box);
    const last = rects.at(-1);
    if (last && last.width >= width && last.height >= height) return count;
  }
  return 1;
}
