/**
 * The arithmetic of the segmenter, in AssemblyScript: few kernels over raw memory, pictures as height × width ×
 * channels of 32-bit floats. Channels come in eights, so everything is done four at a time. Addresses are given
 * by the program that make.js writes; nothing is allocated here.
 */

/** 0 nothing, 1 ReLU, 2 hard swish, 3 logistic. */
// @ts-ignore: decorator
@inline
function activate(x: v128, kind: i32): v128 {
  if (kind == 1) return f32x4.max(x, f32x4.splat(0));
  if (kind == 2) {
    const gate = f32x4.min(f32x4.max(f32x4.add(x, f32x4.splat(3)), f32x4.splat(0)), f32x4.splat(6));
    return f32x4.mul(f32x4.mul(x, gate), f32x4.splat(1.0 / 6.0));
  }
  if (kind == 3) {
    return f32x4(
      logistic(f32x4.extract_lane(x, 0)),
      logistic(f32x4.extract_lane(x, 1)),
      logistic(f32x4.extract_lane(x, 2)),
      logistic(f32x4.extract_lane(x, 3)),
    );
  }
  return x;
}

function logistic(x: f32): f32 {
  return 1 / (1 + Mathf.exp(-x));
}

/** A 1 × 1 convolution: a product of matrices. Weights: for each eight outputs, for each input, eight numbers. */
export function pointwise(src: usize, pixels: i32, cin: i32, w: usize, bias: usize, dst: usize, cout: i32, act: i32): void {
  const sx = <usize>cin << 2;
  const sy = <usize>cout << 2;
  for (let co = 0; co < cout; co += 8) {
    const wc = w + ((<usize>co * cin) << 2);
    const b0 = v128.load(bias + (<usize>co << 2));
    const b1 = v128.load(bias + (<usize>co << 2), 16);
    let s = src;
    let d = dst + (<usize>co << 2);
    let p = 0;
    for (; p + 4 <= pixels; p += 4) {
      let a0 = b0, a1 = b1, c0 = b0, c1 = b1, e0 = b0, e1 = b1, g0 = b0, g1 = b1;
      let ww = wc;
      const end = s + sx;
      for (let x = s; x < end; x += 4) {
        const w0 = v128.load(ww);
        const w1 = v128.load(ww, 16);
        ww += 32;
        const x0 = v128.load_splat<f32>(x);
        const x1 = v128.load_splat<f32>(x + sx);
        const x2 = v128.load_splat<f32>(x + 2 * sx);
        const x3 = v128.load_splat<f32>(x + 3 * sx);
        a0 = f32x4.add(a0, f32x4.mul(x0, w0));
        a1 = f32x4.add(a1, f32x4.mul(x0, w1));
        c0 = f32x4.add(c0, f32x4.mul(x1, w0));
        c1 = f32x4.add(c1, f32x4.mul(x1, w1));
        e0 = f32x4.add(e0, f32x4.mul(x2, w0));
        e1 = f32x4.add(e1, f32x4.mul(x2, w1));
        g0 = f32x4.add(g0, f32x4.mul(x3, w0));
        g1 = f32x4.add(g1, f32x4.mul(x3, w1));
      }
      v128.store(d, activate(a0, act));
      v128.store(d, activate(a1, act), 16);
      v128.store(d + sy, activate(c0, act));
      v128.store(d + sy, activate(c1, act), 16);
      v128.store(d + 2 * sy, activate(e0, act));
      v128.store(d + 2 * sy, activate(e1, act), 16);
      v128.store(d + 3 * sy, activate(g0, act));
      v128.store(d + 3 * sy, activate(g1, act), 16);
      s += 4 * sx;
      d += 4 * sy;
    }
    for (; p < pixels; p++) {
      let a0 = b0, a1 = b1;
      let ww = wc;
      const end = s + sx;
      for (let x = s; x < end; x += 4) {
        const x0 = v128.load_splat<f32>(x);
        a0 = f32x4.add(a0, f32x4.mul(x0, v128.load(ww)));
        a1 = f32x4.add(a1, f32x4.mul(x0, v128.load(ww, 16)));
        ww += 32;
      }
      v128.store(d, activate(a0, act));
      v128.store(d, activate(a1, act), 16);
      s += sx;
      d += sy;
    }
  }
}

/** The first step, from three colours: a k × k convolution. Weights: ky, kx, input, output. */
export function colours(src: usize, h: i32, w: i32, k: i32, stride: i32, pad: i32, weights: usize, bias: usize, dst: usize, oh: i32, ow: i32, cout: i32, act: i32): void {
  let d = dst;
  const row = <usize>cout << 2;
  for (let oy = 0; oy < oh; oy++) {
    for (let ox = 0; ox < ow; ox++) {
      for (let co: usize = 0; co < row; co += 16) {
        let acc = v128.load(bias + co);
        for (let ky = 0; ky < k; ky++) {
          const y = oy * stride + ky - pad;
          if (y < 0 || y >= h) continue;
          for (let kx = 0; kx < k; kx++) {
            const x = ox * stride + kx - pad;
            if (x < 0 || x >= w) continue;
            const s = src + (<usize>((y * w + x) * 3) << 2);
            const ww = weights + <usize>((ky * k + kx) * 3) * row + co;
            acc = f32x4.add(acc, f32x4.mul(v128.load_splat<f32>(s), v128.load(ww)));
            acc = f32x4.add(acc, f32x4.mul(v128.load_splat<f32>(s, 4), v128.load(ww + row)));
            acc = f32x4.add(acc, f32x4.mul(v128.load_splat<f32>(s, 8), v128.load(ww + 2 * row)));
          }
        }
        v128.store(d + co, activate(acc, act));
      }
      d += row;
    }
  }
}

/** Each channel by itself: a k × k convolution. Weights: ky, kx, channel. */
export function depthwise(src: usize, h: i32, w: i32, c: i32, k: i32, stride: i32, pad: i32, weights: usize, bias: usize, dst: usize, oh: i32, ow: i32, act: i32): void {
  let d = dst;
  const row = <usize>c << 2;
  for (let oy = 0; oy < oh; oy++) {
    const y0 = oy * stride - pad;
    const ky0 = max(0, -y0);
    const ky1 = min(k, h - y0);
    for (let ox = 0; ox < ow; ox++) {
      const x0 = ox * stride - pad;
      const kx0 = max(0, -x0);
      const kx1 = min(k, w - x0);
      for (let ch: usize = 0; ch < row; ch += 16) {
        let acc = v128.load(bias + ch);
        for (let ky = ky0; ky < ky1; ky++) {
          let s = src + <usize>((y0 + ky) * w + x0 + kx0) * row + ch;
          let ww = weights + <usize>(ky * k + kx0) * row + ch;
          for (let kx = kx0; kx < kx1; kx++) {
            acc = f32x4.add(acc, f32x4.mul(v128.load(s), v128.load(ww)));
            s += row;
            ww += row;
          }
        }
        v128.store(d + ch, activate(acc, act));
      }
      d += row;
    }
  }
}

/** The mean of each channel over all pixels. */
export function mean(src: usize, pixels: i32, c: i32, dst: usize): void {
  const row = <usize>c << 2;
  const scale = f32x4.splat(1 / <f32>pixels);
  for (let ch: usize = 0; ch < row; ch += 16) {
    let acc = f32x4.splat(0);
    let s = src + ch;
    for (let p = 0; p < pixels; p++) {
      acc = f32x4.add(acc, v128.load(s));
      s += row;
    }
    v128.store(dst + ch, f32x4.mul(acc, scale));
  }
}

/** Each channel times a number of its own. */
export function scale(src: usize, pixels: i32, c: i32, factors: usize, dst: usize): void {
  const row = <usize>c << 2;
  for (let p = 0; p < pixels; p++) {
    const at = <usize>p * row;
    for (let ch: usize = 0; ch < row; ch += 16)
      v128.store(dst + at + ch, f32x4.mul(v128.load(src + at + ch), v128.load(factors + ch)));
  }
}

export function add(a: usize, b: usize, count: i32, dst: usize): void {
  const end = <usize>count << 2;
  for (let i: usize = 0; i < end; i += 16) v128.store(dst + i, f32x4.add(v128.load(a + i), v128.load(b + i)));
}

/** Twice as wide and high, between the centres of pixels. */
export function enlarge(src: usize, h: i32, w: i32, c: i32, dst: usize): void {
  const row = <usize>c << 2;
  let d = dst;
  for (let oy = 0; oy < 2 * h; oy++) {
    const y = (<f32>oy + 0.5) * 0.5 - 0.5;
    const y0 = max(<i32>Mathf.floor(y), 0);
    const y1 = min(<i32>Mathf.ceil(y), h - 1);
    const fy = f32x4.splat(y - <f32>y0);
    for (let ox = 0; ox < 2 * w; ox++) {
      const x = (<f32>ox + 0.5) * 0.5 - 0.5;
      const x0 = max(<i32>Mathf.floor(x), 0);
      const x1 = min(<i32>Mathf.ceil(x), w - 1);
      const fx = f32x4.splat(x - <f32>x0);
      const p00 = src + <usize>(y0 * w + x0) * row;
      const p01 = src + <usize>(y0 * w + x1) * row;
      const p10 = src + <usize>(y1 * w + x0) * row;
      const p11 = src + <usize>(y1 * w + x1) * row;
      for (let ch: usize = 0; ch < row; ch += 16) {
        const top = mix(v128.load(p00 + ch), v128.load(p01 + ch), fx);
        const bottom = mix(v128.load(p10 + ch), v128.load(p11 + ch), fx);
        v128.store(d + ch, mix(top, bottom, fy));
      }
      d += row;
    }
  }
}

// @ts-ignore: decorator
@inline
function mix(a: v128, b: v128, f: v128): v128 {
  return f32x4.add(a, f32x4.mul(f32x4.sub(b, a), f));
}

/** The last step: each pixel becomes four, one number each. Weights: ky, kx, input. */
export function spread(src: usize, h: i32, w: i32, c: i32, weights: usize, bias: usize, dst: usize): void {
  const row = <usize>c << 2;
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const s = src + <usize>(y * w + x) * row;
      for (let k = 0; k < 4; k++) {
        let acc = f32x4.splat(0);
        const ww = weights + <usize>k * row;
        for (let ch: usize = 0; ch < row; ch += 16) acc = f32x4.add(acc, f32x4.mul(v128.load(s + ch), v128.load(ww + ch)));
        const sum =
          f32x4.extract_lane(acc, 0) + f32x4.extract_lane(acc, 1) + f32x4.extract_lane(acc, 2) + f32x4.extract_lane(acc, 3);
        const at = (2 * y + (k >> 1)) * (2 * w) + 2 * x + (k & 1);
        store<f32>(dst + (<usize>at << 2), logistic(sum + load<f32>(bias)));
      }
    }
  }
}

/** From a canvas: bytes of red, green, blue, alpha. */
export function picture(src: usize, pixels: i32, dst: usize): void {
  for (let p: usize = 0; p < <usize>pixels; p++) {
    const s = src + (p << 2);
    const d = dst + p * 12;
    store<f32>(d, <f32>load<u8>(s) / 255);
    store<f32>(d, <f32>load<u8>(s, 1) / 255, 4);
    store<f32>(d, <f32>load<u8>(s, 2) / 255, 8);
  }
}

/**
 * For a canvas: black with the person's opacity. Steepened, so that a doubtful background does not shimmer, and
 * mixed with what was there before (`keep`, 0 to 1), so that edges do not tremble.
 */
export function opacity(src: usize, pixels: i32, dst: usize, keep: f32): void {
  for (let p: usize = 0; p < <usize>pixels; p++) {
    const t = min(max((load<f32>(src + (p << 2)) - 0.3) / 0.5, <f32>0), <f32>1);
    const now = t * t * (3 - 2 * t) * 255;
    const before = <f32>load<u8>(dst + (p << 2), 3);
    store<u8>(dst + (p << 2), <u8>(now + (before - now) * keep + 0.5), 3);
  }
}

/** Numbers of 16 bits, as the weights are stored, to numbers of 32. None of them is infinite. */
export function widen(src: usize, count: i32, dst: usize): void {
  for (let i: usize = 0; i < <usize>count; i++) {
    const half = <u32>load<u16>(src + (i << 1));
    const sign = (half & 0x8000) << 16;
    const rest = half & 0x7fff;
    const value =
      rest < 0x400 ? reinterpret<u32>(<f32>rest * <f32>5.9604644775390625e-8) : (rest << 13) + ((127 - 15) << 23);
    store<u32>(dst + (i << 2), sign | value);
  }
}
