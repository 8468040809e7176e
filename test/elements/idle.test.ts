import { expect } from '@open-wc/testing';
import '../../components/index.js';
import { fakeRoom, frames, joined, me } from '../support/fake-rooms.js';
import { until } from '../support/until.js';

const NAMES = Array.from({ length: 24 }, (_, index) => `Person${index}`);
const HUSHED = new Map(NAMES.map((name) => [name.toLowerCase(), 0] as const));

/** Counts while a task runs what would have the browser measure the page, or run a script for each frame. */
async function counted(task: () => Promise<void>): Promise<{ readonly measured: number; readonly framesAsked: number }> {
  const counts = { measured: 0, framesAsked: 0 };
  const restore: (() => void)[] = [];
  const watch = (owner: object, name: string, count: keyof typeof counts): void => {
    const own = Object.getOwnPropertyDescriptor(owner, name);
    if (!own) throw new Error(`no ${name}`);
    const key = own.get ? 'get' : 'value';
    const real = own[key] as (...args: unknown[]) => unknown;
    Object.defineProperty(owner, name, {
      ...own,
      [key](this: unknown, ...args: unknown[]) {
        counts[count] += 1;
        return real.apply(this, args);
      },
    });
    restore.push(() => Object.defineProperty(owner, name, own));
  };
  for (const name of ['offsetWidth', 'offsetHeight', 'offsetTop', 'offsetLeft']) watch(HTMLElement.prototype, name, 'measured');
  for (const name of ['clientWidth', 'clientHeight', 'scrollHeight', 'scrollWidth', 'getBoundingClientRect', 'getClientRects'])
    watch(Element.prototype, name, 'measured');
  watch(window, 'getComputedStyle', 'measured');
  watch(window, 'requestAnimationFrame', 'framesAsked');
  try {
    await task();
  } finally {
    for (const back of restore) back();
  }
  return counts;
}

/** Elements whose place or look was written anew while a task ran, through the shadow roots given. */
async function restyled(roots: readonly Node[], task: () => Promise<void>): Promise<ReadonlySet<Node>> {
  const records: MutationRecord[] = [];
  const observer = new MutationObserver((more) => records.push(...more));
  for (const root of roots) observer.observe(root, { attributes: true, subtree: true, childList: true, characterData: true });
  await task();
  records.push(...observer.takeRecords());
  observer.disconnect();
  return new Set(records.map(({ target }) => target));
}

/** What surrounds an element on the screen, up to the outermost. */
function* around(element: Element): Generator<Element> {
  const parent = element.assignedSlot ?? element.parentNode;
  const next = parent instanceof ShadowRoot ? parent.host : parent;
  if (!(next instanceof Element)) return;
  yield next;
  yield* around(next);
}

/** Browsers draw a picture in one go with the page around it as long as there is none of this, and one round clip at most. */
function drawnAside(element: Element): boolean {
  const { filter, backdropFilter, maskImage, clipPath, mixBlendMode, opacity } = getComputedStyle(element);
  return (
    [filter, backdropFilter, maskImage, clipPath].some((value) => value && value !== 'none') ||
    mixBlendMode !== 'normal' ||
    opacity !== '1'
  );
}

function clipsRound(element: Element): boolean {
  const { overflowX, borderTopLeftRadius } = getComputedStyle(element);
  return overflowX !== 'visible' && borderTopLeftRadius !== '0px';
}

describe('a room of twenty-five, while nothing moves', () => {
  it('has one round clip around each picture, and nothing that is drawn aside', async () => {
    const { room, tiles } = await fakeRoom(joined(...NAMES), { layout: 'grid' });
    const shown = () => tiles().every((tile) => tile.getAnimations({ subtree: true }).length === 0);
    await until('the tiles to have appeared', () => tiles().length === NAMES.length + 1 && shown());
    for (const tile of tiles()) {
      const video = tile.shadowRoot?.querySelector('video') as HTMLVideoElement;
      const surroundings = [...around(video)];
      expect(surroundings).to.include(room);
      expect(surroundings.filter(drawnAside)).to.deep.equal([]);
      expect([video, ...surroundings].filter(clipsRound)).to.have.length(1);
    }
  });

  it('runs no script for a frame, measures nothing and animates nothing', async () => {
    const { room, call, tiles } = await fakeRoom(joined(...NAMES), { layout: 'grid' });
    const roots = [room, ...tiles()].map(({ shadowRoot }) => shadowRoot as ShadowRoot);
    await until('the tiles to have appeared', () => roots.every((root) => root.getAnimations().length === 0));
    await until('the room to have found its place', async () => (await counted(() => frames(12))).measured === 0);
    const counts = await counted(async () => {
      // Loudness is read all the time; nobody is loud.
      for (let reading = 0; reading < 20; reading += 1) {
        call.levels.set(new Map([...HUSHED].map(([id]) => [id, (reading % 5) / 200])));
        await frames(2);
      }
    });
    expect(counts).to.deep.equal({ measured: 0, framesAsked: 0 });
    expect(roots.flatMap((root) => root.getAnimations())).to.deep.equal([]);
  });
});

describe('who speaks in a room of twenty-five', () => {
  it('changes two tiles, measures nothing and moves nobody', async () => {
    const { call, stage, tiles } = await fakeRoom(joined(...NAMES), { layout: 'grid' });
    const heard = (name: string) => call.levels.set(new Map([...HUSHED, [name, 0.5]]));
    heard('person3');
    await until('the first to be shown', () => tiles()[3]?.matches('[speaking]'));
    await until('the room to have found its place', async () => (await counted(() => frames(12))).measured === 0);
    const list = stage()?.shadowRoot as ShadowRoot;
    let touched: ReadonlySet<Node> = new Set();
    const counts = await counted(async () => {
      touched = await restyled([list], async () => {
        heard('person7');
        await until('the next to be shown', () => tiles()[7]?.matches('[speaking]') && !tiles()[3]?.matches('[speaking]'));
      });
    });
    expect(counts).to.deep.equal({ measured: 0, framesAsked: 0 });
    expect([...touched].filter((node) => node instanceof Element && node.localName === 'webrtc-video-tile')).to.have.members([
      tiles()[3],
      tiles()[7],
    ]);
  });
});

describe('our own picture at the door', () => {
  it('is clipped round by the preview alone, besides the room', async () => {
    const { room, prejoin } = await fakeRoom({ local: me({ id: null }) });
    const video = prejoin()!.shadowRoot!.querySelector('webrtc-video-tile')!.shadowRoot!.querySelector('video')!;
    const outside = room.shadowRoot!.querySelector('.room')!;
    const clips = [...around(video)].filter((each) => each !== outside && clipsRound(each));
    expect(clips).to.deep.equal([prejoin()!.shadowRoot!.querySelector('.preview')]);
  });
});
