/**
 * The data channel of one RTCPeerConnection. Both sides make it themselves under an agreed number, so that it is
 * part of the first offer and costs no round of its own; one that closes is made again under the next number.
 */
import type { Pipe } from '../../core/messaging/reliable-channel.js';

/** Numbers are used again after so many: a channel that is gone has long let go of its own. */
const NUMBERS = 256;
const AGAIN_MS = [0, 200, 1_000, 5_000] as const;
/** Above it the browser gets no more; below half of it, it does again. */
const BUFFERED = 262_144;

/** Who uses the channel while it is open. */
export interface PipeHooks {
  opened(pipe: Pipe): void;
  closed(pipe: Pipe): void;
}

export class DataChannels {
  readonly #pc: RTCPeerConnection;
  readonly #hooks: () => PipeHooks | null;
  #made = 0;
  #open: Pipe | null = null;
  /** Closed since one was last open. */
  #tries = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  /** `hooks`: null while it is not known yet who is at the other end. */
  constructor(pc: RTCPeerConnection, hooks: () => PipeHooks | null) {
    this.#pc = pc;
    this.#hooks = hooks;
  }

  /** Before our first description is made, on either side. */
  open(): void {
    if (this.#made === 0) this.#make();
  }

  /** It is known now who is at the other end. */
  linked(): void {
    if (this.#open) this.#hooks()?.opened(this.#open);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#gone(); // a connection that is closed takes its channels along without an event
  }

  #make(): void {
    if (this.#closed || this.#pc.signalingState === 'closed') return;
    const channel = this.#pc.createDataChannel('talk', { negotiated: true, id: this.#made % NUMBERS });
    this.#made += 1;
    channel.bufferedAmountLowThreshold = BUFFERED / 2;
    const pipe: Pipe = {
      onMessage: null,
      onFree: null,
      send: (text) => channel.send(text),
      get free() {
        return channel.readyState === 'open' && channel.bufferedAmount < BUFFERED;
      },
    };
    channel.onopen = () => {
      this.#tries = 0;
      this.#open = pipe;
      this.linked();
    };
    channel.onmessage = ({ data }) => {
      if (typeof data === 'string') pipe.onMessage?.(data);
    };
    channel.onbufferedamountlow = () => pipe.onFree?.();
    channel.onclose = () => {
      if (this.#closed) return;
      this.#gone();
      const wait = AGAIN_MS[Math.min(this.#tries, AGAIN_MS.length - 1)];
      this.#tries += 1;
      this.#timer = setTimeout(() => this.#make(), wait);
    };
  }
  #gone(): void {
    const pipe = this.#open;
    this.#open = null;
    if (pipe) this.#hooks()?.closed(pipe);
  }
}
