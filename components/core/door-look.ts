/**
 * The look at the door of a room: one at a time, and of the room that is wanted by then. Holds what is made ready there
 * until we are inside. Knows no line and no transport.
 */
import type { PrepareRequest } from '../../server/protocol/schemas.js';
import type { Doorstep } from './transport.js';

interface Look {
  readonly request: PrepareRequest;
  readonly done: Promise<void>;
}

export interface DoorLookParts {
  /** Asks how many are inside. */
  readonly ask: (request: PrepareRequest) => Promise<unknown>;
  /** Null: nothing is made ready here. */
  readonly makeReady: () => Doorstep | null;
}

export class DoorLook {
  readonly #parts: DoorLookParts;
  #look: Look | null = null;
  #doorstep: Doorstep | null = null;

  constructor(parts: DoorLookParts) {
    this.#parts = parts;
  }

  get doorstep(): Doorstep | null {
    return this.#doorstep;
  }

  /** `soon`: the visitor is about to join. Rejects when the server could not be asked. */
  async look(request: PrepareRequest, soon: boolean): Promise<void> {
    if (this.#look?.request.room !== request.room || this.#look.request.token !== request.token) {
      this.leave();
      this.#look = { request, done: this.#start(request) };
    }
    const look = this.#look;
    try {
      await look.done;
    } catch (cause) {
      if (this.#look === look) this.#look = null;
      throw cause;
    }
    if (soon && this.#look === look) this.#doorstep?.approach();
  }

  /** What was made ready is for another room, was made with other settings, leads nowhere any more, or was used. */
  leave(): void {
    this.#look = null;
    this.#doorstep?.close();
    this.#doorstep = null;
  }

  async #start(request: PrepareRequest): Promise<void> {
    await this.#parts.ask(request);
    if (this.#look?.request !== request) return;
    this.#doorstep = this.#parts.makeReady();
    this.#doorstep?.look();
  }
}
