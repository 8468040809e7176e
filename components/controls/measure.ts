/** How wide everything in the bar is, also what is out of it at the moment: that is only hidden, for this purpose. */
import type { Measured } from '../shared/controls/control-list.js';
import { scaleOf } from '../shared/window-of.js';

export interface Measures {
  readonly buttons: readonly Measured[];
  /** For the buttons. */
  readonly room: number;
  /** The button of the menu. */
  readonly more: number;
}

export function measure(bar: HTMLElement, width: number): Measures {
  const style = getComputedStyle(bar);
  const gap = px(style.columnGap);
  const scale = scaleOf(bar);
  const of = (element: Element): number => {
    const { marginInlineStart } = getComputedStyle(element);
    return element.getBoundingClientRect().width / scale + px(marginInlineStart) + gap;
  };
  const theirs = [...bar.querySelectorAll('slot')].flatMap((slot) => slot.assignedElements());
  const taken = theirs.reduce((sum, element) => sum + of(element), px(style.paddingInlineStart) + px(style.paddingInlineEnd));
  const buttons: Measured[] = [];
  for (const child of bar.children) {
    const name =
      child.querySelector<HTMLElement>('[data-control]')?.dataset['control'] ?? (child as HTMLElement).dataset['control'];
    if (name && name !== 'more') buttons.push({ name, width: of(child) });
  }
  const round = bar.querySelector('[data-control]'); // they are all alike
  return { buttons, room: width - taken + gap, more: round ? of(round) : 0 };
}

const px = (value: string): number => parseFloat(value) || 0;
