/**
 * Parts of the bundle that are fetched when they are needed and may not come: a cut line, a blocker, a server that has a newer
 * bundle and the old files no more. They are asked for again; what stays away is told, because nothing else would.
 */
const WAITS_MS = [0, 700, 3_000];

type Load<T> = () => Promise<T>;

const missing = new Set<Load<unknown>>();
const underWay = new Map<Load<unknown>, Promise<unknown>>();
const watchers = new Set<() => void>();

export const partsMissing = (): boolean => missing.size > 0;

/** Calls back when parts are missing, or are there after all. */
export function watchParts(changed: () => void): () => void {
  watchers.add(changed);
  return () => watchers.delete(changed);
}

/** @param load one function for a part, so that it is asked for once at a time */
export function part<T>(load: Load<T>): Promise<T> {
  const asked = underWay.get(load) ?? tries(load).finally(() => underWay.delete(load));
  underWay.set(load, asked);
  return asked as Promise<T>;
}

async function tries<T>(load: Load<T>): Promise<T> {
  let cause: unknown;
  for (const wait of WAITS_MS) {
    if (wait) await new Promise((over) => setTimeout(over, wait));
    try {
      const loaded = await load();
      told(() => missing.delete(load));
      return loaded;
    } catch (error) {
      cause = error;
    }
  }
  told(() => missing.add(load));
  throw cause;
}

function told(change: () => void): void {
  const before = missing.size > 0;
  change();
  if (before !== missing.size > 0) for (const changed of watchers) changed();
}
