import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ActiveSpeaker } from '../../components/core/active-speaker.js';
import { reconnectDelay, sleep } from '../../components/core/backoff.js';
import { Emitter } from '../../components/core/emitter.js';
import { IceSource } from '../../components/core/ice-source.js';
import { ObservableValue } from '../../components/core/observable.js';
import { randomId } from '../../components/core/random-id.js';
import { Serial } from '../../components/core/serial.js';
import { DEFAULT_TIMINGS } from '../../components/core/timings.js';
import { CLIENT_ID_PATTERN } from '../../server/protocol/limits.js';

describe('an observable', () => {
  it('tells the newest value once per microtask', async () => {
    const value = new ObservableValue(0);
    const heard: number[] = [];
    value.subscribe((n) => heard.push(n));
    value.set(1);
    value.set(2);
    await Promise.resolve();
    value.set(2);
    await Promise.resolve();
    assert.deepEqual(heard, [2]);
  });

  it('stops telling when the subscription or its signal ends', async () => {
    const value = new ObservableValue(0);
    const heard: string[] = [];
    const abort = new AbortController();
    const end = value.subscribe(() => heard.push('a'));
    value.subscribe(() => heard.push('b'), abort.signal);
    end();
    abort.abort();
    value.set(1);
    await Promise.resolve();
    assert.deepEqual(heard, []);
  });
});

describe('an emitter', () => {
  it('reaches every listener although one throws, and reports what was thrown', (t) => {
    const reports: (() => void)[] = [];
    t.mock.method(globalThis, 'queueMicrotask', (report: () => void) => reports.push(report));
    const emitter = new Emitter<number>();
    const heard: number[] = [];
    emitter.on(() => {
      throw new Error('a listener of the page is broken');
    });
    emitter.on((n) => heard.push(n));
    emitter.emit(1);
    assert.deepEqual(heard, [1]);
    assert.throws(() => reports.map((report) => report()), /a listener of the page is broken/);
  });
});

describe('a serial', () => {
  it('runs one task after the other, also after one failed', async () => {
    const serial = new Serial();
    const log: string[] = [];
    const slow = serial.run(async () => {
      await new Promise(setImmediate);
      log.push('slow');
    });
    const broken = serial.run(() => Promise.reject(new Error('broken')));
    const quick = serial.run(() => log.push('quick'));
    await assert.rejects(broken, /broken/);
    await Promise.all([slow, quick]);
    assert.deepEqual(log, ['slow', 'quick']);
  });
});

describe('waiting before another try', () => {
  it('grows by the table and is spread by the jitter', () => {
    assert.ok(reconnectDelay(0, 1) <= 200);
    for (const attempt of [1, 2, 3, 4, 5, 50]) {
      assert.ok(reconnectDelay(attempt, 0) >= reconnectDelay(attempt - 1, 0));
      assert.equal(reconnectDelay(attempt, 1) - reconnectDelay(attempt, 0), DEFAULT_TIMINGS.signaling.retryJitterMs);
    }
    assert.ok(reconnectDelay(1_000, 1) <= 8_000);
  });

  it('ends at once when it is not wanted any more', async () => {
    const abort = new AbortController();
    const sleeping = sleep(60_000, abort.signal);
    abort.abort();
    await sleeping;
    await sleep(60_000, abort.signal);
  });
});

describe('the active speaker', () => {
  const run = (speaker: ActiveSpeaker, levels: Record<string, number>, from: number, ms: number): string | null => {
    let who: string | null = null;
    for (let now = from; now < from + ms; now += 100) who = speaker.update(new Map(Object.entries(levels)), now);
    return who;
  };

  it('is nobody while nobody speaks', () => {
    assert.equal(run(new ActiveSpeaker(), { ana: 0.001, ben: 0 }, 0, 3_000), null);
  });

  it('stays through a pause and a cough of somebody else, and changes when somebody else speaks on', () => {
    const speaker = new ActiveSpeaker();
    assert.equal(run(speaker, { ana: 0.2, ben: 0 }, 0, 2_000), 'ana');
    assert.equal(run(speaker, { ana: 0, ben: 0 }, 2_000, 500), 'ana');
    run(speaker, { ana: 0.2, ben: 0.01 }, 2_500, 1_000);
    assert.equal(run(speaker, { ana: 0.2, ben: 0.6 }, 3_500, 100), 'ana');
    assert.equal(run(speaker, { ana: 0.01, ben: 0.3 }, 3_600, 2_000), 'ben');
  });

  it('is forgotten when gone', () => {
    const speaker = new ActiveSpeaker();
    run(speaker, { ana: 0.2 }, 0, 2_000);
    assert.equal(run(speaker, { ben: 0 }, 2_000, 100), null);
  });
});

describe('the source of ICE servers', () => {
  const server = (url: string) => ({ urls: [url] });

  it('gives what came with the join while it holds, then asks for new ones', async () => {
    let asked = 0;
    const renew = async () => ({ iceServers: [server('turn:new')], expiresInMs: 600_000 + asked++ });
    const holds = new IceSource({ iceServers: [server('turn:first')], expiresInMs: 600_000 }, () => null, renew);
    assert.deepEqual((await holds.get())[0]?.urls, ['turn:first']);
    const expired = new IceSource({ iceServers: [server('turn:first')], expiresInMs: 1_000 }, () => null, renew);
    assert.deepEqual((await expired.get())[0]?.urls, ['turn:new']);
    await expired.get();
    assert.equal(asked, 1);
  });

  it('keeps the old ones when new ones cannot be had, and prefers those of the page', async () => {
    const broken = new IceSource(
      { iceServers: [server('turn:old')], expiresInMs: 0 },
      () => null,
      () => Promise.reject(new Error()),
    );
    assert.deepEqual((await broken.get())[0]?.urls, ['turn:old']);
    const own = new IceSource(
      { iceServers: [server('turn:old')] },
      () => [{ urls: 'turn:own' }],
      () => Promise.reject(new Error()),
    );
    assert.equal((await own.get())[0]?.urls, 'turn:own');
  });
});

describe('an id of ours', () => {
  it('is what the protocol asks for, and new every time', () => {
    const ids = Array.from({ length: 100 }, randomId);
    assert.equal(new Set(ids).size, 100);
    for (const id of ids) assert.match(id, new RegExp(CLIENT_ID_PATTERN));
  });
});
