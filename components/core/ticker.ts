/**
 * An even beat that goes on in a background tab, where the timers of a page slow down to one a second and
 * animation frames stop. Without a worker it is the page's own timer.
 */
import { inlineWorker } from './inline-worker.js';

/** @returns ends it */
export function everyFewMs(ms: number, beat: () => void): () => void {
  let timer: ReturnType<typeof setInterval> | undefined;
  const plain = (): void => void (timer ??= setInterval(beat, ms));
  const worker = inlineWorker(`setInterval(()=>postMessage(0),${ms})`, beat, plain);
  if (!worker) plain();
  return () => {
    worker?.close();
    clearInterval(timer);
  };
}
