/**
 * A worker from source text. A page may embed us from another origin, where a worker's file could not be loaded;
 * text can always. A page whose CSP forbids `worker-src blob:` gets null, or `failed` a moment later.
 */
export interface InlineWorker {
  post(message: unknown, transfer?: readonly Transferable[]): void;
  close(): void;
}

export function inlineWorker(source: string, heard: (message: unknown) => void, failed: () => void): InlineWorker | null {
  try {
    const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
    const worker = new Worker(url);
    worker.addEventListener('message', ({ data }) => heard(data));
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      failed();
    });
    return {
      post: (message, transfer = []) => worker.postMessage(message, [...transfer]),
      close: () => {
        worker.terminate();
        URL.revokeObjectURL(url);
      },
    };
  } catch {
    return null;
  }
}
