/** Who stands on which page: a speaker of another page changes places with one person, and nobody else moves. Pure. */

/** Keeps who is there where they were, and puts newcomers at the end. */
export function keepOrder(before: readonly string[], present: readonly string[]): readonly string[] {
  const stay = before.filter((key) => present.includes(key));
  const come = present.filter((key) => !before.includes(key));
  return come.length || stay.length < before.length ? [...stay, ...come] : before;
}

/** Brings somebody into view in the place of whoever there has been silent longest. */
export function bringIntoView(
  order: readonly string[],
  visible: ReadonlySet<string>,
  key: string,
  heardAt: ReadonlyMap<string, number>,
): readonly string[] {
  const from = order.indexOf(key);
  const there = order.filter((each) => visible.has(each));
  if (from < 0 || visible.has(key) || !there.length) return order;
  const at = (each: string): number => heardAt.get(each) ?? -Infinity;
  const silent = there.reduce((quietest, each) => (at(each) < at(quietest) ? each : quietest));
  return order.map((each) => (each === key ? silent : each === silent ? key : each));
}
