/**
 * The telephone on the signaling connection: who may register which address, what a ring costs, and how an answered ring
 * becomes a private room. Joins the exchange with tokens, rates and rooms; decides about no ring itself.
 */
import type { AuthenticatedPhone } from '../auth/authenticator.js';
import { addressOf, personOf } from '../calls/device-address.js';
import { Exchange } from '../calls/exchange.js';
import type { Pass, Passes } from '../calls/passes.js';
import type { Registration } from '../calls/registration.js';
import type { RingFacts } from '../calls/ring.js';
import { readAddress, isRandomAddress } from '../protocol/address.js';
import type {
  AnswerReply,
  AnswerRequest,
  Caller,
  AddressPresence,
  PresenceRequest,
  RegisterReply,
  RegisterRequest,
  RingReply,
  RingRequest,
  RingResult,
} from '../protocol/calls.js';
import { cleanDisplayName, cleanExternalId } from '../rooms/display-name.js';
import { newParticipantId } from '../rooms/secrets.js';
import type { Limits } from '../limits.js';
import type { Log } from '../log.js';
import type { Timings } from '../timings.js';
import type { Tell } from '../webhooks/events.js';
import type { Authorizer } from './authorizer.js';
import type { ClientConnection } from './client-connection.js';
import type { Rates } from './rates.js';
import { Refusal } from './refusal.js';

export interface PhonesOptions {
  readonly passes: Passes;
  readonly authorizer: Authorizer;
  readonly rates: Rates;
  readonly timings: Timings;
  readonly limits: Limits;
  readonly log: Log;
  /** Names need no token: on a developer's machine. */
  readonly openNames: boolean;
  readonly isFull: (room: string) => Promise<boolean>;
  readonly tell?: Tell;
}

/** What a token or a pass grants, and what stands in the next pass. */
type Granted = Omit<Pass, 'madeAt' | 'person'> & { readonly madeAt?: number };

export class Phones {
  readonly exchange: Exchange;
  readonly #options: PhonesOptions;
  readonly #serverInstanceId = newParticipantId();

  constructor(options: PhonesOptions) {
    this.#options = options;
    const { passes, timings, limits } = options;
    this.exchange = new Exchange({
      passes,
      timings,
      ringsPerConnection: limits.ringsPerConnection,
      missed: (facts, result) => this.#missed(facts, result),
      held: (connection, held) => {
        const { session } = connection as ClientConnection;
        if (held) (connection as ClientConnection).expectNothing();
        else if (session === undefined) (connection as ClientConnection).expectJoinWithin(timings.joinDeadlineMs);
      },
    });
  }

  async register(connection: ClientConnection, request: RegisterRequest): Promise<RegisterReply> {
    const { passes, limits, log } = this.#options;
    const person = personOf(request.secret);
    const granted = await this.#granted(connection, request, person);
    const own = addressOf(request.secret);
    const asked = request.address === undefined ? granted?.address : (readAddress(request.address) ?? '');
    const address = asked ?? own;
    const named = address !== own;
    if (named && (isRandomAddress(address) || address === '' || !this.#mayUse(address, granted))) throw new Refusal('FORBIDDEN');
    const key = `${person} ${request.device}`;
    if (this.exchange.countAt(address, key) >= limits.devicesPerAddress)
      throw new Refusal('SERVER_BUSY', { retryAfterMs: 5_000 });
    const name = granted?.name === undefined ? undefined : cleanDisplayName(granted.name);
    const displayName = name ?? cleanDisplayName(request.displayName ?? '');
    if (!connection.open) throw new Refusal('NOT_REGISTERED');
    const rings = this.exchange.register(connection, {
      key,
      address,
      // Two devices of one person of the site are one person, whatever their secrets.
      person: granted?.sub === undefined ? person : `sub ${granted.sub}`,
      named,
      externalId: granted?.sub === undefined ? undefined : cleanExternalId(granted.sub),
      displayName,
      status: request.status,
      blocked: new Set(request.blocked),
      presence: granted?.presence ?? request.presence ?? (named ? 'shown' : 'hidden'),
      strategy: granted?.strategy ?? request.strategy ?? 'all',
    });
    log.info({ event: 'register', named }, 'an address is in use');
    return {
      address,
      displayName,
      serverInstanceId: this.#serverInstanceId,
      rings: [...rings],
      ...(granted === undefined ? {} : { pass: passes.seal('pass', { ...granted, person }) }),
    };
  }

  async ring(connection: ClientConnection, request: RingRequest): Promise<RingReply> {
    const known = this.exchange.resume(connection, request.id);
    if (known !== undefined) return known;
    const { rates, passes, isFull } = this.#options;
    const registration = this.exchange.registrationOf(connection);
    const granted = registration === undefined ? await this.#mayRing(connection, request.token) : undefined;
    const invite = request.invite;
    const ticket = invite === undefined ? undefined : passes.open('ticket', invite.ticket);
    if (invite !== undefined && ticket?.room !== invite.room) throw new Refusal('FORBIDDEN');
    // What is no address belongs to nobody, by the same way as one that nobody uses.
    const to = readAddress(request.to) ?? '';
    if (!this.exchange.hasRoomFor(connection)) throw new Refusal('RATE_LIMITED', { retryAfterMs: 5_000 });
    const from = this.#callerOf(connection, to, request.displayName, registration, granted);
    rates.takeRing(from.keys[0] ?? '', to);
    if (invite !== undefined && (await isFull(invite.room)))
      return { ringing: false, remainingMs: 0, result: { outcome: 'full' } };
    const { id, video, timeoutMs, again } = request;
    const sub = from.externalId ?? from.address ?? `guest-${newParticipantId()}`;
    const name = granted?.name ?? (registration?.externalId === undefined ? undefined : registration.displayName);
    const facts: RingFacts = { id, to, from, keys: from.keys, video, timeoutMs, room: invite?.room, sub, name };
    if (!connection.open) throw new Refusal('RING_OVER');
    return this.exchange.ring(connection, facts, again === true);
  }

  async answer(connection: ClientConnection, request: AnswerRequest): Promise<AnswerReply> {
    if (this.exchange.registrationOf(connection) === undefined) throw new Refusal('NOT_REGISTERED');
    const room = request.answer === 'accept' ? this.exchange.roomOf(request) : undefined;
    if (room !== undefined && (await this.#options.isFull(room))) {
      this.exchange.full(request);
      throw new Refusal('ROOM_FULL');
    }
    const answered = this.exchange.answer(connection, request);
    if (answered.outcome === 'over') throw new Refusal('RING_OVER');
    return answered.reply;
  }

  async presence(connection: ClientConnection, { addresses, token }: PresenceRequest): Promise<readonly AddressPresence[]> {
    if (this.exchange.registrationOf(connection) === undefined) await this.#mayRing(connection, token);
    return addresses.map((address) => this.exchange.presence(readAddress(address) ?? ''));
  }

  close(): void {
    this.exchange.close();
  }

  /** A pass of ours, or a token of the site; a guest has neither. */
  async #granted(
    connection: ClientConnection,
    { token, pass, secret }: RegisterRequest,
    person: string,
  ): Promise<Granted | undefined> {
    const { passes, authorizer } = this.#options;
    const known = pass === undefined ? undefined : passes.open('pass', pass);
    // Not renewed by coming back: after a working day the site is asked again.
    if (known?.person === person) {
      const { person: _, ...granted } = known;
      return granted;
    }
    const proved = await authorizer.checkPhone(connection, token, personOf(secret));
    return proved === undefined ? undefined : grantedBy(proved);
  }

  /** Looks at a token without using it up: a visitor may ring more than once. */
  async #mayRing(connection: ClientConnection, token: unknown): Promise<Granted | undefined> {
    const proved = await this.#options.authorizer.checkPhone(connection, token);
    return proved === undefined ? undefined : grantedBy(proved);
  }

  #mayUse(address: string, granted: Granted | undefined): boolean {
    return granted?.address === address || (granted?.address === undefined && this.#options.openNames);
  }

  #callerOf(
    connection: ClientConnection,
    to: string,
    said: string | undefined,
    registration?: Registration,
    granted?: Granted,
  ): Caller {
    const network = this.#options.passes.pseudonym(connection.address ?? '', to);
    const address = registration?.address;
    const named = registration?.named === true && !this.#options.openNames;
    const externalId = registration?.externalId ?? (granted?.sub === undefined ? undefined : cleanExternalId(granted.sub));
    const signed = registration?.externalId === undefined ? granted?.name : registration.displayName;
    return {
      displayName: cleanDisplayName(signed ?? said ?? registration?.displayName ?? ''),
      // A name cannot be changed for another; a random address can, a network hardly.
      keys: address === undefined ? [network] : named ? [address] : [address, network],
      ...(address === undefined ? {} : { address }),
      ...(externalId === undefined ? {} : { externalId }),
    };
  }

  /** Only for names: a site knows nothing of the addresses people give each other. */
  #missed({ to, from }: RingFacts, { outcome }: RingResult): void {
    if (to === '' || isRandomAddress(to) || outcome === 'answered' || outcome === 'own-address') return;
    const { displayName, externalId, address } = from;
    this.#options.tell?.({
      type: 'call.missed',
      address: to,
      from: { displayName, ...(externalId === undefined ? {} : { externalId }), ...(address === undefined ? {} : { address }) },
      outcome,
    });
  }
}

function grantedBy({ claims: { sub, name, address, presence, strategy } }: AuthenticatedPhone): Granted {
  return {
    sub,
    ...(name === undefined ? {} : { name }),
    ...(address === undefined ? {} : { address }),
    ...(presence === undefined ? {} : { presence }),
    ...(strategy === undefined ? {} : { strategy }),
  };
}
