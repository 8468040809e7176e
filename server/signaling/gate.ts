/**
 * What happens before a WebSocket exists: the page's origin, the number of lines of an address,
 * the number of lines at all. Answers in plain HTTP, so a refused client costs next to nothing.
 */
import type { IncomingMessage } from 'node:http';
import type { Socket as TcpSocket } from 'node:net';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Limits } from '../limits.js';
import type { Log } from '../log.js';
import type { Observer } from '../observer.js';
import { ERROR_CODES, type ErrorCode } from '../protocol/error-codes.js';
import type { AddressKey } from './addresses.js';
import { mayConnect, type OriginSettings } from './origins.js';

const NEW_LINES_WINDOW_SECONDS = 10;
const STATUS_TEXT: Readonly<Record<number, string>> = { 403: 'Forbidden', 429: 'Too Many Requests', 503: 'Service Unavailable' };

export interface GateOptions {
  readonly origins: OriginSettings;
  readonly limits: Limits;
  readonly addressOf: (request: IncomingMessage) => AddressKey;
  readonly log: Log;
  readonly observer: Observer;
}

export class Gate {
  readonly #options: GateOptions;
  readonly #openLines = new Map<string, number>();
  readonly #newLines: RateLimiterMemory;
  #lines = 0;
  #closed = false;

  constructor(options: GateOptions) {
    this.#options = options;
    this.#newLines = new RateLimiterMemory({ points: options.limits.newLinesPerAddress, duration: NEW_LINES_WINDOW_SECONDS });
  }

  /** From now on nobody new comes in. */
  close(): void {
    this.#closed = true;
  }

  /** Socket.IO's `allowRequest`. A refused request is answered here and never handed on. */
  readonly allowRequest = (
    request: IncomingMessage,
    allow: (message: string | null | undefined, success: boolean) => void,
  ): void => {
    this.#judge(request).then(
      (refusal) => {
        if (refusal === undefined) allow(undefined, true);
        else this.#refuse(request.socket, refusal.code, refusal.retryAfterMs);
      },
      (error: unknown) => {
        this.#options.log.error({ event: 'gate', err: error }, 'the gate failed');
        this.#refuse(request.socket, 'INTERNAL');
      },
    );
  };

  async #judge(request: IncomingMessage): Promise<{ code: ErrorCode; retryAfterMs?: number } | undefined> {
    const { origins, limits, addressOf } = this.#options;
    if (this.#closed) return { code: 'SERVER_DRAINING', retryAfterMs: 1_000 };
    if (!mayConnect(request.headers.origin, request.headers.host, origins)) return { code: 'ORIGIN_NOT_ALLOWED' };
    if (this.#lines >= limits.lines) return { code: 'SERVER_BUSY', retryAfterMs: 5_000 };
    const address = addressOf(request);
    if (address !== undefined) {
      if ((this.#openLines.get(address) ?? 0) >= limits.linesPerAddress) return { code: 'RATE_LIMITED', retryAfterMs: 10_000 };
      // Counted before waiting, so that a burst cannot slip through between the check and the count.
      this.#count(request.socket, address);
      try {
        await this.#newLines.consume(address);
      } catch (refusal) {
        if (refusal instanceof RateLimiterRes) return { code: 'RATE_LIMITED', retryAfterMs: refusal.msBeforeNext };
        throw refusal;
      }
      return undefined;
    }
    this.#count(request.socket, undefined);
    return undefined;
  }

  #count(socket: TcpSocket, address: AddressKey): void {
    this.#lines += 1;
    if (address !== undefined) this.#openLines.set(address, (this.#openLines.get(address) ?? 0) + 1);
    socket.once('close', () => {
      this.#lines -= 1;
      if (address === undefined) return;
      const left = (this.#openLines.get(address) ?? 1) - 1;
      if (left > 0) this.#openLines.set(address, left);
      else this.#openLines.delete(address);
    });
  }

  #refuse(socket: TcpSocket, code: ErrorCode, retryAfterMs?: number): void {
    this.#options.observer.refused(code);
    this.#options.log.info({ event: 'refused', code }, 'a connection was refused');
    const { http, message } = ERROR_CODES[code];
    const body = JSON.stringify({ error: { code, message } });
    const retryAfter = retryAfterMs === undefined ? '' : `Retry-After: ${Math.ceil(retryAfterMs / 1_000)}\r\n`;
    socket.on('error', () => undefined);
    socket.write(
      `HTTP/1.1 ${http} ${STATUS_TEXT[http] ?? 'Error'}\r\nConnection: close\r\nContent-Type: application/json\r\n` +
        `${retryAfter}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
    socket.destroySoon();
  }
}
