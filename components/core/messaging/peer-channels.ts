/** A reliable channel to everybody in the room, whatever transport carries it. The server sees nothing of what goes over it. */
import { CallError } from '../call-error.js';
import type { ParticipantId } from '../participant.js';
import { ReliableChannel, type Pipe } from './reliable-channel.js';

/** What another participant's page sent, whole and once, in the order it was sent. */
export interface DataMessage {
  /** The participant at the other end of the pipe it came over. */
  readonly from: ParticipantId;
  readonly data: string;
  /** Milliseconds it waited at the sender's: the link was down, for instance. */
  readonly waitedMs: number;
}

export class PeerChannels {
  readonly #channels = new Map<ParticipantId, ReliableChannel>();
  readonly #received: (message: DataMessage) => void;

  constructor(received: (message: DataMessage) => void) {
    this.#received = received;
  }

  /** Who is here. What waits for somebody who left is given up. */
  setPeers(peers: ReadonlySet<ParticipantId>): void {
    for (const [peer, channel] of this.#channels) {
      if (peers.has(peer)) continue;
      this.#channels.delete(peer);
      channel.close();
    }
    for (const from of peers)
      if (!this.#channels.has(from))
        this.#channels.set(from, new ReliableChannel((data, waitedMs) => this.#received({ from, data, waitedMs })));
  }

  /**
   * To one participant. Kept while there is no pipe to them. Resolves when the other page has it; rejects when it cannot be delivered
   * any more: they left, or too much is waiting.
   */
  async send(to: ParticipantId, data: string): Promise<void> {
    const channel = this.#channels.get(to);
    if (!channel) throw new CallError('PEER_NOT_FOUND');
    await channel.send(data);
  }

  attach(peer: ParticipantId, pipe: Pipe): void {
    this.#channels.get(peer)?.attach(pipe);
  }

  detach(peer: ParticipantId, pipe: Pipe): void {
    this.#channels.get(peer)?.detach(pipe);
  }

  close(): void {
    this.setPeers(new Set());
  }
}
