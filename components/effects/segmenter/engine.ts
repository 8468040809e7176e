/**
 * Runs the model: a list of calls of the kernels, in order, over one piece of memory. Self-contained on purpose: its
 * source text is also what runs in the worker, so that no file has to be found and no page has to allow one.
 */
export interface Model {
  readonly width: number;
  readonly height: number;
  readonly input: number;
  readonly output: number;
  readonly weightsAt: number;
  readonly weightCount: number;
  /** Free from here on. */
  readonly scratch: number;
  readonly program: readonly (readonly [kernel: string, ...args: number[]])[];
}

export interface EngineParts {
  readonly module: WebAssembly.Module;
  readonly model: Model;
  /** Of 16 bits each. */
  readonly weights: Uint8Array;
}

/** From the bytes of a picture (RGBA) to those of a black picture with the person's opacity. Each call remembers the last. */
export type Engine = (rgba: Uint8ClampedArray) => Uint8ClampedArray<ArrayBuffer>;

/** How much of the last opacity stays: edges that do not tremble, and follow a turning head within three frames. */
export async function createEngine({ module, model, weights }: EngineParts): Promise<Engine> {
  const KEEP = 0.3;
  type Kernel = (...args: readonly number[]) => void;
  const { exports } = await WebAssembly.instantiate(module, { env: { abort: () => undefined } });
  const kernels = exports as unknown as Readonly<Record<string, Kernel>> & { readonly memory: WebAssembly.Memory };
  const call = (name: string, ...args: readonly number[]): void => (kernels[name] as Kernel)(...args);
  const pixels = model.width * model.height;
  const mask = model.scratch + pixels * 4;
  const end = Math.max(mask + pixels * 4, model.scratch + weights.byteLength);
  kernels.memory.grow(Math.max(0, Math.ceil((end - kernels.memory.buffer.byteLength) / 65_536)));
  const memory = new Uint8ClampedArray(kernels.memory.buffer);
  memory.set(weights, model.scratch);
  call('widen', model.scratch, model.weightCount, model.weightsAt);
  memory.fill(0, model.scratch, end);
  return (rgba) => {
    memory.set(rgba, model.scratch);
    call('picture', model.scratch, pixels, model.input);
    for (const [kernel, ...args] of model.program) call(kernel, ...args);
    call('opacity', model.output, pixels, mask, KEEP);
    return memory.slice(mask, mask + pixels * 4);
  };
}
