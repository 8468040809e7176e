/**
 * The server's numbers for Prometheus. Labels are events and codes of the protocol, nothing a client
 * can choose, so their number is bounded. Counts what it is told; knows neither rooms nor sockets.
 */
import { collectDefaultMetrics, Counter, Gauge, Registry, type Metric } from 'prom-client';
import type { Counts, Observer } from '../observer.js';
import type { ErrorCode } from '../protocol/error-codes.js';
import { Durations } from './durations.js';

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
  let passedOn = 0;
  new Counter({
    name: `${PREFIX}relayed_messages_total`,
    help: 'Signals passed on to a peer.',
    registers,
    collect() {
      this.reset();
      this.inc(passedOn);
    },
  });
  const rejected = new Counter({
    name: `${PREFIX}rejected_total`,
    help: 'Messages and connections refused, by code.',
    labelNames: ['code'],
    registers,
  });
  const durations = new Durations(`${PREFIX}handler_duration_seconds`, 'From taking a message up to its answer.', SECONDS);
  // Its types know only the metrics of the library; all it calls is `get`.
  registry.registerMetric(durations as unknown as Metric);

  return {
    handled: (event: string, code: ErrorCode | 'ok', milliseconds: number) => {
      durations.observe(event, milliseconds / 1_000);
      if (event === 'join') joins.inc({ result: code });
      if (code !== 'ok') rejected.inc({ code });
      else if (event === 'signal') passedOn += 1;
    },
    refused: (code) => rejected.labels(code).inc(),
    watch: (source) => {
      counts = source;
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
