/**
 * Milliseconds since 1970 by a clock that only goes forward. `Date.now()` jumps when somebody, or a time server, corrects the
 * clock of the machine: good for showing a time, no good for an order or an age.
 */
export const steadyNow = (): number => performance.timeOrigin + performance.now();
