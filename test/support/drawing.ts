/**
 * How Chromium puts a page together: frames of the screen, and the pictures those are made of. One picture a frame is a page
 * drawn in one go; more mean that something is drawn aside first, with every frame of whatever moves in it.
 */
import type { Page } from 'puppeteer-core';

export interface Drawing {
  readonly frames: number;
  /** Pictures all frames together were made of; each frame is one itself. */
  readonly passes: number;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
}

/** While the task runs. What other pages of the browser draw is counted, too. */
export async function drawing(page: Page, task: () => Promise<unknown>): Promise<Drawing> {
  await page.tracing.start({ categories: ['viz'] });
  await task();
  const { traceEvents } = JSON.parse(new TextDecoder().decode(await page.tracing.stop())) as {
    readonly traceEvents: readonly TraceEvent[];
  };
  const count = (name: string): number => traceEvents.filter((event) => event.ph === 'X' && event.name === name).length;
  return { frames: count('DirectRenderer::DrawFrame'), passes: count('DirectRenderer::DrawRenderPass') };
}
