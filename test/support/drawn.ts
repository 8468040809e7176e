/** When a page of elements has come to rest. Waits for frames and for what is still to be drawn, never for a time. */
import type { LitElement } from 'lit';
import { everything } from '../../demo/gallery/find.js';

/** The browser's own, whatever a test puts in its place. */
const nextFrame = window.requestAnimationFrame.bind(window);
/** Sizes are told to their observers between the two. */
const frame = (): Promise<void> => new Promise((shown) => nextFrame(() => setTimeout(shown)));

const waits = (element: Element): element is LitElement => (element as Partial<LitElement>).isUpdatePending === true;

/**
 * Frames of the browser, and on until two in a row leave no element with anything to draw. More of them for what is
 * fetched or told in steps.
 */
export async function frames(atLeast = 2): Promise<void> {
  for (let turn = 0, quiet = 0; turn < atLeast || quiet < 2; turn++) {
    await frame();
    const busy = [...everything(document)].filter(waits);
    await Promise.all(busy.map(({ updateComplete }) => updateComplete));
    quiet = busy.length ? 0 : quiet + 1;
  }
}

/** What glides or fades is where it ends, and so is what that begins; what turns for ever is not begun. */
export async function arrived(): Promise<void> {
  for (;;) {
    await frames();
    const moving = [...everything(document.body)]
      .flatMap((element) => element.getAnimations())
      .filter(({ playState }) => playState === 'running');
    if (!moving.length) return;
    for (const animation of moving)
      if (animation.effect?.getComputedTiming().endTime === Infinity) animation.cancel();
      else animation.finish();
  }
}
