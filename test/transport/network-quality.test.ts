import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { NetworkQuality } from '../../components/core/network.js';
import { judge, statsBetween, SteadyQuality, together } from '../../components/transport/mesh/network-quality.js';
import { NetworkWatch } from '../../components/transport/mesh/network-watch.js';
import type { StatsSample } from '../../components/transport/mesh/stats-sample.js';

const CAMERA = { width: 640, height: 360, frameRate: 30, limitation: 'none' } as const;

/** Two looks four seconds apart, over a link that is well unless told otherwise. */
function looks(change: Partial<StatsSample> = {}, lost: { out?: number; in?: number } = {}): readonly [StatsSample, StatsSample] {
  const before: StatsSample = {
    connection: 'one',
    at: 10_000,
    since: 0,
    expected: true,
    out: { bytes: 100_000, packets: 1_000, lost: 0 },
    in: { bytes: 200_000, packets: 2_000, lost: 0 },
    roundTripTime: 24,
    jitter: 3,
    path: 'direct',
    protocol: 'udp',
    availableOutgoingBitrate: 2_000_000,
    sent: { camera: CAMERA, screen: null },
    received: { camera: CAMERA, screen: null },
  };
  const now: StatsSample = {
    ...before,
    at: 14_000,
    out: { bytes: 600_000, packets: 1_400, lost: lost.out ?? 0 },
    in: { bytes: 450_000, packets: 2_400 - (lost.in ?? 0), lost: lost.in ?? 0 },
    ...change,
  };
  return [before, now];
}
const judged = (...args: Parameters<typeof looks>) => judge(statsBetween(...looks(...args)));

describe('the numbers between two looks at a link', () => {
  it('are rates per second and shares of what was sent', () => {
    const stats = statsBetween(...looks({}, { out: 20, in: 40 }));
    assert.equal(stats.sendBitsPerSecond, 1_000_000);
    assert.equal(stats.recvBitsPerSecond, 500_000);
    assert.equal(stats.sendPacketLoss, 0.05);
    assert.equal(stats.recvPacketLoss, 0.1);
    assert.equal(stats.roundTripTime, 24);
  });

  it('say nothing of losses where hardly anything was sent', () => {
    const [before] = looks();
    const quiet = { ...before, at: 14_000, out: { ...before.out, packets: 1_005, lost: 3 } };
    assert.equal(statsBetween(before, quiet).sendPacketLoss, null);
    assert.equal(judge(statsBetween(before, quiet)).quality, 'excellent');
  });

  it('count from the beginning of a connection that is new, never from another one', () => {
    const [before, now] = looks();
    const fresh = { ...now, connection: 'two', since: 12_000, out: { bytes: 50_000, packets: 100, lost: 0 } };
    assert.equal(statsBetween(before, fresh).sendBitsPerSecond, 200_000);
    assert.equal(statsBetween(null, fresh).sendBitsPerSecond, 200_000);
  });

  it('of all links together are sums, means by weight, and the longest times', () => {
    const busy = statsBetween(...looks({ roundTripTime: 80 }, { out: 40 }));
    const idle = { ...statsBetween(...looks()), sendBitsPerSecond: 0 };
    const total = together([busy, idle]);
    assert.equal(total.sendBitsPerSecond, 1_000_000);
    assert.equal(total.sendPacketLoss, 0.1);
    assert.equal(total.roundTripTime, 80);
    assert.equal(together([]).roundTripTime, null);
  });
});

describe('the quality of a link', () => {
  const rows: readonly (readonly [NetworkQuality, readonly string[], ...Parameters<typeof looks>])[] = [
    ['excellent', []],
    ['excellent', [], { roundTripTime: null, jitter: null, availableOutgoingBitrate: null }],
    ['good', ['round-trip-time'], { roundTripTime: 250 }],
    ['poor', ['round-trip-time'], { roundTripTime: 700 }],
    ['good', ['send-loss'], {}, { out: 8 }],
    ['poor', ['send-loss'], {}, { out: 30 }],
    ['poor', ['receive-loss'], {}, { in: 30 }],
    ['good', ['jitter'], { jitter: 50 }],
    ['poor', ['jitter'], { jitter: 120 }],
    ['poor', ['round-trip-time', 'receive-loss'], { roundTripTime: 900 }, { in: 80 }],
    // A cap of ours is no narrow line, and a narrow line that carries what is sent is no trouble.
    ['excellent', [], { sent: { camera: { ...CAMERA, limitation: 'bandwidth' }, screen: null } }],
    ['excellent', [], { availableOutgoingBitrate: 100_000 }],
    [
      'poor',
      ['bandwidth'],
      { availableOutgoingBitrate: 100_000, sent: { camera: { ...CAMERA, limitation: 'bandwidth' }, screen: null } },
    ],
    // What the processor does is not the network's fault.
    ['excellent', [], { sent: { camera: { ...CAMERA, limitation: 'cpu' }, screen: null } }],
  ];
  for (const [quality, reasons, ...args] of rows)
    it(`is ${quality} with ${JSON.stringify(args)}`, () => assert.deepEqual(judged(...args), { quality, reasons }));
});

describe('a quality that is steady', () => {
  const words = (...seen: NetworkQuality[]): readonly (NetworkQuality | undefined)[] => {
    const steady = new SteadyQuality();
    return seen.map((quality) => (steady.sample({ quality, reasons: [] }), steady.now?.quality));
  };

  it('takes the first word at once, worse ones after two looks, better ones after three', () => {
    assert.deepEqual(words('good', 'poor', 'poor'), ['good', 'good', 'poor']);
    assert.deepEqual(words('poor', 'good', 'good', 'good'), ['poor', 'poor', 'poor', 'good']);
  });

  it('does not flicker, however the looks change', () => {
    assert.deepEqual(
      new Set(words('good', ...Array.from({ length: 40 }, (_, i) => (i % 2 ? 'good' : 'poor') as NetworkQuality))),
      new Set(['good']),
    );
    assert.deepEqual(
      new Set(words('good', ...Array.from({ length: 40 }, (_, i) => (i % 2 ? 'excellent' : 'poor') as NetworkQuality))),
      new Set(['good']),
    );
  });

  it('goes no further than all of the looks went', () => {
    assert.deepEqual(words('excellent', 'good', 'poor').at(-1), 'good');
    assert.deepEqual(words('poor', 'excellent', 'good', 'excellent').at(-1), 'good');
  });
});

describe('the watch over all links', () => {
  const watched = () => {
    const told: string[] = [];
    const watch = new NetworkWatch('me', (id, quality, reasons) => told.push(`${id} ${quality} ${reasons.join()}`.trim()));
    let at = 10_000;
    const look = (id: string, change: Partial<StatsSample> = {}): void => {
      const [, now] = looks({ ...change, connection: id });
      at += 4_000;
      watch.take(id, { ...now, at, in: { ...now.in, packets: at }, ...change });
    };
    return { told, watch, look };
  };

  it('tells each change once, and our own line by the best of the links', () => {
    const { told, look, watch } = watched();
    for (let i = 0; i < 4; i += 1) look('ana', { roundTripTime: 800 });
    look('ben');
    assert.deepEqual(told, ['ana poor round-trip-time', 'me poor round-trip-time', 'ben excellent', 'me excellent']);
    assert.equal(watch.stats().quality, 'excellent');
    assert.deepEqual(
      watch.stats().participants.map(({ participantId, quality }) => [participantId, quality]),
      [
        ['ana', 'poor'],
        ['ben', 'excellent'],
      ],
    );
  });

  it('calls a link lost at once when it broke, or when nothing arrives that must', () => {
    const { told, look, watch } = watched();
    look('ana');
    watch.linkChanged('ana', 'reconnecting');
    watch.linkChanged('ana', 'connected');
    assert.deepEqual(
      told.filter((word) => word.startsWith('ana')),
      ['ana excellent', 'ana lost silence', 'ana good'],
    );
    for (let i = 0; i < 3; i += 1) look('ben', { in: { bytes: 0, packets: 7, lost: 0 } });
    assert.ok(told.includes('ben lost silence'));
    look('cai', { in: { bytes: 0, packets: 7, lost: 0 }, expected: false });
    look('cai', { in: { bytes: 0, packets: 7, lost: 0 }, expected: false });
    look('cai', { in: { bytes: 0, packets: 7, lost: 0 }, expected: false });
    assert.ok(!told.includes('cai lost silence'), 'nobody waits for what was not promised');
  });

  it('forgets who left, and does not count two looks that are hardly apart', () => {
    const { watch } = watched();
    const [before, now] = looks();
    watch.take('ana', before);
    const { sendBitsPerSecond } = watch.stats().connections[0]!;
    watch.take('ana', { ...now, at: before.at + 20 });
    assert.equal(watch.stats().connections[0]?.sendBitsPerSecond, sendBitsPerSecond);
    watch.forget('ana');
    assert.deepEqual(watch.stats().participants, []);
  });
});
