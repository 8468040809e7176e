/** Finds the person in a picture: in a worker, so that the page stays quick; in the page where it allows no worker. */
import { inlineWorker } from '../../core/inline-worker.js';
import { createEngine, type Engine, type EngineParts } from './engine.js';

export interface Segmenter {
  /** In a worker: the page does not wait. */
  readonly apart: boolean;
  /** The size it wants pictures in. */
  readonly width: number;
  readonly height: number;
  /** The person's opacity, as a black picture; edges follow the last call. One at a time; null after `close()`. */
  find(picture: ImageData): Promise<ImageData | null>;
  close(): void;
}

/** Loaded when first needed; the same for every track. Rejects where there is no WebAssembly with SIMD, or a CSP forbids it. */
export async function loadParts(): Promise<EngineParts> {
  const [{ MODEL, WEIGHTS }, { KERNELS }] = await Promise.all([import('./model.js'), import('./kernels.js')]);
  return { model: MODEL, weights: bytes(WEIGHTS), module: await WebAssembly.compile(bytes(KERNELS)) };
}

function bytes(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

const WORKER = `
let engine;
onmessage = async ({ data }) => {
  if (!engine) engine = await (${createEngine.toString()})(data);
  if (data.module) return postMessage(null);
  const found = engine(data);
  postMessage(found, [found.buffer]);
};
addEventListener('unhandledrejection', ({ reason }) => { throw reason; });
`;

export async function createSegmenter(parts: EngineParts): Promise<Segmenter> {
  const { width, height } = parts.model;
  const run = (await inWorker(parts)) ?? (await inPage(parts));
  return {
    apart: run.apart,
    width,
    height,
    find: async ({ data }) => {
      const found = await run.find(data);
      return found && new ImageData(found, width, height);
    },
    close: run.close,
  };
}

interface Runner {
  readonly apart: boolean;
  readonly find: (rgba: Uint8ClampedArray) => Promise<Uint8ClampedArray<ArrayBuffer> | null>;
  readonly close: () => void;
}

/** Null where a worker is not allowed. One that fails later is replaced by the page. */
async function inWorker(parts: EngineParts): Promise<Runner | null> {
  let heard: (message: Uint8ClampedArray<ArrayBuffer> | null) => void = () => undefined;
  let here: Promise<Engine> | undefined;
  let broken = false;
  const worker = inlineWorker(
    WORKER,
    (message) => heard(message as Uint8ClampedArray<ArrayBuffer> | null),
    () => {
      broken = true;
      heard(null);
    },
  );
  if (!worker) return null;
  await new Promise((ready) => {
    heard = ready;
    worker.post(parts);
  });
  if (broken) {
    worker.close();
    return null;
  }
  return {
    apart: true,
    find: async (rgba) => {
      if (broken) return (await (here ??= createEngine(parts)))(rgba);
      return new Promise((found) => {
        heard = found;
        worker.post(rgba, [rgba.buffer]);
      });
    },
    close: () => {
      worker.close();
      heard(null);
    },
  };
}

async function inPage(parts: EngineParts): Promise<Runner> {
  const engine = await createEngine(parts);
  return { apart: false, find: async (rgba) => engine(rgba), close: () => undefined };
}
