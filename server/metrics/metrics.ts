/**
 * The server's numbers for Prometheus. Labels are events and codes of the protocol, nothing a client
 * can choose, so their number is bounded. Counts what it is told; knows neither rooms nor sockets.
 */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Counts, Observer } from '../observer.js';
import type { ErrorCode } from '../protocol/error-codes.js';

export interface Metrics extends Observer {
  /** Where to ask for the gauges from now on. */
  watch(counts: () => Counts): void;
  text(): Promise<string>;
  readonly contentType: string;
}

/** From a cheap relay to the deadline of a handler. */
const SECONDS = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 1, 5];
const NOTHING: Counts = Object.freeze({ rooms: 0, participants: 0, connections: 0 });
const PREFIX = 'webrtc_elements_';

export function createMetrics(): Metrics {
  const registers = [new Registry()];
  const [registry] = registers as [Registry];
  collectDefaultMetrics({ register: registry });
  let counts: () => Counts = () => NOTHING;

  for (const [name, help] of [
    ['rooms', 'Rooms with somebody in them.'],
    ['participants', 'Participants in rooms, those away included.'],
    ['connections', 'Open connections.'],
  ] as const) {
    new Gauge({
      name: PREFIX + name,
      help,
      registers,
      collect() {
        this.set(counts()[name]);
      },
    });
  }
  const joins = new Counter({ name: `${PREFIX}joins_total`, help: 'Joins by result.', labelNames: ['result'], registers });
  const relayed = new Counter({ name: `${PREFIX}relayed_messages_total`, help: 'Signals passed on to a peer.', registers });
  const rejected = new Counter({
    name: `${PREFIX}rejected_total`,
    help: 'Messages and connections refused, by code.',
    labelNames: ['code'],
    registers,
  });
  const durations = new Histogram({
    name: `${PREFIX}handler_duration_seconds`,
    help: 'From taking a message up to its answer.',
    labelNames: ['event'],
    buckets: SECONDS,
    registers,
  });
  // Looking a label up costs more than counting: each is looked up once.
  const durationOf = new Map<string, { observe(seconds: number): void }>();
  const joinOf = new Map<string, { inc(): void }>();

  return {
    handled: (event: string, code: ErrorCode | 'ok', milliseconds: number) => {
      memo(durationOf, event, () => durations.labels(event)).observe(milliseconds / 1_000);
      if (event === 'join') memo(joinOf, code, () => joins.labels(code)).inc();
      if (code !== 'ok') rejected.labels(code).inc();
      else if (event === 'signal') relayed.inc();
    },
    refused: (code) => rejected.labels(code).inc(),
    watch: (source) => {
      counts = source;
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

function memo<T>(known: Map<string, T>, key: string, make: () => T): T {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  known.set(key, made);
  return made;
}
