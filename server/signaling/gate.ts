/**
 * What happens before a WebSocket exists: the page's origin, the number of connections of an address,
 * the number of connections at all. Answers in plain HTTP, so a refused client costs next to nothing.
 */
import type { IncomingMessage } from 'node:http';
import type { Socket as TcpSocket } from 'node:net';
import type { Limits } from '../limits.js';
import type { Log } from '../log.js';
import type { Observer } from '../observer.js';
import { ERROR_CODES, type ErrorCode } from '../protocol/error-codes.js';
import type { AddressKey } from './addresses.js';
import { Buckets } from './buckets.js';
import { holdFirstPacket } from './raw-connections.js';
import type { OperatorHints } from './operator-hints.js';
import { mayConnect, type OriginSettings } from './origins.js';
import { wireError } from './refusal.js';

const NEW_CONNECTIONS_WINDOW_SECONDS = 10;
const STATUS_TEXT: Readonly<Record<number, string>> = { 403: 'Forbidden', 429: 'Too Many Requests', 503: 'Service Unavailable' };

const ADDRESS = Symbol('address');
type Counted = TcpSocket & { [ADDRESS]?: AddressKey };

export interface GateOptions {
  readonly origins: OriginSettings;
  readonly limits: Limits;
  readonly addressOf: (request: IncomingMessage) => AddressKey;
  readonly log: Log;
  readonly hints: OperatorHints;
  readonly observer: Observer;
}

/** Why not; `undefined` for those who may come in. */
type Verdict = { readonly code: ErrorCode; readonly retryAfterMs?: number; readonly setting?: string } | undefined;

export class Gate {
  readonly #options: GateOptions;
  readonly #openConnections = new Map<string, number>();
  readonly #newConnections: Buckets;
  readonly #closing = whenCloses((address) => this.#uncount(address));
  #connections = 0;
  #closed = false;

  constructor(options: GateOptions) {
    this.#options = options;
    const burst = options.limits.newConnectionsPerAddress;
    this.#newConnections = new Buckets({ burst, perSecond: burst / NEW_CONNECTIONS_WINDOW_SECONDS });
  }

  /** From now on nobody new comes in. */
  close(): void {
    this.#closed = true;
    this.#newConnections.close();
  }

  /** Socket.IO's `allowRequest`. A refused request is answered here and never handed on. */
  readonly allowRequest = (
    request: IncomingMessage,
    allow: (message: string | null | undefined, success: boolean) => void,
  ): void => {
    let refusal: Verdict;
    try {
      refusal = this.#judge(request);
    } catch (error) {
      this.#options.log.error({ event: 'gate', err: error }, 'the gate failed');
      refusal = { code: 'INTERNAL' };
    }
    if (refusal !== undefined) {
      this.#refuse(request, refusal);
      return;
    }
    holdFirstPacket(request.socket);
    allow(undefined, true);
  };

  /** What is asked by plain HTTP passes the same gate, but takes no connection: it may ask only where a connection could come next. */
  mayAsk(request: IncomingMessage): Verdict {
    const refusal = this.#mayCome(request, this.#options.addressOf(request));
    if (refusal !== undefined) this.#note(request, refusal);
    return refusal;
  }

  /** Whether a connection could be opened now. Opens none, and counts nothing. */
  mayOpen(request: IncomingMessage): Verdict {
    const address = this.#options.addressOf(request);
    return this.#mayCome(request, address) ?? this.#tooFast(address === undefined ? 0 : this.#newConnections.wait(address));
  }

  #judge(request: IncomingMessage): Verdict {
    const address = this.#options.addressOf(request);
    const refusal = this.#mayCome(request, address);
    if (refusal !== undefined) return refusal;
    this.#count(request.socket, address);
    return this.#tooFast(address === undefined ? 0 : this.#newConnections.take(address));
  }

  #tooFast(retryAfterMs: number): Verdict {
    return retryAfterMs > 0 ? { code: 'RATE_LIMITED', retryAfterMs, setting: 'LIMIT_NEW_CONNECTIONS_PER_ADDRESS' } : undefined;
  }

  #mayCome({ headers }: IncomingMessage, address: AddressKey): Verdict {
    const { origins, limits } = this.#options;
    if (this.#closed) return { code: 'SERVER_DRAINING', retryAfterMs: 1_000 };
    if (!mayConnect(headers.origin, headers.host, origins)) return { code: 'ORIGIN_NOT_ALLOWED' };
    if (this.#connections >= limits.connections)
      return { code: 'SERVER_BUSY', retryAfterMs: 5_000, setting: 'LIMIT_CONNECTIONS' };
    if (address !== undefined && (this.#openConnections.get(address) ?? 0) >= limits.connectionsPerAddress)
      return { code: 'RATE_LIMITED', retryAfterMs: 10_000, setting: 'LIMIT_CONNECTIONS_PER_ADDRESS' };
    return undefined;
  }

  #count(socket: Counted, address: AddressKey): void {
    this.#connections += 1;
    if (address !== undefined) this.#openConnections.set(address, (this.#openConnections.get(address) ?? 0) + 1);
    socket[ADDRESS] = address;
    socket.on('close', this.#closing);
  }

  #uncount(address: AddressKey): void {
    this.#connections -= 1;
    if (address === undefined) return;
    const left = (this.#openConnections.get(address) ?? 1) - 1;
    if (left > 0) this.#openConnections.set(address, left);
    else this.#openConnections.delete(address);
  }

  #note({ headers }: IncomingMessage, { code, setting }: NonNullable<Verdict>): void {
    this.#options.observer.refused(code);
    this.#options.log.info({ event: 'refused', code, ...(setting === undefined ? {} : { setting }) }, 'a connection was refused');
    if (code === 'ORIGIN_NOT_ALLOWED') this.#options.hints.origin(headers.origin);
    else if (setting !== undefined) this.#options.hints.limit(setting);
  }

  #refuse(request: IncomingMessage, refusal: NonNullable<Verdict>): void {
    this.#note(request, refusal);
    const { socket } = request;
    const { code, retryAfterMs } = refusal;
    const { http } = ERROR_CODES[code];
    const body = JSON.stringify({ error: { code, message: wireError(code, refusal).message } });
    const retryAfter = retryAfterMs === undefined ? '' : `Retry-After: ${Math.ceil(retryAfterMs / 1_000)}\r\n`;
    socket.on('error', () => undefined);
    socket.write(
      `HTTP/1.1 ${http} ${STATUS_TEXT[http] ?? 'Error'}\r\nConnection: close\r\nContent-Type: application/json\r\n` +
        `${retryAfter}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
    socket.destroySoon();
  }
}

/** One listener for all sockets: they are held as long as their connections, and so is every function they have of their own. */
function whenCloses(told: (address: AddressKey) => void): (this: Counted) => void {
  return function (this: Counted) {
    told(this[ADDRESS]);
  };
}
