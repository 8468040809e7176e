/**
 * The one way a message gets in. Whatever a client sends passes here: order, shape, right, rate,
 * deadline, answer; and whatever a handler throws ends here. It knows no room and no participant.
 */
import { Compile } from 'typebox/compile';
import type { ErrorCode } from '../protocol/error-codes.js';
import type { Ack } from '../protocol/events.js';
import type { Limits } from '../limits.js';
import type { Log } from '../log.js';
import { misfitWords } from '../misfit.js';
import type { Observer } from '../observer.js';
import type { ClientConnection } from './client-connection.js';
import type { OperatorHints } from './operator-hints.js';
import type { Rates } from './rates.js';
import { accepted, Refusal, refused, wireError, type RefusalDetails } from './refusal.js';
import { mayUse, type Cost, type Route } from './routes.js';

/** Codes that no honest client earns in numbers. The others happen to everybody: a peer leaves, an answer comes late. */
export const STRIKES: ReadonlySet<ErrorCode> = new Set([
  'BAD_PAYLOAD',
  'UNKNOWN_EVENT',
  'PROTOCOL_UNSUPPORTED',
  'ROOM_NAME_INVALID',
  'SDP_REJECTED',
  'CANDIDATE_REJECTED',
]);

export interface DispatcherOptions {
  readonly routes: ReadonlyMap<string, Route>;
  readonly rates: Rates;
  readonly limits: Limits;
  readonly handlerDeadlineMs: number;
  /** Takes an abusive connection out: of its room at once, and off the server. */
  readonly expel: (connection: ClientConnection) => void;
  readonly hints: Pick<OperatorHints, 'limit'>;
  /** Senders may know what does not fit: on a developer's machine. */
  readonly explains: boolean;
  readonly log: Log;
  readonly observer: Observer;
}

interface Entry {
  readonly route: Route;
  readonly fits: (payload: unknown) => boolean;
  readonly misfit: (payload: unknown) => string;
}

type Answer = (answer: Ack<unknown>) => void;

export class Dispatcher {
  readonly #entries: ReadonlyMap<string, Entry>;
  readonly #options: DispatcherOptions;

  constructor(options: DispatcherOptions) {
    this.#options = options;
    this.#entries = new Map(
      [...options.routes].map(([event, route]) => {
        const validator = Compile(route.schema);
        return [
          event,
          {
            route,
            fits: (payload: unknown) => isPlain(payload) && validator.Check(payload),
            misfit: (payload: unknown) =>
              isPlain(payload) ? misfitWords(validator.Errors(payload), 'It') : 'It must be one object.',
          },
        ];
      }),
    );
  }

  /** Takes everything that comes in on a connection from now on: known events, unknown ones, and whatever stands where an event's name should. */
  listen(connection: ClientConnection): void {
    // A middleware that never calls on: here it ends. Socket.IO looks for no listeners, in a turn of its own, after that.
    connection.socket.use((message: readonly unknown[]) => this.receive(connection, message));
  }

  receive(connection: ClientConnection, [event, ...args]: readonly unknown[]): void {
    const last = args.at(-1);
    const acknowledge = typeof last === 'function' ? (last as Answer) : undefined;
    const payload = acknowledge !== undefined && args.length === 1 ? undefined : args[0];
    const answer = acknowledge ?? ((result: Ack<unknown>) => this.#complain(connection, event, result));
    this.run(connection, event, payload, answer);
  }

  /** Also the way of a request that came with the handshake: `answer` sends its result. */
  run(connection: ClientConnection, event: unknown, payload: unknown, answer: Answer): void {
    if (connection.pending >= this.#options.limits.pendingMessages) {
      this.#fail(connection, event, new Refusal('RATE_LIMITED', { retryAfterMs: 1_000 }), answer);
      return;
    }
    connection.enqueue(() => {
      if (!connection.open) return undefined;
      const began = performance.now();
      const done = (code: ErrorCode | 'ok'): void =>
        this.#options.observer.handled(this.#nameOf(event), code, performance.now() - began);
      const failed = (error: unknown): void => done(this.#fail(connection, event, error, answer));
      let running: void | Promise<void>;
      try {
        running = this.#handle(connection, event, payload, answer);
      } catch (error) {
        return failed(error);
      }
      return running === undefined ? done('ok') : running.then(() => done('ok'), failed);
    });
  }

  /** Done when it returns, unless the route has something to wait for. */
  #handle(connection: ClientConnection, event: unknown, payload: unknown, answer: Answer): void | Promise<void> {
    const entry = typeof event === 'string' ? this.#entries.get(event) : undefined;
    if (entry === undefined) throw new Refusal('UNKNOWN_EVENT');
    if (!entry.fits(payload)) throw new Refusal('BAD_PAYLOAD', this.#options.explains ? { because: entry.misfit(payload) } : {});
    const { route } = entry;
    const request = payload as Parameters<Route['run']>[0]['request'];
    const session = () => {
      if (connection.session === undefined) throw new Refusal('NOT_IN_ROOM');
      return connection.session;
    };
    const { needs } = route;
    if (needs !== 'nothing') session();
    this.#charge(connection, route, request);
    // After the price is paid: trying preview subscribers is not free.
    if (needs !== 'nothing' && !mayUse(needs, session().identity)) throw new Refusal('FORBIDDEN');
    let answered = false;
    const reply = (data: unknown) => {
      // After the deadline the client has had its answer; a second one would acknowledge somebody else's message.
      if (answered) return;
      answered = true;
      answer(accepted(data));
    };
    const running = route.run({ connection, request, session, answer: reply });
    if (running === undefined) return undefined;
    return withDeadline(running, this.#options.handlerDeadlineMs).catch((error: unknown) => {
      if (!answered) {
        answered = true;
        throw error;
      }
      this.#options.log.error({ event: 'handler', name: event, err: error }, 'a handler failed after its answer');
    });
  }

  #charge(connection: ClientConnection, { cost }: Route, request: Parameters<Route['run']>[0]['request']): void {
    const { rates } = this.#options;
    if (typeof cost === 'string') rates.take(cost, connection);
    else
      for (const [kind, points] of (cost as (asked: unknown) => readonly Cost[])(request)) rates.take(kind, connection, points);
  }

  #fail(connection: ClientConnection, event: unknown, error: unknown, answer: Answer): ErrorCode {
    const { code, details } = this.#explain(event, error, connection);
    answer(refused(wireError(code, details)));
    if (details.setting !== undefined) this.#options.hints.limit(details.setting);
    const { strikes, refusals } = this.#options.limits;
    const abusive = STRIKES.has(code)
      ? connection.strike() >= strikes
      : code === 'RATE_LIMITED' && connection.refusal() >= refusals;
    if (!abusive) return code;
    this.#options.log.warn(
      { event: 'abuse', code, participantId: connection.session?.participantId },
      'a connection was closed for abuse',
    );
    this.#options.expel(connection);
    return code;
  }

  #explain(event: unknown, error: unknown, connection: ClientConnection): { code: ErrorCode; details: RefusalDetails } {
    if (error instanceof Refusal) return error;
    const name = this.#nameOf(event);
    this.#options.log.error(
      { event: 'handler', name, err: error, participantId: connection.session?.participantId },
      'a handler failed',
    );
    return { code: 'INTERNAL', details: {} };
  }

  #nameOf(event: unknown): string {
    return typeof event === 'string' && this.#entries.has(event) ? event : 'unknown';
  }

  /** Nobody waits for an acknowledgement: only trouble is worth a message. */
  #complain(connection: ClientConnection, event: unknown, result: Ack<unknown>): void {
    if (result.ok) return;
    const name = typeof event === 'string' && this.#entries.has(event) ? event : '';
    connection.send('server-error', { event: name, error: result.error });
  }
}

/** Objects as JSON makes them. A buffer or a class instance may satisfy a schema by accident. */
function isPlain(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function withDeadline(work: Promise<void>, ms: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
    work.then(
      () => {
        clearTimeout(timer);
        resolve();
      },
      (error: Error) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}
