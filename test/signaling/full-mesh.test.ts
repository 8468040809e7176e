/**
 * The page's own code, from the session to the signaling connection, against a real server: eight people with 40 candidates
 * each. Only the peer connection and the devices are fakes. A minute takes six seconds: all allowances, of the server
 * and of the page, fill again ten times as fast.
 */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { DEFAULT_TIMINGS, withTimings, type Pace } from '../../components/core/timings.js';
import { SocketSignaling } from '../../components/signaling/socket-signaling.js';
import { MeshTransport } from '../../components/transport/mesh/mesh-transport.js';
import { DEFAULT_LIMITS, RATE_KINDS, type Limits } from '../../server/limits.js';
import type { ErrorCode } from '../../server/protocol/error-codes.js';
import { STRIKES } from '../../server/signaling/dispatcher.js';
import { createMetrics } from '../../server/metrics/metrics.js';
import { closeCalls, setUp } from '../support/fake-session.js';
import { FakePeerConnection, installFakeWebRtc } from '../support/fake-peer-connection.js';
import { ok, startServer, type RunningServer } from '../support/server.js';
import { offer, to } from '../support/signals.js';
import { until } from '../support/until.js';

const FASTER = 10;
const faster = ({ burst, perSecond }: Pace): Pace => ({ burst, perSecond: perSecond * FASTER });
const timings = withTimings({
  signaling: {
    pace: {
      descriptions: faster(DEFAULT_TIMINGS.signaling.pace.descriptions),
      candidates: faster(DEFAULT_TIMINGS.signaling.pace.candidates),
    },
  },
  link: { prepareOfferAfterMs: 0 },
});
const limits: Partial<Limits> = {
  rates: Object.fromEntries(RATE_KINDS.map((kind) => [kind, faster(DEFAULT_LIMITS.rates[kind])])) as Limits['rates'],
};

type Person = ReturnType<typeof setUp>;

describe('the signals of a full mesh', () => {
  let server: RunningServer;
  /** What the server answered, by event and code. */
  const answered = new Map<string, number>();
  const meter = createMetrics();
  const watched: typeof meter = {
    ...meter,
    handled: (event, code) => void answered.set(`${event} ${code}`, (answered.get(`${event} ${code}`) ?? 0) + 1),
  };
  before(async () => {
    installFakeWebRtc();
    server = await startServer({}, { limits, meter: watched });
  });
  after(() => server.close());
  afterEach(() => {
    closeCalls();
    answered.clear();
  });

  /** What counts against a client. That somebody left, or waits for an answer no more, happens to everybody. */
  const refused = (): readonly string[] =>
    [...answered.keys()].filter((key) => {
      const code = (key.split(' ')[1] ?? '') as ErrorCode;
      return code === 'RATE_LIMITED' || code === 'INTERNAL' || STRIKES.has(code);
    });
  const enter = async (room: string): Promise<Person> => {
    const person = setUp(
      { room, serverUrl: server.url, audio: false, video: false },
      {
        timings,
        createSignaling: (url) => new SocketSignaling(url, timings.signaling),
        createTransport: (_kind, context, events) =>
          new MeshTransport(context, events, (context.signaling as SocketSignaling).mesh, timings),
      },
    );
    await person.call.join();
    return person;
  };
  const connected = ({ call }: Person, others: number): boolean => {
    const { participants } = call.state.get();
    return participants.length === others && participants.every(({ link }) => link === 'connected');
  };
  const allQuiet = (): boolean =>
    [...FakePeerConnection.all].every(
      ({ signalingState, iceGatheringState }) => signalingState === 'stable' && iceGatheringState === 'complete',
    );

  it('row 81: stay inside every limit when eight people change their network ten times in a minute', async () => {
    const people: Person[] = [];
    for (let others = 0; others < 8; others += 1) {
      people.push(await enter('mesh'));
      await until('everybody to be connected', () => people.every((person) => connected(person, others)));
    }
    await until('quiet', allQuiet);
    const began = performance.now();
    for (let change = 1; change <= 10; change += 1) {
      for (const { page } of people) page().networkChanged();
      await until('the restarts', () => allQuiet(), 20_000);
      await until('the next change', () => performance.now() - began >= (change * 60_000) / 10 / FASTER);
    }
    assert.deepEqual(refused(), []);
    assert.ok(people.every((person) => connected(person, 7)));
    assert.ok((answered.get('signal ok') ?? 0) > 10 * 56, 'every link was made anew every time');
  });

  it('row 82: of a page whose network changes without end are refused to nobody, and end in nothing', async () => {
    const people = [await enter('restless'), await enter('restless')];
    await until('both to be connected', () => people.every((person) => connected(person, 1)));
    for (let change = 0; change < 200; change += 1) {
      people[0]?.page().networkChanged();
      await new Promise(setImmediate);
    }
    await until('quiet', allQuiet, 20_000);
    assert.deepEqual(refused(), []);
    assert.ok(people.every((person) => connected(person, 1)));
  });

  it('row 83: that one guest draws from another with offers throw nobody out', async () => {
    const host = await enter('target');
    const guest = await server.join('target');
    await until('the guest', () => host.call.state.get().participants.length === 1);
    const id = host.call.state.get().local.id ?? '';
    for (let index = 0; index < 62; index += 1) {
      const link = `link-${String(index).padStart(4, '0')}`;
      const signal = { ...offer(link), mids: { microphone: '0', camera: '1' } };
      const sdp = `${signal.description?.sdp ?? ''}${CAMERA}`;
      await guest.client.ask('signal', to(id, { ...signal, description: { type: 'offer', sdp } }));
    }
    await until('the last answer', () => allQuiet(), 20_000);
    ok(await guest.client.ask('sync', {}));
    assert.equal(guest.client.heard('participant-left').length, 0);
    assert.equal(host.call.state.get().connection, 'connected');
    assert.ok((answered.get('signal RATE_LIMITED') ?? 0) < 62, 'only the guest is told to wait');
    // The host is as able to speak as before.
    const other = await enter('target');
    await until('a newcomer', () => host.call.state.get().participants.some(({ link }) => link === 'connected'));
    other.call.close();
  });
});

const CAMERA = [
  'm=video 9 UDP/TLS/RTP/SAVPF 96',
  'c=IN IP4 0.0.0.0',
  'a=mid:1',
  'a=ice-ufrag:abcd',
  'a=ice-pwd:abcdefghijklmnopqrstuvwx',
  `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => 'AB').join(':')}`,
  'a=setup:actpass',
  '',
].join('\r\n');
