/**
 * Messages to one participant, each delivered once and in order, over pipes that may close and transports that may be replaced:
 * numbered, kept until the other side says that it has them, and sent again on the next pipe. During a change of transport there are
 * two pipes, and the two sides do not change at the same moment: it listens on every pipe, and writes to the newest that was answered.
 * Knows no transport; a pipe is given to it.
 */
import { CallError } from '../call-error.js';
import { randomId } from '../random-id.js';
import { Allowance } from './allowance.js';

/** One open way to the other page: an RTCDataChannel, or packets through a server. */
export interface Pipe {
  send(text: string): void;
  /** The browser has written most of what it was given: it may have more. */
  readonly free: boolean;
  /** Set by who uses the pipe. */
  onMessage: ((text: string) => void) | null;
  /** It is free again. */
  onFree: (() => void) | null;
}

/** Characters of one message; the browsers carry it whole. */
const MOST_IN_ONE = 32_768;
/** What waits for a link that is down. */
const MOST_WAITING = 512;
const MOST_WAITING_CHARACTERS = 1_048_576;
/** What the other side may send us before we stop listening for a while; far above what its page ever sends. */
const FRAMES = { burst: 4_000, perSecond: 1_000 };
const CHARACTERS = { burst: 16_777_216, perSecond: 8_388_608 };
/** A pipe may be open here before it is there: a hello without an answer is sent again. */
const HELLO_MS = 1_000;

interface Entry {
  readonly number: number;
  readonly data: string;
  readonly at: number;
  readonly resolve: () => void;
  readonly reject: (error: CallError) => void;
}

/** How far we are on one pipe. */
interface Attached {
  readonly pipe: Pipe;
  /** They answered on it, under this name; null: not yet. */
  peer: string | null;
  /** The last number written to it. */
  written: number;
  timer: ReturnType<typeof setInterval> | undefined;
}

/**
 * On the wire, as JSON: `['hello', my name, sent before the first I still hold, your name, the last of yours I have, it is an answer]`,
 * `['data', number, milliseconds it waited, text]`, `['has', the last of yours I have]`.
 */
type Frame =
  | readonly ['hello', string, number, string, number, boolean]
  | readonly ['data', number, number, string]
  | readonly ['has', number];

export class ReliableChannel {
  readonly #received: (data: string, waitedMs: number) => void;
  /** Names this run of numbers: a reloaded page begins another. */
  readonly #name = randomId();
  #waiting: Entry[] = [];
  #characters = 0;
  #last = 0;
  #theirName = '';
  /** The last of theirs that we have. */
  #theirLast = 0;
  /** The newest first. */
  readonly #pipes: Attached[] = [];
  #closed = false;
  readonly #frames = new Allowance(FRAMES);
  readonly #volume = new Allowance(CHARACTERS);

  constructor(received: (data: string, waitedMs: number) => void) {
    this.#received = received;
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
        this.#pump();
      }
    });
  }

  /** A pipe is open, beside those there are. */
  attach(pipe: Pipe): void {
    if (this.#closed || this.#pipes.some((each) => each.pipe === pipe)) return;
    const attached: Attached = { pipe, peer: null, written: 0, timer: undefined };
    this.#pipes.unshift(attached);
    pipe.onMessage = (text) => this.#receive(attached, text);
    pipe.onFree = () => this.#pump();
    this.#hello(attached, false);
    attached.timer = setInterval(() => this.#hello(attached, false), HELLO_MS);
  }

  /** It is closed: what was not confirmed goes over another. */
  detach(pipe: Pipe): void {
    const at = this.#pipes.findIndex((each) => each.pipe === pipe);
    const [attached] = at < 0 ? [] : this.#pipes.splice(at, 1);
    if (!attached) return;
    letGo(attached);
    this.#pump();
  }

  close(): void {
    this.#closed = true;
    for (const attached of this.#pipes.splice(0)) letGo(attached);
    for (const { reject } of this.#waiting.splice(0)) reject(new CallError('PEER_NOT_FOUND'));
  }

  #receive(on: Attached, text: string): void {
    if (!this.#pipes.includes(on) || !this.#mayBeRead(text)) return;
    const frame = read(text);
    if (!frame) return;
    switch (frame[0]) {
      case 'hello':
        this.#greeted(on, frame);
        return;
      case 'data': {
        const [, number, waitedMs, data] = frame;
        // A pipe that belongs to their page of before says nothing of the numbers of this one.
        if (on.peer !== this.#theirName || number > this.#theirLast + 1) return;
        if (number > this.#theirLast) {
          this.#theirLast = number;
          this.#received(data, waitedMs);
        }
        this.#write(on, ['has', this.#theirLast]);
        return;
      }
      case 'has':
        if (on.peer === this.#theirName) this.#forget(Math.min(frame[1], on.written));
    }
  }

  /** Before anything is taken apart: also that costs time. */
  #mayBeRead({ length }: string): boolean {
    return this.#frames.take() && this.#volume.take(length);
  }

  /** Writes what waits to the newest pipe that was answered, as long as it takes more. */
  #pump(): void {
    const on = this.#pipes.find(({ peer }) => peer !== null && peer === this.#theirName);
    if (!on) return;
    for (const { number, data, at } of this.#waiting) {
      if (number <= on.written) continue;
      if (!on.pipe.free) return;
      on.written = number;
      this.#write(on, ['data', number, Math.round(performance.now() - at), data]);
    }
  }

  #greeted(on: Attached, [, name, base, mine, has, answer]: Extract<Frame, readonly ['hello', ...unknown[]]>): void {
    if (name !== this.#theirName) {
      this.#theirName = name;
      this.#theirLast = base;
    }
    if (mine === this.#name) this.#forget(Math.min(has, this.#last));
    clearInterval(on.timer);
    on.peer = name;
    on.written = 0;
    if (!answer) this.#hello(on, true);
    this.#pump();
  }

  #hello(on: Attached, answer: boolean): void {
    const base = (this.#waiting[0]?.number ?? this.#last + 1) - 1;
    this.#write(on, ['hello', this.#name, base, this.#theirName, this.#theirLast, answer]);
  }

  #forget(upTo: number): void {
    const done = this.#waiting.filter(({ number }) => number <= upTo);
    this.#waiting = this.#waiting.filter(({ number }) => number > upTo);
    for (const { data, resolve } of done) {
      this.#characters -= data.length;
      resolve();
    }
  }

  #write({ pipe }: Attached, frame: Frame): void {
    try {
      pipe.send(JSON.stringify(frame));
    } catch {
      // Closing at this moment: the next pipe says it again.
    }
  }
}

function letGo({ pipe, timer }: Attached): void {
  clearInterval(timer);
  pipe.onMessage = pipe.onFree = null;
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
