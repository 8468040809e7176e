/** What is behind the person: the blurred room, a picture, or one of ours. Draws; knows no person. */
import { CallError } from '../core/call-error.js';

export interface Backdrop {
  /** Fills the canvas, behind what is there. */
  draw(to: CanvasRenderingContext2D, frame: CanvasImageSource): void;
}

export async function backdropFor(background: string): Promise<Backdrop> {
  if (background === 'blur') return new Blur();
  const [scheme, name = ''] = background.split(':', 2);
  if (scheme !== 'builtin') return new Picture(await load(background));
  const colours = PICTURES[name];
  if (!colours) throw new CallError('IMAGE_BLOCKED', { message: `There is no picture of the name "${name}".` });
  return new Gradient(colours);
}

/** Drawn, not loaded: nothing to fetch, and no page can forbid it. From top to bottom; the last is a glow. */
const PICTURES: Readonly<Record<string, readonly string[]>> = {
  dusk: ['#1f2a5a', '#7a4e8c', '#f0a878', '#ffd9a0'],
  meadow: ['#8ec5e8', '#d8ecd2', '#5d9c6b', '#fff6cf'],
  studio: ['#4a4f5a', '#2e323b', '#1d2027', '#8b93a3'],
};

class Gradient implements Backdrop {
  readonly #colours: readonly string[];

  constructor(colours: readonly string[]) {
    this.#colours = colours;
  }

  draw(to: CanvasRenderingContext2D): void {
    const { width, height } = to.canvas;
    const [top = '', middle = '', bottom = '', light = ''] = this.#colours;
    const glow = to.createRadialGradient(width * 0.7, height * 0.35, 0, width * 0.7, height * 0.35, width * 0.5);
    glow.addColorStop(0, light);
    glow.addColorStop(1, `${light}00`);
    const ground = to.createLinearGradient(0, 0, 0, height);
    [top, middle, bottom].forEach((colour, i) => ground.addColorStop(i / 2, colour));
    to.save();
    to.globalAlpha = 0.6;
    to.fillStyle = glow;
    to.fillRect(0, 0, width, height);
    to.globalAlpha = 1;
    to.fillStyle = ground;
    to.fillRect(0, 0, width, height);
    to.restore();
  }
}

class Picture implements Backdrop {
  readonly #picture: HTMLImageElement;

  constructor(picture: HTMLImageElement) {
    this.#picture = picture;
  }

  draw(to: CanvasRenderingContext2D): void {
    const { width, height } = to.canvas;
    const { naturalWidth, naturalHeight } = this.#picture;
    const scale = Math.max(width / naturalWidth, height / naturalHeight);
    const [w, h] = [naturalWidth * scale, naturalHeight * scale];
    to.drawImage(this.#picture, (width - w) / 2, (height - h) / 2, w, h);
  }
}

/** Halves and doubles: soft, the same in every browser, and cheap without a graphics card. */
class Blur implements Backdrop {
  readonly #levels: readonly CanvasRenderingContext2D[] = [4, 8, 16, 24].map((part) => {
    const canvas = document.createElement('canvas');
    const { width, height } = FULL;
    canvas.width = Math.round(width / part);
    canvas.height = Math.round(height / part);
    return canvas.getContext('2d') as CanvasRenderingContext2D;
  });

  draw(to: CanvasRenderingContext2D, frame: CanvasImageSource): void {
    let from: CanvasImageSource = frame;
    for (const level of [...this.#levels, ...[...this.#levels].reverse().slice(1)]) {
      level.drawImage(from, 0, 0, level.canvas.width, level.canvas.height);
      from = level.canvas;
    }
    to.drawImage(from, 0, 0, to.canvas.width, to.canvas.height);
  }
}

const FULL = { width: 640, height: 360 };

async function load(address: string): Promise<HTMLImageElement> {
  const image = new Image();
  // Without it a picture of another site would turn the canvas into one that cannot be sent.
  image.crossOrigin = 'anonymous';
  try {
    image.src = new URL(address, document.baseURI).href;
    await image.decode();
    if (!image.naturalWidth || !image.naturalHeight) throw new TypeError('The picture has no size.');
  } catch (cause) {
    throw new CallError('IMAGE_BLOCKED', { cause });
  }
  return image;
}
