/**
 * The look at the door of a room: one at a time, and of the room that is wanted by then. Holds what is made ready there
 * until we are inside. Knows no signaling connection and no transport.
 */
import type { PrepareRequest } from '../../server/protocol/schemas.js';
import type { EarlyConnections } from './media/early-connections.js';

interface PreviewRequest {
  readonly request: PrepareRequest;
  readonly done: Promise<void>;
}

export interface RoomPreviewParts {
  /** Asks how many are inside. */
  readonly ask: (request: PrepareRequest) => Promise<unknown>;
  /** Null: nothing is made ready here. */
  readonly createEarlyConnections: () => EarlyConnections | null;
}

export class RoomPreview {
  readonly #parts: RoomPreviewParts;
  #current: PreviewRequest | null = null;
  #earlyConnections: EarlyConnections | null = null;

  constructor(parts: RoomPreviewParts) {
    this.#parts = parts;
  }

  get earlyConnections(): EarlyConnections | null {
    return this.#earlyConnections;
  }

  /** `soon`: the visitor is about to join. Rejects when the server could not be asked. */
  async open(request: PrepareRequest, soon: boolean): Promise<void> {
    if (this.#current?.request.room !== request.room || this.#current.request.token !== request.token) {
      this.close();
      this.#current = { request, done: this.#start(request) };
    }
    const open = this.#current;
    try {
      await open.done;
    } catch (cause) {
      if (this.#current === open) this.#current = null;
      throw cause;
    }
    if (soon && this.#current === open) this.#earlyConnections?.approach();
  }

  /** What was made ready is for another room, was made with other settings, leads nowhere any more, or was used. */
  close(): void {
    this.#current = null;
    this.#earlyConnections?.close();
    this.#earlyConnections = null;
  }

  async #start(request: PrepareRequest): Promise<void> {
    await this.#parts.ask(request);
    if (this.#current?.request !== request) return;
    this.#earlyConnections = this.#parts.createEarlyConnections();
    this.#earlyConnections?.probe();
  }
}
