/**
 * JSON as the language defines it, also in pages that gave arrays and strings a `toJSON` of their own (Prototype.js 1.6, which
 * makes a text of every list).
 */

/** The replacer is told what `toJSON` made of a value; `this` still has the value itself. */
export function plain(this: unknown, key: string, made: unknown): unknown {
  const own = (this as Record<string, unknown>)[key];
  return Array.isArray(own) || (typeof own !== 'object' && typeof own !== 'function') ? own : made;
}

export const toJson = (value: unknown): string => JSON.stringify(value, plain);
