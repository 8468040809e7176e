/**
 * Rooms in the memory of this process. Each operation finishes within one turn of the event loop,
 * which is what makes it atomic. Keyed by Map, so no room name can be mistaken for anything else.
 * How a room is set is kept in the state store, too: a locked room is still locked after a restart.
 */
import { Publishable, type RoomSettings } from '../protocol/rights.js';
import type { ParticipantInfo } from '../protocol/schemas.js';
import { MemoryStateStore, type StateStore } from '../state-store.js';
import type {
  Admission,
  AdmissionResult,
  Change,
  Profile,
  Resumption,
  RoomState,
  RoomStore,
  RoomSummary,
  Seated,
} from './room-store.js';

interface StoredParticipant {
  participant: ParticipantInfo;
  joinId: string;
  madeAt: number;
  tokenHash: string;
  /** Still good for the attempt that replaced it: its answer may have been lost. */
  replacedTokenHash: string | undefined;
}

interface Room {
  /** By `sequence`: whoever comes is the last, but for those who come back to a server that forgot them. */
  seats: Map<string, StoredParticipant>;
  settings: RoomSettings;
  version: number;
  lastSequence: number;
  emptyTimer: NodeJS.Timeout | undefined;
}

export interface MemoryRoomStoreOptions {
  readonly emptyRoomMs: number;
  readonly joinRetryMs: number;
  /** How a room is set when it comes to life. */
  readonly settings?: Partial<RoomSettings>;
  /** Where settings outlive this process; those of before it count for `rebuildMs`, then everybody had time to come back. */
  readonly state?: StateStore;
  readonly rebuildMs?: number;
  readonly now?: () => number;
}

/** Longer than any call. What nobody comes back to is forgotten after that. */
const SETTINGS_KEPT_MS = 86_400_000;
/** Long enough for a restart, where nobody says how long. */
const REBUILD_MS = 120_000;

export class MemoryRoomStore implements RoomStore {
  readonly #rooms = new Map<string, Room>();
  readonly #emptyRoomMs: number;
  readonly #joinRetryMs: number;
  readonly #now: () => number;
  readonly #nothing: RoomState;
  readonly #kept: StateStore;
  readonly #rebuildUntil: number;

  constructor(options: MemoryRoomStoreOptions) {
    this.#emptyRoomMs = options.emptyRoomMs;
    this.#joinRetryMs = options.joinRetryMs;
    this.#now = options.now ?? Date.now;
    this.#kept = options.state ?? new MemoryStateStore();
    this.#rebuildUntil = this.#now() + (options.rebuildMs ?? REBUILD_MS);
    this.#nothing = { version: 0, participants: [], settings: { locked: false, waitingRoom: false, ...options.settings } };
  }

  count(room: string): Promise<number> {
    return Promise.resolve(this.#rooms.get(room)?.seats.size ?? 0);
  }

  async admit(admission: Admission): Promise<AdmissionResult> {
    const settings = await this.#settingsOf(admission.room);
    return this.#admit(admission, settings);
  }

  resume(resumption: Resumption): Promise<Seated | undefined> {
    return Promise.resolve(this.#resume(resumption));
  }

  update(room: string, participantId: string, change: Change): Promise<Seated | undefined> {
    const held = this.#rooms.get(room);
    const seat = held?.seats.get(participantId);
    if (held === undefined || seat === undefined) return Promise.resolve(undefined);
    return Promise.resolve(this.#apply(held, seat, change));
  }

  remove(room: string, participantId: string): Promise<number | undefined> {
    const held = this.#rooms.get(room);
    if (held === undefined || !held.seats.delete(participantId)) return Promise.resolve(undefined);
    held.version += 1;
    if (held.seats.size === 0) {
      held.emptyTimer = setTimeout(() => this.#forget(room), this.#emptyRoomMs).unref();
    }
    return Promise.resolve(held.version);
  }

  async state(room: string): Promise<RoomState> {
    const held = this.#rooms.get(room);
    return held === undefined ? { ...this.#nothing, settings: await this.#settingsOf(room) } : stateOf(held);
  }

  async configure(
    room: string,
    settings: Partial<RoomSettings>,
  ): Promise<{ readonly state: RoomState; readonly changed: boolean }> {
    const held = this.#rooms.get(room);
    if (held === undefined) return { state: this.#nothing, changed: false };
    const after = { ...held.settings, ...settings };
    const changed = after.locked !== held.settings.locked || after.waitingRoom !== held.settings.waitingRoom;
    if (changed) {
      held.settings = after;
      held.version += 1;
      await this.#keepSettings(room, after);
    }
    return { state: stateOf(held), changed };
  }

  list(): Promise<readonly RoomSummary[]> {
    const taken = [...this.#rooms].filter(([, { seats }]) => seats.size > 0);
    return Promise.resolve(taken.map(([room, { seats }]) => ({ room, participants: seats.size })));
  }

  close(): Promise<void> {
    for (const room of this.#rooms.values()) clearTimeout(room.emptyTimer);
    this.#rooms.clear();
    return Promise.resolve();
  }

  /** Of a room that this process does not know yet: as it was set before the restart. */
  async #settingsOf(room: string): Promise<RoomSettings> {
    const held = this.#rooms.get(room);
    if (held !== undefined) return held.settings;
    if (this.#now() >= this.#rebuildUntil) return this.#nothing.settings;
    const kept = await this.#kept.get('room', room);
    return { ...this.#nothing.settings, ...(typeof kept === 'object' ? kept : {}) };
  }

  /** What is as rooms begin needs no memory. */
  async #keepSettings(room: string, { locked, waitingRoom }: RoomSettings): Promise<void> {
    const { settings } = this.#nothing;
    if (locked === settings.locked && waitingRoom === settings.waitingRoom) await this.#kept.delete('room', room);
    else await this.#kept.set('room', room, { locked, waitingRoom }, this.#now() + SETTINGS_KEPT_MS);
  }

  #forget(room: string): void {
    this.#rooms.delete(room);
    void this.#kept.delete('room', room).catch(() => undefined);
  }

  #admit(admission: Admission, settings: RoomSettings): AdmissionResult {
    const { room: name, limit, joinId, participantId, sequence, tokenHash, profile, role, grants, privileged, waits } = admission;
    const { presentedTokenHash } = admission;
    const held = this.#rooms.get(name);
    const earlier = held === undefined ? undefined : this.#seatOfAttempt(held, joinId);
    if (held !== undefined && earlier !== undefined) {
      earlier.replacedTokenHash = undefined;
      earlier.tokenHash = tokenHash;
      return { outcome: 'again', ...this.#apply(held, earlier, { presence: 'present' }) };
    }
    const count = held?.seats.size ?? 0;
    const { locked, waitingRoom } = held?.settings ?? settings;
    if (locked && !privileged) return { outcome: 'locked', count };
    if (count >= limit) return { outcome: 'full', count };
    if ((waitingRoom || waits) && !privileged) return { outcome: 'waiting', count };
    const room = held ?? this.#open(name, settings);
    clearTimeout(room.emptyTimer);
    room.emptyTimer = undefined;
    const number = sequence ?? room.lastSequence + 1;
    room.lastSequence = Math.max(room.lastSequence, number);
    room.version += 1;
    const participant: ParticipantInfo = {
      id: participantId,
      ...copyOf(profile),
      sequence: number,
      presence: 'present',
      role,
      ...(profile.handRaised === true ? { hand: nextHand(room) } : {}),
      ...limitsOf(grants),
    };
    room.seats.set(participantId, { participant, joinId, madeAt: this.#now(), tokenHash, replacedTokenHash: presentedTokenHash });
    if (number < room.lastSequence) room.seats = bySequence(room.seats);
    return { outcome: 'new', participant, state: stateOf(room), changed: true };
  }

  #resume({ room: name, joinId, participantId, tokenHash, nextTokenHash, profile }: Resumption): Seated | undefined {
    const room = this.#rooms.get(name);
    const seat = room?.seats.get(participantId);
    if (room === undefined || seat === undefined) return undefined;
    const repeated = seat.joinId === joinId && seat.replacedTokenHash === tokenHash;
    if (seat.tokenHash !== tokenHash && !repeated) return undefined;
    seat.replacedTokenHash = tokenHash;
    seat.tokenHash = nextTokenHash;
    seat.joinId = joinId;
    seat.madeAt = this.#now();
    const { displayName, avatarUrl, media } = profile;
    return this.#apply(room, seat, {
      displayName,
      media,
      presence: 'present',
      ...(avatarUrl === undefined ? {} : { avatarUrl }),
    });
  }

  #seatOfAttempt(room: Room, joinId: string): StoredParticipant | undefined {
    const youngest = this.#now() - this.#joinRetryMs;
    for (const seat of room.seats.values()) if (seat.joinId === joinId && seat.madeAt >= youngest) return seat;
    return undefined;
  }

  #apply(room: Room, seat: StoredParticipant, { handRaised, ...change }: Change): Seated {
    const before = seat.participant;
    const after: ParticipantInfo = { ...before, ...change };
    if (handRaised === false) delete after.hand;
    else if (handRaised === true) after.hand ??= nextHand(room);
    const changed =
      before.hand !== after.hand ||
      before.displayName !== after.displayName ||
      before.avatarUrl !== after.avatarUrl ||
      before.presence !== after.presence ||
      before.media.microphone !== after.media.microphone ||
      before.media.camera !== after.media.camera ||
      before.media.screen !== after.media.screen ||
      before.media.screenAudio !== after.media.screenAudio ||
      before.media.recording !== after.media.recording;
    if (changed) {
      room.version += 1;
      seat.participant = after;
    }
    return { participant: seat.participant, state: stateOf(room), changed };
  }

  #open(name: string, settings: RoomSettings): Room {
    const room: Room = {
      seats: new Map(),
      settings,
      version: 0,
      lastSequence: 0,
      emptyTimer: undefined,
    };
    this.#rooms.set(name, room);
    return room;
  }
}

/** After every hand that is up. */
function nextHand({ seats }: Room): number {
  return 1 + Math.max(0, ...[...seats.values()].map(({ participant }) => participant.hand ?? 0));
}

function stateOf(room: Room): RoomState {
  const participants = Array.from(room.seats.values(), (seat) => seat.participant);
  return { version: room.version, participants, settings: room.settings };
}

function bySequence(seats: Room['seats']): Room['seats'] {
  return new Map([...seats].sort(([, a], [, b]) => a.participant.sequence - b.participant.sequence));
}

function copyOf({ displayName, avatarUrl, externalId, media }: Profile): Profile {
  return {
    displayName,
    ...(avatarUrl === undefined ? {} : { avatarUrl }),
    ...(externalId === undefined ? {} : { externalId }),
    media: { ...media },
  };
}

/** Only what is less than a guest may: most have nothing to say. */
function limitsOf({ chat, publish }: Admission['grants']): Pick<ParticipantInfo, 'chat' | 'publish'> {
  return { ...(chat ? {} : { chat }), ...(publish.length === Publishable.anyOf.length ? {} : { publish: [...publish] }) };
}
