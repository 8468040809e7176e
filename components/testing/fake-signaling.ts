/**
 * A signaling signaling connection without a server, for tests of anything that stands on one. It answers at once unless
 * told otherwise, remembers what it was asked, and lets the test play the server.
 */
import type { ClientToServer } from '../../server/protocol/events.js';
import type {
  RoomOccupancy,
  JoinReply,
  JoinRequest,
  ParticipantInfo,
  PrepareRequest,
  Resume,
  UpdateRequest,
} from '../../server/protocol/schemas.js';
import { CallError } from '../core/call-error.js';
import type { ModeratorEvent, Signaling, SignalingEvent } from '../core/signaling.js';

export function participantInfo(id: string, sequence: number, more: Partial<ParticipantInfo> = {}): ParticipantInfo {
  return {
    id,
    sequence,
    displayName: id,
    presence: 'present',
    media: { microphone: true, camera: true, screen: false, screenAudio: false },
    ...more,
  };
}

export class FakeSignaling implements Signaling {
  readonly prepared: PrepareRequest[] = [];
  readonly joins: JoinRequest[] = [];
  readonly updates: UpdateRequest[] = [];
  readonly moderated: { readonly event: ModeratorEvent; readonly request: unknown }[] = [];
  left = false;
  suspended = false;
  checks = 0;
  interruptions = 0;
  /** Who is inside already. */
  others: ParticipantInfo[] = [];
  /** What else the answer to a join tells. */
  more: Partial<JoinReply> = {};
  /** Set to make the next joins fail, or wait until the promise settles. */
  joinAnswer: (() => Promise<void>) | null = null;
  #listener: (event: SignalingEvent) => void = () => undefined;
  #self = participantInfo('me', 1);

  onEvent(listener: (event: SignalingEvent) => void): void {
    this.#listener = listener;
  }

  /** Plays the server. */
  say(event: SignalingEvent): void {
    this.#listener(event);
  }

  reply(more: Partial<JoinReply> = {}): JoinReply {
    return {
      room: 'standup',
      self: this.#self,
      roster: { version: 1, participants: this.others },
      negotiation: { ice: { iceServers: [] } },
      limit: 8,
      resumeToken: 'token',
      serverInstanceId: 'first',
      graceMs: 30_000,
      resumed: false,
      ...this.more,
      ...more,
    };
  }

  async prepare(request: PrepareRequest): Promise<RoomOccupancy> {
    this.prepared.push(request);
    const door = { participants: this.others.length, limit: 8, full: false };
    this.say({ type: 'fact', fact: { type: 'room-preview-changed', occupancy: door } });
    return door;
  }

  async join(request: JoinRequest, signal: AbortSignal): Promise<JoinReply> {
    this.joins.push(request);
    await this.joinAnswer?.();
    if (signal.aborted) throw new CallError('ABORTED');
    this.#self = {
      ...participantInfo('me', this.others.length + 1),
      displayName: request.displayName ?? '',
      media: request.media,
    };
    return this.reply();
  }

  async leave(): Promise<void> {
    this.left = true;
  }

  suspend(): Resume | null {
    this.suspended = true;
    return { participantId: this.#self.id, token: 'token' };
  }

  wake(): void {
    this.suspended = false;
  }

  check(): void {
    this.checks += 1;
  }

  interrupt(): void {
    this.interruptions += 1;
  }

  async update(request: UpdateRequest): Promise<ParticipantInfo> {
    this.updates.push(request);
    const { displayName, media, handRaised } = request;
    const { hand = 1, ...self } = this.#self;
    this.#self = {
      ...self,
      ...((handRaised ?? this.#self.hand !== undefined) && { hand }),
      ...(displayName !== undefined && { displayName }),
      ...(media && { media }),
    };
    this.say({ type: 'fact', fact: { type: 'self-updated', self: this.#self } });
    return this.#self;
  }

  async request<E extends ModeratorEvent>(event: E, request: ClientToServer[E]['request']): Promise<ClientToServer[E]['reply']> {
    this.moderated.push({ event, request });
    return event === 'lock' || event === 'waiting-room' ? { locked: false, waitingRoom: false } : {};
  }

  close(): void {
    this.left = true;
  }
}
