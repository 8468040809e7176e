/** Which controls a toolbar has, what a device says about itself, and what does not fit. No DOM. */
import type { LocalSource } from '../../core/participant.js';

/** In the order they stand. Which of them there are is in the tables of controls. */
export const CONTROLS = [
  'microphone',
  'camera',
  'screenshare',
  'chat',
  'people',
  'reactions',
  'raise-hand',
  'settings',
  'pip',
  'fullscreen',
  'invite',
  'record',
  'leave',
] as const;
export type ControlName = (typeof CONTROLS)[number];

/** However narrow the bar is. */
const STAY: ReadonlySet<string> = new Set<ControlName>(['microphone', 'camera', 'leave']);

/** Too seldom for the bar: always in the menu. */
const MENU: ReadonlySet<string> = new Set<ControlName>(['invite', 'record']);

/** From the `controls` attribute: any separators, unknown names ignored, ours is the order. Empty: all. */
export function controlList(wish: string): readonly ControlName[] {
  const names = wish.split(/[\s,]+/).filter(Boolean);
  return CONTROLS.filter((name) => names.length === 0 || names.includes(name));
}

export interface Measured {
  readonly name: string;
  /** With what stands between it and the next. */
  readonly width: number;
}

/** Which go into the menu: from the end, until the rest and the button of the menu fit into `room`. */
export function overflow(buttons: readonly Measured[], room: number, more: number): readonly string[] {
  const inBar = buttons.filter(({ name }) => !MENU.has(name));
  const over = buttons.filter(({ name }) => MENU.has(name)).map(({ name }) => name);
  let width = inBar.reduce((sum, button) => sum + button.width, 0) + (over.length ? more : 0);
  if (width <= room) return over;
  if (!over.length) width += more;
  for (const button of inBar.reverse()) {
    if (width <= room) break;
    if (STAY.has(button.name)) continue;
    over.unshift(button.name);
    width -= button.width;
  }
  return over;
}

export interface ControlState {
  /** A press asks for the opposite. */
  readonly on: boolean;
  readonly pending: boolean;
  readonly problem: boolean;
}

export function controlState(source: LocalSource): ControlState {
  return {
    // What is true, not what is wished: on until it is off, off until it is on.
    on: source.status === 'on' || source.status === 'turning-off',
    pending: source.status === 'turning-on' || source.status === 'turning-off',
    problem: source.status === 'off' && source.error !== null,
  };
}

/** Where the focus goes in a toolbar; null when the key is not for it. */
export function nextIndex(key: string, index: number, count: number, rtl: boolean): number | null {
  const forward = rtl ? 'ArrowLeft' : 'ArrowRight';
  const back = rtl ? 'ArrowRight' : 'ArrowLeft';
  if (key === forward) return (index + 1) % count;
  if (key === back) return (index - 1 + count) % count;
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return null;
}
