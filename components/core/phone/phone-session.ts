/**
 * The telephone itself: takes intents, asks the signaling connection, lets what really happened come back as facts, and says again what
 * was going on when the signaling connection was lost. Knows no element, no Socket.IO and no room.
 */
import type { IncomingRing, AddressPresence, RegisterReply, RingResult } from '../../../server/protocol/calls.js';
import { readAddress } from '../../../server/protocol/address.js';
import { PROTOCOL_VERSION } from '../../../server/protocol/limits.js';
import { CallError } from '../call-error.js';
import { Emitter } from '../emitter.js';
import type { Logger } from '../logger.js';
import { ObservableValue } from '../observable.js';
import type { WatchPage } from '../page.js';
import { randomId } from '../random-id.js';
import type { PhoneTimings } from './timings.js';
import type { Phone, PhoneOptions, RingOptions } from './phone.js';
import type { CallEnd, PhoneFact } from './phone-facts.js';
import type { PhoneMemory } from './phone-memory.js';
import { missedOutcome, reducePhone } from './phone-reduce.js';
import { Answering } from './answering.js';
import { dialledEntry, receivedEntry } from './history.js';
import { KeptSettings } from './kept-settings.js';
import { Registering } from './registering.js';
import { Ringing } from './ringing.js';
import type { PhoneSignalingEvent, PhoneSignaling } from './phone-signaling.js';
import {
  INITIAL_PHONE,
  type HistoryEntry,
  type IncomingCall,
  type OutgoingRing,
  type Party,
  type PhoneCall,
  type PhoneSettings,
  type PhoneState,
  type RingEnd,
  type RingOutcome,
} from './phone-state.js';

export interface PhoneDeps {
  readonly createSignaling: (serverUrl: string) => PhoneSignaling;
  readonly memory: PhoneMemory;
  readonly watchPage: WatchPage;
  readonly timings: PhoneTimings;
  readonly logger: Logger;
}

export class PhoneSession implements Phone {
  readonly state = new ObservableValue<PhoneState>(INITIAL_PHONE);
  readonly #facts = new Emitter<{ fact: PhoneFact; state: PhoneState }>();
  readonly #deps: PhoneDeps;
  readonly #rings: Ringing;
  readonly #answering: Answering;
  readonly #kept: KeptSettings;
  readonly #own: Registering;
  readonly #closed = new AbortController();
  #options: PhoneOptions;

  constructor(options: PhoneOptions, deps: PhoneDeps) {
    this.#options = options;
    this.#deps = deps;
    this.#own = new Registering({
      ...deps,
      options: () => this.#options,
      state: () => this.state.get(),
      registered: ({ address, displayName }) => this.#fact({ type: 'registered', address, displayName }),
      heard: (event) => this.#heard(event),
    });
    this.#rings = new Ringing({
      timings: deps.timings,
      ask: (request) => this.#own.open().request('ring', request),
      cancel: (id) => this.#own.ask('cancel-ring', { id }),
      over: (ring, result) => this.#ringOver(ring, result),
      failed: (ring, error) => this.#fact({ type: 'ring-failed', id: ring.id, error }),
    });
    this.#answering = new Answering({
      timings: deps.timings,
      ask: (ringId, answer) => this.#own.ask('answer', { ringId, answer }),
      isConnected: () => this.state.get().connection === 'connected',
      incoming: () => this.state.get().incoming,
      accepted: (incoming, admittance, video) => this.#accepted(incoming, { ...admittance, peer: incoming.from, video }),
      ended: (incoming, reason) => this.#incomingEnded(incoming, reason),
    });
    const { signal } = this.#closed;
    this.#kept = new KeptSettings(
      deps.memory,
      () => this.#options.serverUrl,
      (settings) => this.#took(settings),
      signal,
    );
    deps.watchPage(
      {
        networkChanged: () => this.#own.signaling?.check(),
        seen: () => this.#own.signaling?.check(),
        unseen: () => undefined,
        hidden: () => this.#pageHidden(),
        restored: () => this.#own.signaling?.wake(),
      },
      signal,
    );
  }

  onFact(listener: (fact: PhoneFact, state: PhoneState) => void, signal?: AbortSignal): () => void {
    return this.#facts.on(({ fact, state }) => listener(fact, state), signal);
  }

  configure(options: Partial<PhoneOptions>): void {
    const before = this.#options;
    this.#options = { ...before, ...options };
    if (!this.#own.signaling) return;
    const { serverUrl, token, address, displayName, presence, strategy, receives } = this.#options;
    if (serverUrl !== before.serverUrl || receives !== before.receives) {
      this.hangUp();
      this.#own.close();
      this.start();
    } else if (
      token !== before.token ||
      address !== before.address ||
      displayName !== before.displayName ||
      presence !== before.presence ||
      strategy !== before.strategy
    )
      this.#own.signaling.update();
  }

  start(): void {
    if (this.#own.signaling || this.#closed.signal.aborted) return;
    const { serverUrl } = this.#options;
    this.#kept.load();
    const kept = this.#deps.memory.takeTab(serverUrl);
    if (kept) this.#own.device = kept.device;
    if (kept?.call) this.#fact({ type: 'call-restored', call: kept.call });
    else if (kept?.ring && kept.ring.until > Date.now()) {
      const { until, ...ring } = kept.ring;
      void this.#begin(ring, until - Date.now(), true).catch(() => undefined);
    }
    this.#own.open();
  }

  async call(address: string, { video = true }: RingOptions = {}): Promise<RingOutcome> {
    const to = readAddress(address);
    if (to === null) throw new CallError('NOT_FOUND', { message: 'This is no address.' });
    const { call, phase } = this.state.get();
    if (phase === 'calling' || phase === 'ringing') throw new CallError('ALREADY_JOINED', { message: 'It rings already.' });
    if (call) await this.#inviteIsPossible(to);
    this.start();
    return this.#begin({ id: randomId(), to, video: call?.video ?? video }, this.#options.ringTimeoutMs, false);
  }

  accept({ video = true }: RingOptions = {}): Promise<void> {
    const { incoming, answering } = this.state.get();
    if (!incoming) return Promise.reject(new CallError('RING_OVER'));
    if (answering) return Promise.reject(new CallError('ALREADY_JOINED', { message: 'It is being answered.' }));
    this.#fact({ type: 'accepting', ringId: incoming.ringId });
    return this.#answering.accept(incoming, video);
  }

  decline(): void {
    const { incoming } = this.state.get();
    if (!incoming) return;
    this.#answering.decline(incoming);
    this.#remember(receivedEntry(incoming, 'declined'));
    this.#fact({ type: 'declined', incoming });
  }

  hangUp(): void {
    const { phase, outgoing } = this.state.get();
    if (phase === 'in-call') this.ended('hung-up');
    else if (phase === 'ringing') this.decline();
    else if (outgoing) this.#rings.cancel(outgoing.id);
  }

  cancelInvite(id: string): void {
    this.#rings.cancel(id);
  }

  ended(reason: CallEnd): void {
    const { call, inviting } = this.state.get();
    if (!call) return;
    for (const { id } of inviting) this.#rings.cancel(id);
    this.#fact({ type: 'call-ended', call, reason });
  }

  setDoNotDisturb(on: boolean): void {
    this.#kept.setDoNotDisturb(on);
  }

  block(keys: readonly string[]): void {
    this.#kept.block(keys);
  }

  unblock(keys: readonly string[]): void {
    this.#kept.unblock(keys);
  }

  forget(entry: HistoryEntry): void {
    this.#kept.forget(entry);
  }

  clearHistory(): void {
    this.#kept.clearHistory();
  }

  async presence(addresses: readonly string[]): Promise<readonly AddressPresence[]> {
    const { token } = this.#options;
    const { presence } = await this.#own.open().request('presence', {
      protocol: PROTOCOL_VERSION,
      addresses: [...addresses],
      ...(token && { token }),
    });
    return presence;
  }

  dismiss(): void {
    this.#fact({ type: 'dismissed' });
  }

  close(): void {
    if (this.#closed.signal.aborted) return;
    this.hangUp();
    this.#closed.abort();
    this.#rings.close();
    this.#answering.close();
    this.#own.close();
    if (this.state.get().connection !== 'disconnected') this.#fact({ type: 'connection-changed', connection: 'disconnected' });
  }

  #begin(ring: OutgoingRing, timeoutMs: number, again: boolean): Promise<RingOutcome> {
    const { token, displayName } = this.#options;
    const { call } = this.state.get();
    const ended = this.#rings.begin(
      ring,
      {
        protocol: PROTOCOL_VERSION,
        ...ring,
        ...(displayName && { displayName }),
        ...(token && !this.#options.receives && { token }),
        ...(call && { invite: { room: call.room, ticket: call.ticket } }),
      },
      timeoutMs,
      again,
    );
    this.#fact({ type: 'ring-started', ring, invited: call !== null });
    if (this.state.get().connection === 'connected') this.#rings.sayAll();
    else this.#own.signaling?.wake();
    return ended;
  }

  /** Ringing oneself into one's own call can only confuse. */
  #inviteIsPossible(to: string): Promise<void> {
    const { call, inviting } = this.state.get();
    const there = call?.peer.address === to || inviting.some((ring) => ring.to === to);
    return there
      ? Promise.reject(new CallError('ALREADY_JOINED', { message: 'They are in the call, or being rung.' }))
      : Promise.resolve();
  }

  #heard(event: PhoneSignalingEvent): void {
    switch (event.type) {
      case 'connection':
        if (event.connection !== this.state.get().connection)
          this.#fact({ type: 'connection-changed', connection: event.connection });
        return;
      case 'up':
        this.#up(event.reply);
        return;
      case 'refused':
        this.#fact({ type: 'registration-failed', error: event.error });
        this.#rings.failAll(event.error);
        return;
      case 'unreachable':
        this.#fact(event);
        return;
      case 'ring-incoming':
        this.#incoming(event.ring);
        return;
      case 'ring-ended': {
        const { incoming } = this.state.get();
        if (incoming?.ringId === event.ringId) this.#answering.end(incoming, event.reason);
        return;
      }
      case 'ring-result':
        this.#rings.result(event.id, event.result);
    }
  }

  #up(reply: RegisterReply | null): void {
    this.#rings.sayAll();
    if (!reply) return;
    this.#answering.up(reply.serverInstanceId, reply.rings);
    for (const ring of reply.rings) this.#incoming(ring);
  }

  #incoming(ring: IncomingRing): void {
    if (this.#answering.rings(ring)) return;
    const { ringId, from, to, video, invited } = ring;
    const { phase, outgoing } = this.state.get();
    const party: Party = { address: from.address ?? null, displayName: from.displayName };
    if (phase === 'calling' && outgoing?.to === from.address) return; // two who ring each other: the server makes one call of it
    if (phase === 'idle')
      this.#fact({ type: 'ring-incoming', call: { ringId, from: party, keys: from.keys, to, video, invited } });
    else this.#answering.busy(ringId);
  }

  #accepted(incoming: IncomingCall, call: PhoneCall): void {
    this.#remember(receivedEntry(incoming, 'answered'));
    this.#fact({ type: 'accepted', incoming, call });
  }

  #incomingEnded(incoming: IncomingCall, reason: RingEnd | 'lost'): void {
    this.#remember(receivedEntry(incoming, missedOutcome(reason)));
    this.#fact({ type: 'incoming-ended', incoming, reason });
  }

  #ringOver(ring: OutgoingRing, result: RingResult): void {
    const party: Party = { address: ring.to, displayName: result.displayName ?? '' };
    this.#remember(dialledEntry(ring, party, result));
    this.#fact({ type: 'ring-over', ring, party, result });
  }

  /** Nothing can be awaited any more: the server is told, and the tab remembers what was going on. */
  #pageHidden(): void {
    if (!this.#own.signaling) return;
    const { call, outgoing } = this.state.get();
    const until = outgoing ? this.#rings.until(outgoing.id) : null;
    this.#deps.memory.saveTab(this.#options.serverUrl, {
      device: this.#own.device,
      ...(outgoing && until !== null && { ring: { ...outgoing, until } }),
      ...(call && { call }),
    });
    this.#own.signaling.away();
  }

  #remember(entry: HistoryEntry): void {
    if (this.#options.receives) this.#kept.remember(entry);
  }

  #took(settings: PhoneSettings): void {
    const { blocked } = this.state.get();
    this.#fact({ type: 'settings-changed', settings });
    if (blocked.join() !== settings.blocked.join()) this.#own.signaling?.update();
  }

  #fact(fact: PhoneFact): void {
    const state = reducePhone(this.state.get(), fact);
    this.state.set(state);
    this.#facts.emit({ fact, state });
    this.#own.stateChanged();
  }
}
