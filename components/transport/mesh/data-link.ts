/**
 * Words to one participant, each delivered once and in order, over channels that may close and connections that
 * may be replaced: numbered, kept until the other side says that it has them, and said again on the next channel.
 * Knows no RTCPeerConnection; a channel is a pipe it is given.
 */
import { CallError } from '../../core/call-error.js';
import { randomId } from '../../core/random-id.js';
import { toJson } from '../../core/json.js';

/** One open channel. */
export interface Pipe {
  send(text: string): void;
  /** The browser has written most of what it was given: it may have more. */
  readonly free: boolean;
}

/** Characters of one message; the browsers carry it whole. */
const MOST_IN_ONE = 32_768;
/** What waits for a link that is down. */
const MOST_WAITING = 512;
const MOST_WAITING_CHARACTERS = 1_048_576;
/** A channel may be open here before it is there: what was said into the void is said again. */
const HELLO_MS = 1_000;

interface Entry {
  readonly number: number;
  readonly data: string;
  readonly at: number;
  readonly resolve: () => void;
  readonly reject: (error: CallError) => void;
}

/**
 * On the wire, as JSON: `['hello', my name, sent before the first I still hold, your name, the last of yours I have, it is an answer]`,
 * `['data', number, milliseconds it waited, text]`, `['has', the last of yours I have]`.
 */
type Frame =
  | readonly ['hello', string, number, string, number, boolean]
  | readonly ['data', number, number, string]
  | readonly ['has', number];

export class DataLink {
  readonly #heard: (data: string, waitedMs: number) => void;
  /** Names this run of numbers: a reloaded page begins another. */
  readonly #name = randomId();
  #waiting: Entry[] = [];
  #characters = 0;
  #last = 0;
  /** The last number given to the current pipe. */
  #written = 0;
  #theirName = '';
  /** The last of theirs that we have. */
  #theirLast = 0;
  #pipe: Pipe | null = null;
  /** They answered on this pipe. */
  #ready = false;
  #timer: ReturnType<typeof setInterval> | undefined;
  #closed = false;

  constructor(heard: (data: string, waitedMs: number) => void) {
    this.#heard = heard;
  }

  send(data: string): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#closed) reject(new CallError('PEER_NOT_FOUND'));
      else if (data.length > MOST_IN_ONE) reject(new CallError('BAD_PAYLOAD'));
      else if (this.#waiting.length >= MOST_WAITING || this.#characters + data.length > MOST_WAITING_CHARACTERS)
        reject(new CallError('RATE_LIMITED', { message: 'Too much is waiting for this participant.', retryable: true }));
      else {
        this.#last += 1;
        this.#characters += data.length;
        this.#waiting.push({ number: this.#last, data, at: performance.now(), resolve, reject });
        this.pump();
      }
    });
  }

  /** A channel is open: it replaces the one before. */
  attach(pipe: Pipe): void {
    if (this.#closed) return;
    this.#pipe = pipe;
    this.#ready = false;
    this.#hello(false);
    clearInterval(this.#timer);
    this.#timer = setInterval(() => this.#hello(false), HELLO_MS);
  }

  detach(pipe: Pipe): void {
    if (pipe !== this.#pipe) return;
    this.#pipe = null;
    this.#ready = false;
    clearInterval(this.#timer);
  }

  receive(pipe: Pipe, text: string): void {
    const frame = pipe === this.#pipe && !this.#closed ? read(text) : null;
    if (!frame) return;
    switch (frame[0]) {
      case 'hello':
        this.#greeted(frame);
        return;
      case 'data': {
        const [, number, waitedMs, data] = frame;
        if (!this.#ready || number > this.#theirLast + 1) return;
        if (number > this.#theirLast) {
          this.#theirLast = number;
          this.#heard(data, waitedMs);
        }
        this.#write(['has', this.#theirLast]);
        return;
      }
      case 'has':
        this.#forget(Math.min(frame[1], this.#written));
    }
  }

  /** Writes what waits, as long as the channel takes it. */
  pump(): void {
    if (!this.#ready) return;
    for (const { number, data, at } of this.#waiting) {
      if (number <= this.#written) continue;
      if (!this.#pipe?.free) return;
      this.#written = number;
      this.#write(['data', number, Math.round(performance.now() - at), data]);
    }
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#timer);
    this.#pipe = null;
    for (const { reject } of this.#waiting.splice(0)) reject(new CallError('PEER_NOT_FOUND'));
  }

  #greeted([, name, base, mine, has, answer]: Extract<Frame, readonly ['hello', ...unknown[]]>): void {
    if (name !== this.#theirName) {
      this.#theirName = name;
      this.#theirLast = base;
    }
    if (mine === this.#name) this.#forget(Math.min(has, this.#last));
    clearInterval(this.#timer);
    if (!answer) this.#hello(true);
    this.#ready = true;
    this.#written = 0;
    this.pump();
  }

  #hello(answer: boolean): void {
    const base = (this.#waiting[0]?.number ?? this.#last + 1) - 1;
    this.#write(['hello', this.#name, base, this.#theirName, this.#theirLast, answer]);
  }

  #forget(upTo: number): void {
    const done = this.#waiting.filter(({ number }) => number <= upTo);
    this.#waiting = this.#waiting.filter(({ number }) => number > upTo);
    for (const { data, resolve } of done) {
      this.#characters -= data.length;
      resolve();
    }
  }

  #write(frame: Frame): void {
    try {
      this.#pipe?.send(toJson(frame));
    } catch {
      // Closing at this moment: the next channel says it again.
    }
  }
}

const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

/** Null: not one of ours. */
function read(text: string): Frame | null {
  if (text.length > 2 * MOST_IN_ONE) return null;
  try {
    const frame = JSON.parse(text) as unknown;
    if (!Array.isArray(frame)) return null;
    const [kind, a, b, c, d, e] = frame as readonly unknown[];
    if (kind === 'has' && isCount(a)) return [kind, a];
    if (kind === 'data' && isCount(a) && isCount(b) && typeof c === 'string') return [kind, a, b, c];
    if (kind === 'hello' && typeof a === 'string' && a.length <= 64 && isCount(b) && typeof c === 'string' && isCount(d))
      return [kind, a, b, c, d, e === true];
  } catch {
    // Not JSON.
  }
  return null;
}
