import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import fc from 'fast-check';
import { VideoRequester, requestFor } from '../../components/transport/mesh/video-requester.js';
import { BitrateBoost } from '../../components/transport/mesh/bitrate-boost.js';
import { encode } from '../../components/transport/mesh/encodings.js';
import {
  allocateBitrates,
  LEAST_UPLINK,
  type RequestedSize,
  type Conditions,
  type Encoding,
  type OutgoingVideo,
} from '../../components/transport/mesh/allocate-bitrates.js';
import { UplinkEstimate } from '../../components/transport/mesh/uplink-estimate.js';
import type { VideoRequests } from '../../server/protocol/schemas.js';

const WIDE: Conditions = { receivers: 1, uplink: 12_000_000, strained: false, lowData: false };
const HD = { width: 1280, height: 720 };
const CAMERA = { width: 640, height: 360 };
const ask = (width: number, height: number, rate = 30): RequestedSize => ({ width, height, rate });
const feed = (key: string, asked: RequestedSize | null, more: Partial<OutgoingVideo> = {}): OutgoingVideo => ({
  key,
  screen: false,
  ...HD,
  requested: asked,
  ...more,
});
const one = (
  asked: RequestedSize | null,
  conditions: Partial<Conditions> = {},
  more: Partial<OutgoingVideo> = {},
  before?: Encoding,
): Encoding => {
  const known = before ? new Map([['a', before]]) : undefined;
  const encoding = allocateBitrates([feed('a', asked, more)], { ...WIDE, ...conditions }, known).get('a');
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
    const full = one(ask(0, 0, 0), {}, { ...CAMERA, requested: null });
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
    const plan = allocateBitrates(feeds, conditions);
    assert.ok(uplinkOf(plan) <= 1_200_000 - 6 * 40_000, `${uplinkOf(plan)}`);
    const [large, small] = [plan.get('large')?.maxBitrate ?? 0, plan.get('small1')?.maxBitrate ?? 0];
    assert.ok(large > small * 3, `${large} and ${small}`);
    const wide = allocateBitrates(feeds, { ...conditions, uplink: LEAST_UPLINK * 2 });
    assert.deepEqual(wide.get('small1'), one(ask(213, 120, 12)));
  });

  it('goes to who speaks before it goes to who does not, of tiles alike', () => {
    const silent = requestFor({ width: 213, height: 120 }, 'camera', {
      prioritized: false,
      others: 5,
      lowData: false,
    });
    const speaking = requestFor({ width: 213, height: 120 }, 'camera', {
      prioritized: true,
      others: 5,
      lowData: false,
    });
    for (const uplink of [700_000, 1_500_000, 12_000_000]) {
      const plan = allocateBitrates([feed('speaker', speaking), ...[1, 2, 3, 4].map((n) => feed(`silent${n}`, silent))], {
        ...WIDE,
        receivers: 5,
        uplink,
      });
      const [first, other] = [plan.get('speaker'), plan.get('silent1')];
      assert.ok(first && other);
      assert.ok(first.maxFramerate > other.maxFramerate);
      assert.ok(first.maxBitrate > other.maxBitrate, `${uplink}: ${first.maxBitrate} and ${other.maxBitrate}`);
    }
  });

  it('is what each link asks for itself, whatever the others ask', () => {
    const asks = [ask(1280, 720), ask(320, 180, 12), ask(0, 0, 0), ask(90, 90, 12)];
    const plan = allocateBitrates(
      asks.map((asked, index) => feed(`${index}`, asked)),
      { ...WIDE, receivers: asks.length },
    );
    assert.deepEqual(
      asks.map((_, index) => plan.get(`${index}`)),
      asks.map((asked) => one(asked, { receivers: asks.length })),
    );
  });

  it('never exceeds the line together with the sound, and gives nobody who looks less than can be recognised', () => {
    const anyFeed = fc.record({
      screen: fc.boolean(),
      ask: fc.option(fc.record({ width: fc.nat(4_000), height: fc.nat(3_000), rate: fc.nat(60) }), { nil: null }),
      more: fc.constantFrom(1, 2, 4),
    });
    const circumstances = fc.record({
      uplink: fc.integer({ min: 1_000_000, max: 12_000_000 }),
      strained: fc.boolean(),
      lowData: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(anyFeed, { minLength: 1, maxLength: 8 }), circumstances, (all, given) => {
        const feeds = all.map(({ ask: asked, ...more }, index) => feed(`${index}`, asked, more));
        const plan = allocateBitrates(feeds, { receivers: feeds.length, ...given });
        const active = [...plan.values()].filter((encoding) => encoding.active);
        const most = given.lowData ? 400_000 : given.uplink;
        assert.ok(uplinkOf(plan) <= Math.max(most - feeds.length * 40_000, active.length * 60_000));
        for (const { maxBitrate, maxFramerate, scaleResolutionDownBy: scale } of active) {
          assert.ok(maxBitrate >= 60_000);
          assert.ok(maxFramerate >= 1 && maxFramerate <= 30);
          assert.ok(scale >= 1);
        }
        for (const { key, requested: asked } of feeds)
          if (asked) assert.equal(plan.get(key)?.active, asked.width > 0 && asked.height > 0);
      }),
    );
  });

  it('does not change its mind when nothing has changed', () => {
    const feeds = [
      feed('large', ask(1280, 720)),
      feed('small', ask(301, 170, 12)),
      feed('screen', ask(900, 500), { screen: true }),
    ];
    for (const uplink of [600_000, 1_400_000, 6_000_000]) {
      const conditions = { ...WIDE, receivers: 2, uplink };
      let before = allocateBitrates(feeds, conditions);
      for (let turn = 0; turn < 5; turn += 1) {
        const now = allocateBitrates(feeds, conditions, before);
        assert.deepEqual(now, before, `${uplink}`);
        before = now;
      }
    }
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
    const plan = allocateBitrates(feeds, { ...WIDE, receivers: 3, uplink: 700_000 });
    const screen = plan.get('screen');
    assert.equal(screen?.scaleResolutionDownBy, 1);
    assert.ok((screen?.maxFramerate ?? 0) >= 5 && (screen?.maxFramerate ?? 30) < 15);
    assert.ok((plan.get('camera1')?.scaleResolutionDownBy ?? 0) > 2);
  });
});

describe('a picture that needs more than usual', () => {
  const wanted: Encoding = { active: true, scaleResolutionDownBy: 1.5, maxBitrate: 300_000, maxFramerate: 12 };
  const source = { key: 'a', ...CAMERA };
  const sent = (width: number, limitation: 'bandwidth' | 'cpu' | 'none') => ({
    width,
    height: Math.round((width * 9) / 16),
    frameRate: 12,
    limitation,
  });
  const room = { availableOutgoingBitrate: 700_000 };
  const small = sent(320, 'bandwidth');
  const whole = sent(426, 'none');

  it('gets it while its encoder makes it smaller although the line has room, up to a limit', () => {
    const detail = new BitrateBoost();
    assert.equal(detail.of('a'), 1);
    for (const more of [1.5, 2.25, 2.25]) {
      detail.sample(source, wanted, small, room);
      assert.equal(detail.of('a'), more);
    }
    assert.equal(detail.of('b'), 1, 'and nobody else does');
    const [usual, richer] = [one(ask(320, 180), {}, CAMERA), one(ask(320, 180), {}, { ...CAMERA, boost: 2 })];
    assert.deepEqual({ ...richer, maxBitrate: 0 }, { ...usual, maxBitrate: 0 });
    assert.equal(richer.maxBitrate, usual.maxBitrate * 2);
  });

  it('does not on a line that is narrow or unknown, on a weak machine, or where nothing is wrong', () => {
    for (const [picture, line] of [
      [small, { availableOutgoingBitrate: 200_000 }],
      [small, { availableOutgoingBitrate: null }],
      [sent(320, 'cpu'), room],
      [whole, room],
      [null, room],
    ] as const) {
      const detail = new BitrateBoost();
      for (let look = 0; look < 3; look += 1) detail.sample(source, wanted, picture, line);
      assert.equal(detail.of('a'), 1);
    }
    const turned = new BitrateBoost();
    turned.sample(source, wanted, { ...whole, width: whole.height, height: whole.width, limitation: 'bandwidth' }, room);
    assert.equal(turned.of('a'), 1, 'a telephone that is held upright');
  });

  it('gives it back when it is well, later each time that was too early, and at once when the line gets narrow', () => {
    const detail = new BitrateBoost();
    const looksUntilBack = (): number => {
      detail.sample(source, wanted, small, room);
      assert.equal(detail.of('a'), 1.5);
      let looks = 0;
      for (; detail.of('a') > 1; looks += 1) detail.sample(source, wanted, whole, room);
      return looks;
    };
    assert.deepEqual([looksUntilBack(), looksUntilBack(), looksUntilBack()], [2, 4, 8]);
    detail.sample(source, wanted, small, room);
    detail.sample(source, wanted, small, { availableOutgoingBitrate: 100_000 });
    assert.equal(detail.of('a'), 1);
  });

  it('is forgotten with its link', () => {
    const detail = new BitrateBoost();
    detail.sample(source, wanted, small, room);
    detail.keep(new Map([['a', wanted]]));
    assert.equal(detail.of('a'), 1.5);
    detail.keep(new Map());
    assert.equal(detail.of('a'), 1);
  });
});

describe('an encoding on a sender', () => {
  const wanted: Encoding = { active: true, scaleResolutionDownBy: 2, maxBitrate: 300_000, maxFramerate: 15 };
  /** As much of a sender as is touched. */
  const senderWith = (encodings: RTCRtpEncodingParameters[] | undefined) => {
    const set: RTCRtpSendParameters[] = [];
    const sender = {
      getParameters: () => ({ encodings: encodings?.map((encoding) => ({ ...encoding })) }),
      setParameters: async (parameters: RTCRtpSendParameters) => void set.push(parameters),
    } as unknown as RTCRtpSender;
    return { sender, set };
  };

  it('is set as wanted, and nothing else of the sender is changed', async () => {
    const { sender, set } = senderWith([{ active: true, priority: 'high' }]);
    await encode(sender, wanted);
    assert.deepEqual(set, [{ encodings: [{ priority: 'high', ...wanted }] }]);
  });

  it('is left alone where it is there already, or differs by less than anybody sees', async () => {
    for (const now of [wanted, { ...wanted, maxBitrate: 320_000 }]) {
      const { sender, set } = senderWith([now]);
      await encode(sender, wanted);
      assert.deepEqual(set, []);
    }
    for (const now of [
      { ...wanted, maxBitrate: 350_000 },
      { ...wanted, maxFramerate: 30 },
      { ...wanted, active: false },
    ]) {
      const { sender, set } = senderWith([now]);
      await encode(sender, wanted);
      assert.equal(set.length, 1);
    }
  });

  it('is not set twice to nothing', async () => {
    const { sender, set } = senderWith([{ active: false }]);
    await encode(sender, { ...wanted, active: false });
    assert.deepEqual(set, []);
  });

  it('waits where the browser knows no encodings yet', async () => {
    for (const encodings of [undefined, []]) {
      const { sender, set } = senderWith(encodings);
      await encode(sender, wanted);
      assert.deepEqual(set, []);
    }
  });
});

describe('what is asked of a peer', () => {
  const viewer = { prioritized: false, others: 5, lowData: false };
  const shown = (width: number, height: number) => ({ width, height });

  it('is nothing of what is not seen', () => {
    for (const size of [null, shown(0, 0)])
      assert.deepEqual(requestFor(size, 'camera', viewer), { width: 0, height: 0, rate: 0 });
  });

  it('is every frame of who speaks and of the one other person, fewer of thumbnails', () => {
    assert.equal(requestFor(shown(160, 90), 'camera', viewer).rate, 15);
    assert.equal(requestFor(shown(600, 340), 'camera', viewer).rate, 20);
    assert.equal(requestFor(shown(160, 90), 'camera', { ...viewer, prioritized: true }).rate, 30);
    assert.equal(requestFor(shown(160, 90), 'camera', { ...viewer, others: 1 }).rate, 30);
    assert.equal(requestFor(shown(1280, 720), 'camera', viewer).rate, 30);
  });

  it('is small for a visitor who pays by the byte, but a screen can still be read', () => {
    assert.deepEqual(requestFor(shown(1280, 720), 'camera', { ...viewer, lowData: true }), { width: 320, height: 180, rate: 15 });
    assert.equal(requestFor(shown(1280, 720), 'screen', { ...viewer, lowData: true }).width, 1280);
  });
});

describe('the asking', () => {
  const seen = (width: number, height = Math.round((width * 9) / 16)) => ({ width, height });
  const begin = (t: TestContext) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const told: VideoRequests[] = [];
    let refuse = false;
    const viewer = { prioritized: false, others: 5, lowData: false };
    const asks = new VideoRequester(
      () => viewer,
      100,
      async (wants) => {
        if (refuse) throw new Error('no line');
        told.push(wants);
      },
    );
    const pass = async (): Promise<void> => {
      for (let turn = 0; turn < 3; turn += 1) {
        t.mock.timers.tick(100);
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    return { asks, told, viewer, pass, refuse: (now: boolean) => void (refuse = now) };
  };

  it('tells once of a box that is dragged, and of each surface what is shown of it', async (t) => {
    const { asks, told, pass } = begin(t);
    for (let width = 100; width <= 300; width += 10) asks.request('camera', seen(width));
    asks.request('screen', seen(1_000));
    await pass();
    assert.deepEqual(told, [{ camera: { width: 300, height: 169, rate: 15 }, screen: { width: 1_000, height: 563, rate: 30 } }]);
    asks.request('camera', seen(300));
    await pass();
    assert.equal(told.length, 1, 'nothing new');
  });

  it('is for nothing when the tile is hidden, and for all of it when it is seen again', async (t) => {
    const { asks, told, pass } = begin(t);
    asks.request('camera', seen(1_280));
    await pass();
    asks.request('camera', null);
    await pass();
    assert.ok(asks.hidesCamera);
    asks.request('camera', seen(1_280));
    await pass();
    assert.deepEqual(
      told.map(({ camera }) => camera?.width),
      [1_280, 0, 1_280],
    );
  });

  it('is for every frame of who begins to speak', async (t) => {
    const { asks, told, viewer, pass } = begin(t);
    asks.request('camera', seen(160));
    await pass();
    viewer.prioritized = true;
    asks.changed();
    await pass();
    assert.deepEqual(
      told.map(({ camera }) => camera?.rate),
      [15, 30],
    );
  });

  it('is done again for who forgot it, or was not reached', async (t) => {
    const { asks, told, pass, refuse } = begin(t);
    refuse(true);
    asks.request('camera', seen(160));
    await pass();
    refuse(false);
    asks.changed();
    await pass();
    asks.resend();
    await pass();
    assert.equal(told.length, 2);
    assert.deepEqual(told[0], told[1]);
  });
});

describe('the pressure on a machine and its line', () => {
  const look = (pressure: UplinkEstimate, strained: boolean, available: number | null, times: number): void => {
    const camera = { width: 640, height: 360, frameRate: 30, limitation: strained ? ('cpu' as const) : ('none' as const) };
    for (let i = 0; i < times; i += 1) pressure.sample([{ availableOutgoingBitrate: available, sent: { camera, screen: null } }]);
  };

  it('counts when it lasts, and is believed to be over more slowly each time', () => {
    const pressure = new UplinkEstimate();
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
    const pressure = new UplinkEstimate();
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
