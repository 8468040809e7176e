/** Reads what is needed of a TensorFlow Lite file: tensors, their numbers, operators. Knows the format only. */

/** @param {Buffer} file */
export function readModel(file) {
  const u32 = (at) => file.readUInt32LE(at);
  const i32 = (at) => file.readInt32LE(at);
  /** Where a table keeps its n-th field; 0: it has none. */
  const field = (table, n) => {
    const entries = table - i32(table);
    const slot = 4 + 2 * n;
    const offset = slot < file.readUInt16LE(entries) ? file.readUInt16LE(entries + slot) : 0;
    return offset && table + offset;
  };
  const target = (at) => at && at + u32(at);
  const vector = (at) => (at ? { length: u32(target(at)), at: target(at) + 4 } : { length: 0, at: 0 });
  const tables = (at) => {
    const { length, at: start } = vector(at);
    return Array.from({ length }, (_, i) => target(start + 4 * i));
  };
  const numbers = (at) => {
    const { length, at: start } = vector(at);
    return Array.from({ length }, (_, i) => i32(start + 4 * i));
  };
  const text = (at) => {
    const { length, at: start } = vector(at);
    return file.toString('utf8', start, start + length);
  };
  const byte = (at, otherwise = 0) => (at ? file.readInt8(at) : otherwise);

  const model = u32(0);
  const codes = tables(field(model, 1)).map((code) => {
    const newer = field(code, 3);
    return { builtin: Math.max(byte(field(code, 0)), newer && i32(newer)), custom: text(field(code, 1)) };
  });
  const buffers = tables(field(model, 4)).map((buffer) => vector(field(buffer, 0)));
  const [graph] = tables(field(model, 2));
  const tensors = tables(field(graph, 0)).map((tensor) => {
    const { length, at } = buffers[field(tensor, 2) && u32(field(tensor, 2))];
    return {
      shape: numbers(field(tensor, 0)),
      type: byte(field(tensor, 1)),
      data: length ? file.subarray(at, at + length) : null,
    };
  });
  const operators = tables(field(graph, 3)).map((operator) => {
    const options = target(field(operator, 4));
    return {
      ...codes[field(operator, 0) && u32(field(operator, 0))],
      inputs: numbers(field(operator, 1)),
      outputs: numbers(field(operator, 2)),
      optionByte: (n) => (options ? byte(field(options, n)) : 0),
      optionNumber: (n, otherwise = 0) => (options && field(options, n) ? i32(field(options, n)) : otherwise),
    };
  });
  return { tensors, operators, input: numbers(field(graph, 1))[0], output: numbers(field(graph, 2))[0] };
}
