/**
 * A telephone's signaling connection without a server, and a memory without storage: they answer at once unless told otherwise, remember
 * what they were asked, and let the test play the server.
 */
import type { CallRequests, IncomingRing, RegisterReply, RegisterRequest, RingReply } from '../../server/protocol/calls.js';
import { CallError } from '../core/call-error.js';
import { SILENT_LOGGER } from '../core/logger.js';
import type { PageWatcher } from '../core/page.js';
import { DEFAULT_PHONE_OPTIONS, type PhoneOptions } from '../core/phone/phone.js';
import type { PhoneMemory, TabMemory } from '../core/phone/phone-memory.js';
import { PhoneSession } from '../core/phone/phone-session.js';
import type { PhoneSignalingEvent, PhoneRequest, PhoneSignaling } from '../core/phone/phone-signaling.js';
import type { PhoneSettings } from '../core/phone/phone-state.js';
import { NO_SETTINGS } from '../core/phone/settings.js';
import { DEFAULT_PHONE_TIMINGS, type PhoneTimings } from '../core/phone/timings.js';

export const FAKE_ADDRESS = 'k7mq-3x9d-2pfh-8w4t-6rcn-0v5b-jyz1';

export function incomingRing(ringId: string, more: Partial<IncomingRing> = {}): IncomingRing {
  return {
    ringId,
    to: FAKE_ADDRESS,
    from: { address: 'ada', displayName: 'Ada', keys: ['ada'] },
    video: true,
    invited: false,
    remainingMs: 30_000,
    ...more,
  };
}

export class FakePhoneSignaling implements PhoneSignaling {
  readonly registered: RegisterRequest[] = [];
  readonly asked: { readonly event: PhoneRequest; readonly request: unknown }[] = [];
  /** Who is there, by address. */
  readonly there = new Map<string, 'available' | 'busy'>();
  closed = false;
  isAway = false;
  checks = 0;
  /** Comes up by itself when opened. */
  answers = true;
  /** How the next rings are answered. */
  ringReply: RingReply | CallError = { ringing: true, remainingMs: 30_000 };
  answerReply: CallRequests['answer']['reply'] | CallError = { admittance: { room: 'call-room', ticket: 'ticket' } };
  cancelReply: Record<never, never> | CallError = {};
  #listener: (event: PhoneSignalingEvent) => void = () => undefined;
  #register: () => RegisterRequest | null = () => null;

  onEvent(listener: (event: PhoneSignalingEvent) => void): void {
    this.#listener = listener;
  }

  open(register: () => RegisterRequest | null): void {
    this.#register = register;
    this.say({ type: 'connection', connection: 'connecting' });
    if (this.answers) queueMicrotask(() => this.up());
  }

  update(): void {
    this.#note();
  }

  /** Plays the server. */
  say(event: PhoneSignalingEvent): void {
    if (!this.closed) this.#listener(event);
  }

  up(more: Partial<RegisterReply> = {}): void {
    const request = this.#note();
    this.say({ type: 'connection', connection: 'connected' });
    const { address = FAKE_ADDRESS, displayName = '' } = request ?? {};
    this.say({ type: 'up', reply: request && { address, displayName, serverInstanceId: 'first', rings: [], ...more } });
  }

  down(): void {
    this.say({ type: 'connection', connection: 'reconnecting' });
  }

  async request<E extends PhoneRequest>(event: E, request: CallRequests[E]['request']): Promise<CallRequests[E]['reply']> {
    this.asked.push({ event, request });
    return settled(this.#answerTo(event, request)) as CallRequests[E]['reply'];
  }

  requests(event: PhoneRequest): readonly unknown[] {
    return this.asked.filter((one) => one.event === event).map(({ request }) => request);
  }

  away(): void {
    this.isAway = true;
  }

  wake(): void {
    this.isAway = false;
  }

  check(): void {
    this.checks += 1;
  }

  close(): void {
    this.closed = true;
  }

  #answerTo(event: PhoneRequest, request: unknown): unknown {
    if (event === 'ring') return this.ringReply;
    if (event === 'answer') return (request as { readonly answer: string }).answer === 'accept' ? this.answerReply : {};
    if (event === 'cancel-ring') return this.cancelReply;
    const { addresses } = request as { readonly addresses: readonly string[] };
    return { presence: addresses.map((address) => this.there.get(address) ?? 'unknown') };
  }

  #note(): RegisterRequest | null {
    const request = this.#register();
    if (request) this.registered.push(request);
    return request;
  }
}

function settled(answer: unknown): unknown {
  if (answer instanceof CallError) throw answer;
  return answer;
}

export class FakePhoneMemory implements PhoneMemory {
  kept: PhoneSettings = NO_SETTINGS;
  tab: TabMemory | null = null;
  readonly passes = new Map<string, string>();
  #watcher: () => void = () => undefined;

  secret(): string {
    return 's'.repeat(43);
  }
  settings(): PhoneSettings {
    return this.kept;
  }
  saveSettings(_serverUrl: string, settings: PhoneSettings): void {
    this.kept = settings;
  }
  watch(listener: () => void): void {
    this.#watcher = listener;
  }
  /** Plays another tab. */
  changeElsewhere(settings: PhoneSettings): void {
    this.kept = settings;
    this.#watcher();
  }
  pass(_serverUrl: string, token: string): string | null {
    return this.passes.get(token) ?? null;
  }
  savePass(_serverUrl: string, token: string, pass: string): void {
    this.passes.set(token, pass);
  }
  saveTab(_serverUrl: string, memory: TabMemory): void {
    this.tab = memory;
  }
  takeTab(): TabMemory | null {
    const { tab } = this;
    this.tab = null;
    return tab;
  }
}

export interface FakePhone {
  readonly phone: PhoneSession;
  readonly signaling: FakePhoneSignaling;
  readonly memory: FakePhoneMemory;
  /** Plays the page. */
  readonly page: PageWatcher;
}

/** A real telephone on a fake signaling connection. */
export function createFakePhone(
  options: Partial<PhoneOptions> = {},
  {
    memory = new FakePhoneMemory(),
    timings = {},
  }: { readonly memory?: FakePhoneMemory; readonly timings?: Partial<PhoneTimings> } = {},
): FakePhone {
  const signaling = new FakePhoneSignaling();
  let page: PageWatcher | undefined;
  const phone = new PhoneSession(
    { ...DEFAULT_PHONE_OPTIONS, serverUrl: 'https://calls.example.org', ...options },
    {
      createSignaling: () => signaling,
      memory,
      watchPage: (watcher) => (page = watcher),
      timings: { ...DEFAULT_PHONE_TIMINGS, ...timings },
      logger: SILENT_LOGGER,
    },
  );
  if (!page) throw new Error('The telephone watches its page.');
  return { phone, signaling, memory, page };
}
