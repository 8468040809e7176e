/**
 * Our signaling connection, and what we say of ourselves on it: opened when it is needed, registered each time it comes up, and said
 * again when it is not true any more. Knows no ring.
 */
import type { CallRequests, RegisterReply, RegisterRequest } from '../../../server/protocol/calls.js';
import { PROTOCOL_VERSION } from '../../../server/protocol/limits.js';
import { CallError } from '../call-error.js';
import type { Logger } from '../logger.js';
import { randomId } from '../random-id.js';
import type { PhoneOptions } from './phone.js';
import type { PhoneMemory } from './phone-memory.js';
import type { PhoneSignalingEvent, PhoneRequest, PhoneSignaling } from './phone-signaling.js';
import type { PhoneState } from './phone-state.js';

export interface RegisteringParts {
  readonly createSignaling: (serverUrl: string) => PhoneSignaling;
  readonly memory: PhoneMemory;
  readonly logger: Logger;
  readonly options: () => PhoneOptions;
  readonly state: () => PhoneState;
  /** The server knows us: told before it is heard that the signaling connection is up. */
  readonly registered: (reply: RegisterReply) => void;
  readonly heard: (event: PhoneSignalingEvent) => void;
}

export class Registering {
  readonly #parts: RegisteringParts;
  #signaling: PhoneSignaling | null = null;
  #serverInstanceId = '';
  #status = '';
  /** Names this tab to the server. */
  device = randomId();

  constructor(parts: RegisteringParts) {
    this.#parts = parts;
  }

  /** Null: nobody needed it yet. */
  get signaling(): PhoneSignaling | null {
    return this.#signaling;
  }

  open(): PhoneSignaling {
    if (this.#signaling) return this.#signaling;
    const signaling = this.#parts.createSignaling(this.#parts.options().serverUrl);
    signaling.onEvent((event) => {
      if (signaling === this.#signaling) this.#heard(event);
    });
    this.#signaling = signaling;
    signaling.open(() => this.#request());
    return signaling;
  }

  /** Only where the signaling connection is open already. */
  ask<E extends PhoneRequest>(event: E, request: CallRequests[E]['request']): Promise<CallRequests[E]['reply']> {
    return this.#signaling?.request(event, request) ?? Promise.reject(new CallError('SIGNAL_UNREACHABLE', { retryable: true }));
  }

  /** The state is another one: what we are registered as may be, too. */
  stateChanged(): void {
    if (!this.#signaling || !this.#status || this.#statusNow() === this.#status) return;
    this.#status = this.#statusNow();
    this.#signaling.update();
  }

  close(): void {
    this.#signaling?.close();
    this.#signaling = null;
  }

  #heard(event: PhoneSignalingEvent): void {
    if (event.type === 'up' && event.reply) this.#registered(event.reply);
    this.#parts.heard(event);
  }

  #registered(reply: RegisterReply): void {
    const { memory, logger, options, registered } = this.#parts;
    const { serverUrl, token } = options();
    if (reply.pass && token) memory.savePass(serverUrl, token, reply.pass);
    if (this.#serverInstanceId !== reply.serverInstanceId)
      logger.info('registered', { restarted: this.#serverInstanceId !== '' });
    this.#serverInstanceId = reply.serverInstanceId;
    registered(reply);
  }

  #request(): RegisterRequest | null {
    const { memory, options, state } = this.#parts;
    const { serverUrl, token, address, displayName, presence, strategy, receives } = options();
    if (!receives) return null;
    const pass = token === null ? null : memory.pass(serverUrl, token);
    const status = this.#statusNow();
    this.#status = status;
    return {
      protocol: PROTOCOL_VERSION,
      device: this.device,
      secret: memory.secret(serverUrl),
      status,
      blocked: [...state().blocked],
      ...(address && { address }),
      ...(token && { token }),
      ...(pass && { pass }),
      ...(displayName && { displayName }),
      ...(presence && { presence }),
      ...(strategy && { strategy }),
    };
  }

  #statusNow(): RegisterRequest['status'] {
    // Not yet while answering: to a restarted server, whose caller is still on the way back, we would be busy for that caller.
    const { call, doNotDisturb } = this.#parts.state();
    return call ? 'busy' : doNotDisturb ? 'do-not-disturb' : 'available';
  }
}
