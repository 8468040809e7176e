/** Which controls the toolbar has, and what each says about its device. No DOM. */
import type { Publishable } from '../../server/protocol/rights.js';
import type { LocalSource } from '../core/participant.js';

/** Of the names in API.md, those that exist so far, in the order they stand. */
export const CONTROLS = ['microphone', 'camera', 'screenshare', 'people', 'leave'] as const;
export type ControlName = (typeof CONTROLS)[number];

export interface Possible {
  /** What we may send; a viewer sends nothing. */
  readonly publish: readonly Publishable[];
  /** The browser can share screens. */
  readonly screenshare: boolean;
}

/** From the `controls` attribute: any separators, unknown names ignored, ours is the order. Empty: all. */
export function controlList(wish: string, { publish, screenshare }: Possible): readonly ControlName[] {
  const names = wish.split(/[\s,]+/).filter(Boolean);
  const possible: Readonly<Partial<Record<ControlName, boolean>>> = {
    microphone: publish.includes('microphone'),
    camera: publish.includes('camera'),
    screenshare: screenshare && publish.includes('screen'),
  };
  return CONTROLS.filter((name) => (names.length === 0 || names.includes(name)) && possible[name] !== false);
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
