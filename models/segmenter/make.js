/**
 * `npm run models`: writes components/effects/segmenter/{model,kernels}.ts from the published model and our kernels.
 *
 * The model (MediaPipe Selfie Segmentation, landscape, Apache-2.0) is turned into a list of calls of the kernels with
 * fixed addresses, and its weights into the order in which the kernels read them. What runs in a page is that list:
 * no interpreter, nothing to look up, a quarter of a megabyte in all.
 */
import { readFileSync, writeFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';
import { format, resolveConfig } from 'prettier';
import { readModel } from './flatbuffer.js';

const HERE = dirname(fileURLToPath(import.meta.url));
const OUT = join(HERE, '../../components/effects/segmenter');
const MODEL = createRequire(import.meta.url).resolve('@mediapipe/selfie_segmentation/selfie_segmentation_landscape.tflite');

const OP = {
  0: 'add',
  3: 'conv',
  4: 'depthwise',
  6: 'widen',
  14: 'logistic',
  18: 'mul',
  19: 'relu',
  23: 'resize',
  32: 'custom',
  40: 'mean',
  117: 'swish',
};
const ACTIVATION = { relu: 1, swish: 2, logistic: 3 };
/** Below it the compiler keeps its own constants. */
const BASE = 4096;

const { tensors, operators, input, output } = readModel(readFileSync(MODEL));
const count = (tensor) => tensors[tensor].shape.reduce((a, b) => a * b, 1);
const steps = operators.map((operator) => ({ ...operator, op: OP[operator.builtin] ?? `unknown ${operator.builtin}` }));

// Weights are stored as 16-bit numbers and widened by an operator of their own: look behind it.
const weights = new Map(steps.filter(({ op }) => op === 'widen').map(({ inputs, outputs }) => [outputs[0], tensors[inputs[0]]]));
const packed = [];
let packedCount = 0;
/** Puts weights at the end, in the order given by `at` (index in the new order → index in the file). */
function pack(tensor, at) {
  const { data, type } = weights.get(tensor);
  if (type !== 1) throw new Error('weights of 16 bits expected');
  const length = count(tensor);
  const where = packedCount;
  for (let i = 0; i < length; i++) packed.push(data.readUInt16LE(2 * at(i)));
  packedCount += length;
  while (packedCount % 4) packedCount = packed.push(0);
  return { weight: where };
}
const same = (i) => i;

// Activations are done where the number is made, if nobody else needs it without.
const users = (tensor) => steps.filter(({ inputs }) => inputs.includes(tensor));
const fused = new Map();
for (const step of steps) {
  if (step.op !== 'conv' && step.op !== 'depthwise') continue;
  const [next, ...more] = users(step.outputs[0]);
  if (!more.length && next && ACTIVATION[next.op]) fused.set(step, next);
}
const absorbed = new Set(fused.values());

/** TensorFlow's "same": what is missing is added, the odd one at the end. */
const padding = (size, out, k, stride) => Math.floor(Math.max((out - 1) * stride + k - size, 0) / 2);

const calls = [];
for (const step of steps) {
  if (step.op === 'widen' || absorbed.has(step)) continue;
  const [a, b, c] = step.inputs;
  const last = fused.get(step);
  const out = (last ?? step).outputs[0];
  const act = last ? ACTIVATION[last.op] : 0;
  const [, h, w, cin] = tensors[a].shape;
  const [, oh, ow, cout] = tensors[out].shape;
  const from = { tensor: a };
  const to = { tensor: out };
  if (step.op === 'conv') {
    const [, k, , depth] = tensors[b].shape;
    const stride = step.optionNumber(1);
    if (k === 1) {
      // For each eight outputs, for each input, eight numbers.
      const order = (i) => {
        const [group, rest] = [Math.floor(i / (8 * cin)), i % (8 * cin)];
        return (group * 8 + (rest % 8)) * cin + Math.floor(rest / 8);
      };
      calls.push(['pointwise', from, h * w, cin, pack(b, order), pack(c, same), to, cout, act]);
    } else {
      if (depth !== 3) throw new Error('a wide convolution of three colours only');
      const order = (i) => (i % cout) * (k * k * 3) + Math.floor(i / cout);
      calls.push([
        'colours',
        from,
        h,
        w,
        k,
        stride,
        padding(h, oh, k, stride),
        pack(b, order),
        pack(c, same),
        to,
        oh,
        ow,
        cout,
        act,
      ]);
    }
  } else if (step.op === 'depthwise') {
    const k = tensors[b].shape[1];
    const stride = step.optionNumber(1);
    calls.push([
      'depthwise',
      from,
      h,
      w,
      cin,
      k,
      stride,
      padding(h, oh, k, stride),
      pack(b, same),
      pack(c, same),
      to,
      oh,
      ow,
      act,
    ]);
  } else if (step.op === 'mean') calls.push(['mean', from, h * w, cin, to]);
  else if (step.op === 'mul') calls.push(['scale', from, h * w, cin, { tensor: b }, to]);
  else if (step.op === 'add') calls.push(['add', from, { tensor: b }, count(out), to]);
  else if (step.op === 'resize' && step.optionByte(3) && !step.optionByte(2)) calls.push(['enlarge', from, h, w, cin, to]);
  else if (step.op === 'custom' && step.custom === 'Convolution2DTransposeBias') {
    const sigmoid = steps.find(({ op, inputs }) => op === 'logistic' && inputs[0] === out);
    absorbed.add(sigmoid);
    calls.push(['spread', from, h, w, cin, pack(b, same), pack(c, same), { tensor: sigmoid.outputs[0] }]);
  } else throw new Error(`no kernel for ${step.op} ${step.custom}`);
}

// Memory: each picture lives from the call that makes it to the last that reads it; the first gap that fits is taken.
const reads = (call) =>
  call
    .slice(1)
    .filter((x) => x.tensor !== undefined)
    .map((x) => x.tensor);
const lastUse = new Map();
calls.forEach((call, i) => reads(call).forEach((tensor) => lastUse.set(tensor, i)));
lastUse.set(output, Infinity);
const weightsAt = BASE;
const arenaAt = weightsAt + packedCount * 4;
const live = [];
const address = new Map();
let top = arenaAt;
function place(tensor, now) {
  for (let i = live.length; i--;) if (live[i].until < now) live.splice(i, 1);
  const bytes = Math.ceil((count(tensor) * 4) / 16) * 16;
  let at = arenaAt;
  for (const block of live.sort((x, y) => x.at - y.at)) {
    if (at + bytes <= block.at) break;
    at = Math.max(at, block.at + block.bytes);
  }
  live.push({ at, bytes, until: lastUse.get(tensor) });
  address.set(tensor, at);
  top = Math.max(top, at + bytes);
}
place(input, 0);
calls.forEach((call, i) => reads(call).forEach((tensor) => address.has(tensor) || place(tensor, i)));

const program = calls.map(([kernel, ...args]) => [
  kernel,
  ...args.map((x) => (typeof x === 'number' ? x : x.tensor === undefined ? weightsAt + 4 * x.weight : address.get(x.tensor))),
]);
const [, height, width] = tensors[input].shape;
const half = Buffer.alloc(packedCount * 2);
packed.forEach((value, i) => half.writeUInt16LE(value, 2 * i));

const { error, stderr, binary } = await compile();
if (error) throw new Error(`${stderr}`);

const base64 = (bytes) => Buffer.from(bytes).toString('base64');
mkdirSync(OUT, { recursive: true });
await write(
  'model.ts',
  `/**
 * Generated by models/segmenter/make.js: do not edit. The weights are those of MediaPipe Selfie Segmentation (landscape),
 * Copyright Google LLC, licensed under the Apache License, Version 2.0: http://www.apache.org/licenses/LICENSE-2.0
 * They were put into another order.
 */
import type { Model } from './engine.js';

export const MODEL: Model = ${JSON.stringify({
    width,
    height,
    input: address.get(input),
    output: address.get(output),
    weightsAt,
    weightCount: packedCount,
    scratch: Math.ceil(top / 16) * 16,
    program,
  })};

/** 16-bit numbers, little-endian. */
export const WEIGHTS: string = '${base64(half)}';
`,
);
await write(
  'kernels.ts',
  `/** Generated by models/segmenter/make.js from models/segmenter/kernels.ts: do not edit. A WebAssembly module. */
export const KERNELS: string = '${base64(binary)}';
`,
);

async function compile() {
  const files = new Map([['kernels.ts', readFileSync(join(HERE, 'kernels.ts'), 'utf8')]]);
  const made = { binary: new Uint8Array() };
  const result = await asc.main(
    ['kernels.ts', '-O3', '--runtime', 'stub', '--enable', 'simd', '--noAssert', '-o', 'kernels.wasm'],
    {
      readFile: (name) => files.get(name) ?? null,
      writeFile: (name, bytes) => void (name === 'kernels.wasm' && (made.binary = bytes)),
      listFiles: () => [],
    },
  );
  return { ...result, ...made };
}

async function write(name, text) {
  const path = join(OUT, name);
  writeFileSync(path, await format(text, { ...(await resolveConfig(path)), filepath: path }));
}
