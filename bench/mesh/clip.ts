/**
 * A camera with something to look at: the browsers' fake one shows a still picture, which costs no encoder anything.
 * Writes a short clip of a drifting texture with a bright shape before it, the same every time.
 */
import { closeSync, openSync, writeSync } from 'node:fs';

const FRAMES = 40;

export function writeClip(
  path: string,
  { width, height, frameRate }: { width: number; height: number; frameRate: number },
): void {
  const file = openSync(path, 'w');
  writeSync(file, `YUV4MPEG2 W${width} H${height} F${frameRate}:1 Ip A1:1 C420jpeg\n`);
  const side = 1_024;
  const texture = new Uint8Array(side * side);
  let seed = 1;
  for (let at = 0; at < texture.length; at += 1) {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    // Every pixel is mostly like its neighbours, as in a room.
    texture[at] = Math.round(
      0.9 * (at >= side ? ((texture[at - 1] ?? 128) + (texture[at - side] ?? 128)) / 2 : 128) + 0.1 * (seed >> 23),
    );
  }
  const colour = Buffer.alloc((width / 2) * (height / 2) * 2, 128);
  for (let frame = 0; frame < FRAMES; frame += 1) {
    // There and back again, so that the clip has no cut where it starts anew.
    const turn = frame < FRAMES / 2 ? frame : FRAMES - frame;
    const [middle, centre] = [width / 2 + turn * 4 - FRAMES, height / 2 + turn * 2 - FRAMES / 2];
    const light = Buffer.alloc(width * height);
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        const inside = ((x - middle) / (width / 6)) ** 2 + ((y - centre) / (height / 3)) ** 2 < 1;
        const grain = texture[((y + turn * (inside ? 1 : 2)) % side) * side + ((x + turn * (inside ? 5 : 3)) % side)] ?? 0;
        light[y * width + x] = inside ? Math.min(255, 90 + grain) : grain;
      }
    }
    writeSync(file, 'FRAME\n');
    writeSync(file, light);
    writeSync(file, colour);
  }
  closeSync(file);
}
