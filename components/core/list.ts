/** `Array.from`, which some pages replace by one that forgets what to make of each (Prototype.js). */
export function times<T>(count: number, make: (index: number) => T): T[] {
  const all: T[] = [];
  for (let index = 0; index < count; index++) all.push(make(index));
  return all;
}
