import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { askFor } from '../../components/transport/mesh/asks.js';
import {
  govern,
  LEAST_UPLINK,
  type Ask,
  type Conditions,
  type Encoding,
  type Feed,
} from '../../components/transport/mesh/governor.js';
import { Pressure } from '../../components/transport/mesh/pressure.js';

const WIDE: Conditions = { receivers: 1, uplink: 12_000_000, strained: false, lowData: false };
const HD = { width: 1280, height: 720 };
const CAMERA = { width: 640, height: 360 };
const ask = (width: number, height: number, rate = 30): Ask => ({ width, height, rate });
const feed = (key: string, asked: Ask | null, more: Partial<Feed> = {}): Feed => ({
  key,
  screen: false,
  ...HD,
  ask: asked,
  ...more,
});
const one = (asked: Ask | null, conditions: Partial<Conditions> = {}, more: Partial<Feed> = {}, before?: Encoding): Encoding => {
  const known = before ? new Map([['a', before]]) : undefined;
  const encoding = govern([feed('a', asked, more)], { ...WIDE, ...conditions }, known).get('a');
  assert.ok(encoding);
  return encoding;
};
const uplinkOf = (plan: ReadonlyMap<string, Encoding>): number =>
  [...plan.values()].reduce((sum, { active, maxBitrate }) => sum + (active ? maxBitrate : 0), 0);

describe('what a camera costs on a link', () => {
  it('is nothing for who shows nothing', () => {
    assert.equal(one(ask(0, 0, 0)).active, false);
  });

  it('never falls below the tile while the line is wide, whatever its shape', () => {
    for (let width = 40; width <= 1280; width += 37) {
      for (const shape of [0.5, 1, 16 / 9, 3]) {
        const { active, scaleResolutionDownBy: scale, maxFramerate } = one(ask(width, Math.ceil(width / shape)));
        assert.ok(active);
        assert.equal(maxFramerate, 30);
        assert.ok(scale >= 1);
        if (scale === 1) continue;
        assert.ok(HD.width / scale >= width && HD.height / scale >= width / shape, `${width} of shape ${shape}: ${scale}`);
      }
    }
  });

  it('asks for no more pixels than there are, and for few where few are shown', () => {
    assert.equal(one(ask(4_000, 3_000)).scaleResolutionDownBy, 1);
    const [large, small] = [one(ask(1280, 720)), one(ask(160, 90, 12))];
    assert.equal(small.scaleResolutionDownBy, 8);
    assert.equal(small.maxFramerate, 12);
    assert.ok(small.maxBitrate < large.maxBitrate / 10);
  });

  it('grows at once and shrinks when it is clear, so that nothing flutters at an edge', () => {
    let now = one(ask(640, 360));
    assert.equal(now.scaleResolutionDownBy, 2);
    const seen = new Set<number>();
    for (let turn = 0; turn < 20; turn += 1) {
      now = one(ask(640 + (turn % 2) * 4, 360), {}, {}, now);
      seen.add(now.scaleResolutionDownBy);
    }
    assert.deepEqual([...seen], [2, 1.5], 'once to the larger picture, and there it stays');
    assert.equal(one(ask(500, 280), {}, {}, now).scaleResolutionDownBy, 2);
    assert.equal(one(ask(1280, 720), {}, {}, now).scaleResolutionDownBy, 1);
  });

  it('gets smaller when the tile did, also where the next size only just covers it', () => {
    const full = one(ask(0, 0, 0), {}, { ...CAMERA, ask: null });
    assert.equal(full.scaleResolutionDownBy, 1);
    const inGrid = one(ask(310, 234, 12), {}, CAMERA, full);
    assert.equal(inGrid.scaleResolutionDownBy, 1.5);
    assert.ok(CAMERA.height / inGrid.scaleResolutionDownBy >= 234);
  });

  it('comes back at the size of its tile after it was hidden', () => {
    const hidden = one(ask(0, 0, 0), {}, {}, one(ask(160, 90)));
    assert.deepEqual(one(ask(640, 360), {}, {}, hidden), one(ask(640, 360)));
  });

  it('for a page that says nothing falls as the room grows', () => {
    let last = Infinity;
    for (const receivers of [1, 2, 3, 5, 7]) {
      const { maxBitrate } = one(null, { receivers });
      assert.ok(maxBitrate <= last);
      last = maxBitrate;
    }
    assert.deepEqual(
      [1, 3, 5].map((receivers) => one(null, { receivers }).scaleResolutionDownBy),
      [1, 1.5, 2],
    );
  });

  it('is shared by need when the line is narrow, the sound first', () => {
    const feeds = [feed('large', ask(1280, 720)), ...[1, 2, 3, 4, 5].map((n) => feed(`small${n}`, ask(213, 120, 12)))];
    const conditions = { ...WIDE, receivers: 6, uplink: 1_200_000 };
    const plan = govern(feeds, conditions);
    assert.ok(uplinkOf(plan) <= 1_200_000 - 6 * 40_000, `${uplinkOf(plan)}`);
    const [large, small] = [plan.get('large')?.maxBitrate ?? 0, plan.get('small1')?.maxBitrate ?? 0];
    assert.ok(large > small * 3, `${large} and ${small}`);
    const wide = govern(feeds, { ...conditions, uplink: LEAST_UPLINK * 2 });
    assert.deepEqual(wide.get('small1'), one(ask(213, 120, 12)));
  });

  it('is lower on a machine that cannot keep up and for a visitor who pays by the byte', () => {
    const usual = one(ask(1280, 720));
    for (const hardship of [{ strained: true }, { lowData: true }]) {
      const hard = one(ask(1280, 720), hardship);
      assert.ok(hard.maxFramerate < usual.maxFramerate);
    }
    assert.ok(one(ask(1280, 720), { strained: true }).scaleResolutionDownBy > 1);
    assert.ok(one(ask(1280, 720), { lowData: true }).maxBitrate <= 400_000);
  });
});

describe('what a screen costs on a link', () => {
  it('keeps its pixels and gets slower on a narrow line', () => {
    const feeds = [feed('screen', ask(1280, 720), { screen: true }), ...[1, 2, 3].map((n) => feed(`camera${n}`, ask(640, 360)))];
    const plan = govern(feeds, { ...WIDE, receivers: 3, uplink: 700_000 });
    const screen = plan.get('screen');
    assert.equal(screen?.scaleResolutionDownBy, 1);
    assert.ok((screen?.maxFramerate ?? 0) >= 5 && (screen?.maxFramerate ?? 30) < 15);
    assert.ok((plan.get('camera1')?.scaleResolutionDownBy ?? 0) > 2);
  });
});

describe('what is asked of a peer', () => {
  const viewer = { favoured: false, others: 5, lowData: false };
  const shown = (width: number, height: number) => ({ width, height, visible: true });

  it('is nothing of what is not seen', () => {
    for (const view of [null, { width: 640, height: 360, visible: false }, shown(0, 0)])
      assert.deepEqual(askFor(view, 'camera', viewer), { width: 0, height: 0, rate: 0 });
  });

  it('is every frame of who speaks and of the one other person, fewer of thumbnails', () => {
    assert.equal(askFor(shown(160, 90), 'camera', viewer).rate, 12);
    assert.equal(askFor(shown(160, 90), 'camera', { ...viewer, favoured: true }).rate, 30);
    assert.equal(askFor(shown(160, 90), 'camera', { ...viewer, others: 1 }).rate, 30);
    assert.equal(askFor(shown(1280, 720), 'camera', viewer).rate, 30);
  });

  it('is small for a visitor who pays by the byte, but a screen can still be read', () => {
    assert.deepEqual(askFor(shown(1280, 720), 'camera', { ...viewer, lowData: true }), { width: 320, height: 180, rate: 15 });
    assert.equal(askFor(shown(1280, 720), 'screen', { ...viewer, lowData: true }).width, 1280);
  });
});

describe('the pressure on a machine and its line', () => {
  const look = (pressure: Pressure, strained: boolean, available: number | null, times: number): void => {
    const camera = { width: 640, height: 360, frameRate: 30, limitation: strained ? ('cpu' as const) : ('none' as const) };
    for (let i = 0; i < times; i += 1) pressure.look([{ availableOutgoingBitrate: available, sent: { camera, screen: null } }]);
  };

  it('counts when it lasts, and is believed to be over more slowly each time', () => {
    const pressure = new Pressure();
    look(pressure, true, null, 1);
    assert.equal(pressure.strained, false);
    look(pressure, true, null, 1);
    assert.equal(pressure.strained, true);
    look(pressure, false, null, 4);
    assert.equal(pressure.strained, false);
    look(pressure, true, null, 2);
    look(pressure, false, null, 4);
    assert.equal(pressure.strained, true);
    look(pressure, false, null, 4);
    assert.equal(pressure.strained, false);
  });

  it('knows a wide line when it has shown itself twice, and a narrow one at once', () => {
    const pressure = new Pressure();
    look(pressure, false, 7_000_000, 1);
    assert.equal(pressure.uplink, LEAST_UPLINK);
    look(pressure, false, 7_000_000, 1);
    assert.equal(pressure.uplink, 6_000_000);
    look(pressure, false, 300_000, 1);
    assert.equal(pressure.uplink, LEAST_UPLINK);
    look(pressure, false, null, 3);
    assert.equal(pressure.uplink, LEAST_UPLINK);
  });
});
