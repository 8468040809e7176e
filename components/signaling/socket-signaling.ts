/**
 * The connection to the server that outlives its sockets: joins in one message, comes back by itself with the
 * seat it had, and says again what was not acknowledged.
 */
import type { ClientToServer } from '../../server/protocol/events.js';
import type {
  RoomOccupancy,
  IceReply,
  JoinReply,
  JoinRequest,
  PreparedOfferInit,
  ParticipantInfo,
  PrepareRequest,
  Resume,
  Signal,
  UpdateRequest,
} from '../../server/protocol/schemas.js';
import { reconnectDelay, sleep } from '../core/backoff.js';
import { CallError } from '../core/call-error.js';
import type { ConnectionState } from '../core/phase.js';
import { randomId } from '../core/random-id.js';
import type { PrejoinEvent, ModeratorEvent, Signaling, SignalingEvent } from '../core/signaling.js';
import { DEFAULT_TIMINGS, type SignalingTimings } from '../core/timings.js';
import { HttpJoin } from './http-join.js';
import { BUSY, Reconnector } from './reconnector.js';
import { Handshake } from './handshake.js';
import { SignalingConnection, type ServerMessage } from './signaling-connection.js';
import { Lobby } from './lobby.js';
import { Outbox } from './outbox.js';
import { whyUnreachable } from './reachability.js';
import { translate } from './translate.js';

interface Seat {
  readonly request: JoinRequest;
  readonly resume: Resume;
  readonly serverInstanceId: string;
}

export class SocketSignaling implements Signaling {
  readonly #url: string;
  readonly #timings: SignalingTimings;
  readonly #connection: SignalingConnection;
  readonly #handshake: Handshake;
  readonly #outbox: Outbox;
  readonly #httpJoin: HttpJoin;
  readonly #lobby = new Lobby();
  readonly #reconnector: Reconnector;
  readonly #closed = new AbortController();
  #listener: (event: SignalingEvent) => void = () => undefined;
  #connectionState: ConnectionState = 'disconnected';
  #seat: Seat | null = null;
  #preparing: Promise<RoomOccupancy> | null = null;
  #suspended = false;
  #downUntil = 0;

  constructor(serverUrl: string, timings: SignalingTimings = DEFAULT_TIMINGS.signaling) {
    this.#url = serverUrl;
    this.#timings = timings;
    this.#handshake = new Handshake(timings.connectMs);
    this.#connection = new SignalingConnection(serverUrl, timings.connectMs, {
      auth: () => this.#handshake.auth(),
      onMessage: (heard) => this.#onMessage(heard),
      onLost: (error) => this.#lost(error),
    });
    this.#reconnector = new Reconnector({
      attempt: async (request, signal) => {
        await sleep(this.#downUntil - performance.now(), signal);
        try {
          return await this.#attemptJoin(request, signal);
        } catch (error) {
          throw this.#httpJoin.underWay ? await this.#httpJoin.why(CallError.from(error)) : error;
        }
      },
      profile: () => this.#profile(),
      paused: () => this.#suspended,
      timings,
      closed: this.#closed.signal,
    });
    this.#httpJoin = new HttpJoin({
      serverUrl,
      timings,
      take: async () => {
        if (this.#seat) await this.#recover(this.#seat, true);
      },
      never: (error) => this.#refused(error),
      closed: this.#closed.signal,
    });
    this.#outbox = new Outbox(
      (request) =>
        this.#httpJoin.signal(request) ?? this.#request(() => this.#connection.request('signal', request, timings.ackMs)),
    );
  }

  onEvent(listener: (event: SignalingEvent) => void): void {
    this.#listener = listener;
  }

  async prepare(request: PrepareRequest, signal?: AbortSignal): Promise<RoomOccupancy> {
    const abort = AbortSignal.any([this.#closed.signal, ...(signal ? [signal] : [])]);
    try {
      const preparing = (this.#preparing = this.#attemptPrepare(request, abort));
      const door = await preparing.finally(() => {
        if (this.#preparing === preparing) this.#preparing = null;
      });
      this.#tell({ type: 'fact', fact: { type: 'room-preview-changed', occupancy: door } });
      return door;
    } catch (cause) {
      throw await whyUnreachable(this.#url, CallError.from(cause));
    }
  }

  async join(request: JoinRequest, signal: AbortSignal): Promise<JoinReply> {
    const abort = AbortSignal.any([signal, this.#closed.signal]);
    const deadline = performance.now() + this.#timings.joinMs;
    const { resume: _, ...anew } = request;
    const { wantsOffers: __, ...later } = anew; // the connections there are by then stay
    let asking = request;
    for (let attempt = 0; ; attempt += 1) {
      try {
        const reply = await this.#attemptJoin(asking, abort);
        this.#sit(later, reply);
        this.#httpJoin.follow(reply);
        return reply;
      } catch (cause) {
        const error = CallError.from(cause);
        if (error.code === 'SESSION_INVALID' && asking !== anew) {
          asking = anew; // the seat of the page before is gone: a new one
          continue;
        }
        const wait = error.retryAfterMs ?? reconnectDelay(attempt, Math.random(), this.#timings);
        const until = Math.max(deadline, this.#lobby.lastHere + this.#timings.joinMs);
        if (abort.aborted || !BUSY.has(error.code) || performance.now() + wait > until)
          throw await whyUnreachable(this.#url, error);
        await sleep(wait, abort);
      }
    }
  }

  async leave(): Promise<void> {
    if (this.#closed.signal.aborted) return;
    // Only a connection can say that we leave.
    if (this.#httpJoin.underWay)
      await Promise.race([this.#httpJoin.connection(), sleep(this.#timings.checkMs, this.#closed.signal)]);
    this.#end();
    this.#connection.close();
  }

  close(): void {
    this.#end();
    this.#connection.close();
  }

  suspend(): Resume | null {
    if (!this.#seat || this.#suspended) return null;
    this.#suspended = true;
    this.#connection.send('suspend');
    this.#connection.drop();
    return this.#seat.resume;
  }

  wake(): void {
    if (!this.#suspended) return;
    this.#suspended = false;
    this.#reconnector.hurry();
    if (this.#seat && !this.#connection.connected) void this.#recover(this.#seat);
  }

  check(): void {
    if (!this.#seat) return;
    this.#reconnector.hurry();
    if (!this.#connection.connected || this.#suspended) return;
    this.#request(() => this.#connection.request('sync', {}, this.#timings.checkMs)).catch(() => undefined); // a dead connection is dropped by it
  }

  interrupt(ms: number): void {
    this.#downUntil = performance.now() + ms;
    this.#connection.drop();
  }

  async update(request: UpdateRequest): Promise<ParticipantInfo> {
    if (this.#seat) this.#seat = { ...this.#seat, request: { ...this.#seat.request, ...request } };
    const self = await this.#request(() => this.#connection.request('update', request, this.#timings.ackMs));
    this.#tell({ type: 'fact', fact: { type: 'self-updated', self } });
    return self;
  }

  send(to: string, signal: Signal): Promise<void> {
    if (this.#closed.signal.aborted) return Promise.reject(new CallError('ABORTED'));
    return this.#outbox.put({ id: randomId(), to, signal }, this.#connectionState === 'connected');
  }

  request<E extends ModeratorEvent | PrejoinEvent>(
    event: E,
    request: ClientToServer[E]['request'],
  ): Promise<ClientToServer[E]['reply']> {
    return this.#request(() => this.#connection.request(event, request, this.#timings.ackMs));
  }

  async prepareOffer(offer: PreparedOfferInit | null): Promise<void> {
    await this.#request(() => this.#connection.request('prepare-offer', offer ? { offer } : {}, this.#timings.ackMs));
  }

  ice(): Promise<IceReply> {
    return this.#request(() => this.#connection.request('ice', {}, this.#timings.ackMs));
  }

  /** Over the connection, once it has our seat. */
  async #request<T>(ask: () => Promise<T>): Promise<T> {
    await this.#httpJoin.connection();
    return this.#atOnce(ask);
  }

  /** A request over the open connection; one that is not answered shows that the connection is dead. */
  async #atOnce<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof CallError && error.code === 'TIMEOUT') this.#connection.drop();
      throw error;
    }
  }

  /** Where somebody has to open, this waits until they did. */
  async #attemptJoin(request: JoinRequest, abort: AbortSignal): Promise<JoinReply> {
    try {
      return await this.#askToJoin(request, abort);
    } catch (error) {
      if (!(error instanceof CallError) || error.code !== 'LOBBY_WAITING') throw error;
      this.#show('connected');
      this.#tell({ type: 'fact', fact: { type: 'waiting-started' } });
      return this.#lobby.wait(abort);
    }
  }

  /** With the connection up a request, otherwise inside the handshake: one round trip less. */
  async #askToJoin(request: JoinRequest, abort: AbortSignal): Promise<JoinReply> {
    if (!this.#connection.connected) {
      if (!this.#httpJoin.underWay) this.#show(this.#seat ? 'reconnecting' : 'connecting');
      if (!this.#seat && this.#timings.httpJoinMs) {
        if (!this.#preparing) this.#handshake.hold(this.#connection); // else it is being opened already
        const reply = await this.#httpJoin.join(request, abort);
        if (reply) return reply;
      }
      // Its connection is nearly up, which is quicker than a new one; or it hangs.
      const preparing = this.#preparing?.catch(() => undefined);
      if (preparing) await Promise.race([preparing, sleep(this.#timings.prepareMs, abort)]);
    }
    if (this.#connection.connected) return this.#atOnce(() => this.#connection.request('join', request, this.#timings.connectMs));
    return this.#handshake.join(this.#connection, request, abort);
  }

  #attemptPrepare(request: PrepareRequest, abort: AbortSignal): Promise<RoomOccupancy> {
    if (this.#connection.connected) return this.#request(() => this.#connection.request('prepare', request, this.#timings.ackMs));
    this.#show('connecting');
    return this.#handshake.prepare(this.#connection, request, abort);
  }

  #onMessage(heard: ServerMessage): void {
    switch (heard.event) {
      case 'room-preview':
        this.#show('connected');
        if (!this.#handshake.answered('prepare', heard.payload) && heard.payload.ok)
          this.#tell({ type: 'fact', fact: { type: 'room-preview-changed', occupancy: heard.payload.data } });
        return;
      case 'join-result':
        this.#show('connected');
        if (!this.#handshake.answered('join', heard.payload)) this.#lobby.decided(heard.payload);
        return;
      case 'goodbye':
        this.#goodbye(heard.payload);
        return;
      default: {
        const event = translate(heard, this.#seat?.resume.participantId);
        if (event) this.#tell(event);
      }
    }
  }

  #goodbye(goodbye: Extract<ServerMessage, { event: 'goodbye' }>['payload']): void {
    // A restarting server, a visitor who waited too long, a connection that was too slow: come back when needed.
    if (goodbye.reason === 'server-shutdown' || goodbye.reason === 'idle' || goodbye.reason === 'slow-consumer') return;
    this.#end();
    this.#connection.close();
    this.#tell({ type: 'goodbye', goodbye });
  }

  #lost(error: CallError): void {
    if (this.#closed.signal.aborted) return;
    this.#lobby.lost(error);
    if (this.#handshake.held) {
      this.#handshake.lost(); // the join is on another way
      return;
    }
    if (this.#handshake.asking) {
      if (this.#httpJoin.underWay) this.#show('reconnecting');
      this.#handshake.failed(error);
    } else if (this.#seat) {
      this.#show('reconnecting');
      if (!this.#suspended) void this.#recover(this.#seat);
    } else {
      this.#show('disconnected');
    }
  }

  async #recover(seat: Seat, atOnce = false): Promise<void> {
    const outcome = await this.#reconnector.run(seat.resume, atOnce);
    if (!outcome) return;
    if ('refused' in outcome) {
      this.#refused(outcome.refused);
      return;
    }
    this.#httpJoin.over();
    const { reply } = outcome;
    this.#sit(seat.request, reply);
    if (!reply.resumed) this.#outbox.clear();
    this.#tell(
      reply.resumed
        ? { type: 'resumed', reply, restarted: reply.serverInstanceId !== seat.serverInstanceId }
        : { type: 'rejoined', reply },
    );
    this.#outbox.resend();
  }

  #refused(error: CallError): void {
    if (this.#closed.signal.aborted) return;
    this.#end();
    this.#connection.close();
    void whyUnreachable(this.#url, error); // for the console
    this.#tell({ type: 'refused', error });
  }

  #sit(request: JoinRequest, reply: JoinReply): void {
    const resume = { participantId: reply.self.id, token: reply.resumeToken };
    this.#seat = { request: this.#seat?.request ?? request, resume, serverInstanceId: reply.serverInstanceId };
    this.#show('connected');
  }

  #end(): void {
    this.#seat = null;
    this.#closed.abort();
    this.#outbox.clear();
    this.#connectionState = 'disconnected';
  }

  #show(connection: ConnectionState): void {
    if (connection === this.#connectionState) return;
    this.#connectionState = connection;
    this.#tell({ type: 'fact', fact: { type: 'connection-changed', connection } });
  }

  #profile(): JoinRequest {
    if (!this.#seat) throw new CallError('ABORTED');
    return this.#seat.request;
  }

  #tell(event: SignalingEvent): void {
    this.#listener(event);
  }
}
