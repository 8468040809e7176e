/**
 * What people say to each other during one stay: chat, reactions, messages of the page's own. It travels over the
 * transport's data links, never over the server. What arrives is checked, counted and stamped here with who sent
 * it: the participant at the other end of the link. Holds no messages; they are in the state of the call.
 */
import { MAX_APP_MESSAGE_BYTES } from '../../../server/protocol/limits.js';
import { CallError } from '../call-error.js';
import { steadyNow } from '../clock.js';
import type { Participant, ParticipantId } from '../participant.js';
import { randomId } from '../random-id.js';
import type { DataMessage } from '../transport.js';
import { Allowance, type Rate } from './allowance.js';
import { added, changed, find, MOST_MESSAGES, placeOf, type ChatLog, type ChatMessage } from './chat-log.js';
import { HistoryRequest, historyParts } from './history.js';
import type { MessagingContext, Messaging } from './messaging.js';
import { chatText } from './text.js';
import { isReaction, readFrame, type Frame } from './frames.js';
import { toJson } from '../json.js';

type Kind = Frame['t'];

/** What one participant may send us before we stop listening for a while: one page must not flood another. */
const RECEIVE_RATES: Readonly<Record<Kind, Rate>> = {
  chat: { burst: 30, perSecond: 3 },
  reaction: { burst: 15, perSecond: 3 },
  app: { burst: 200, perSecond: 50 },
  'history-request': { burst: 3, perSecond: 0.1 },
  'history-reply': { burst: 40, perSecond: 1 },
};
/** What we send ourselves stays below it, so that nothing honest is dropped. */
const SEND_RATES: Readonly<Record<'app' | 'chat' | 'reaction', Rate>> = {
  chat: { burst: 15, perSecond: 1 },
  reaction: { burst: 8, perSecond: 2 },
  app: { burst: 100, perSecond: 40 },
};
/** Nobody has it after this: it is shown as failed. It may still arrive, and is sent then. */
const DELIVERY_MS = 15_000;
/** An older one would float up out of nowhere. */
const REACTION_MS = 10_000;
const HOUR = 3_600_000;
/** Who comes this soon after a message may have been missed by it, and by the history of who told them. */
const OVERLAP_MS = 10_000;

interface Delivery {
  /** Who has it, or will. */
  readonly reached: Set<ParticipantId>;
  readonly madeAt: number;
  timer?: ReturnType<typeof setTimeout>;
}

export class PeerMessaging implements Messaging {
  readonly #context: MessagingContext;
  readonly #received = new Map<string, Allowance>();
  readonly #sent = new Map<string, Allowance>();
  readonly #deliveries = new Map<string, Delivery>();
  readonly #enteredAt = steadyNow();
  #known: ReadonlySet<ParticipantId>;
  readonly #historyRequest: HistoryRequest;

  constructor(context: MessagingContext) {
    this.#context = context;
    const { participants } = context.state();
    this.#known = new Set(participants.map(({ id }) => id));
    const present = participants.filter(({ presence }) => presence === 'present').map(({ id }) => id);
    this.#historyRequest = new HistoryRequest(this.#sharesHistory() ? present : [], (id) =>
      this.#send(id, { t: 'history-request' }),
    );
  }

  onMessage({ from, data, waitedMs }: DataMessage): void {
    const sender = this.#participant(from);
    const frame = sender && readFrame(data);
    if (!sender || !frame || !this.#allows(this.#received, `${from} ${frame.t}`, RECEIVE_RATES[frame.t])) return;
    switch (frame.t) {
      case 'chat':
        if (sender.mayChat) this.#onChat(sender, frame, waitedMs);
        return;
      case 'reaction':
        if (sender.mayChat && waitedMs < REACTION_MS)
          this.#context.fact({ type: 'reaction', participantId: from, emoji: frame.emoji });
        return;
      case 'app':
        this.#context.fact({ type: 'app-message', from, data: frame.data });
        return;
      case 'history-request':
        if (this.#sharesHistory()) this.#sendHistory(from);
        return;
      case 'history-reply':
        if (this.#historyRequest.answered(from, frame.last)) this.#onHistory(from, frame);
    }
  }

  rosterChanged(): void {
    const { participants, chat } = this.#context.state();
    const here = new Set(participants.map(({ id }) => id));
    for (const id of this.#known) if (!here.has(id)) this.#gone(id);
    const came = participants.filter(({ id }) => !this.#known.has(id));
    this.#known = here;
    const now = steadyNow();
    for (const message of chat) {
      const delivery = message.own ? this.#deliveries.get(message.id) : undefined;
      if (!delivery) continue;
      const overlaps = this.#sharesHistory() && now - delivery.madeAt < OVERLAP_MS;
      if (came.length && (overlaps || message.status === 'pending')) this.#deliver(message, came).catch(() => undefined);
    }
  }

  async sendChat(text: string): Promise<void> {
    const { local } = this.#context.state();
    if (!local.grants.chat) throw new CallError('FORBIDDEN', { message: 'You may not write in this chat.' });
    const clean = chatText(text);
    if (clean === null)
      throw new CallError('BAD_PAYLOAD', { message: 'There is nothing to read, or more than 2,000 characters.' });
    this.#charge('chat');
    const message: ChatMessage = Object.freeze({
      id: randomId(),
      from: this.#context.selfId,
      displayName: local.displayName,
      text: clean,
      sentAt: Date.now(),
      at: steadyNow(),
      own: true,
      status: 'pending',
      receivedFrom: null,
    });
    this.#show((log) => added(log, message), message);
    await this.#deliver(message);
  }

  async retry(id: string): Promise<void> {
    const message = this.#context.state().chat.find((each) => each.own && each.id === id);
    if (message?.status !== 'failed') return;
    this.#show((log) => changed(log, id, 'pending'));
    await this.#deliver(message);
  }

  async sendAppMessage(data: unknown, to?: ParticipantId): Promise<void> {
    // As text, so that what arrives is what JSON makes of it and nothing else.
    const text = toJson({ t: 'app', data });
    const size = data === undefined ? Infinity : new TextEncoder().encode(toJson(data)).length;
    if (size > MAX_APP_MESSAGE_BYTES)
      throw new CallError('BAD_PAYLOAD', { message: 'An app message is JSON of at most 16 KiB.' });
    this.#charge('app');
    if (to === undefined) {
      await Promise.allSettled(this.#context.state().participants.map(({ id }) => this.#context.send(id, text)));
    } else if (this.#participant(to)) await this.#context.send(to, text);
    else throw new CallError('PEER_NOT_FOUND');
  }

  sendReaction(emoji: string): void {
    if (!isReaction(emoji)) throw new CallError('BAD_PAYLOAD', { message: 'There are eight reactions; this is none of them.' });
    const { local, participants } = this.#context.state();
    if (!local.grants.chat) throw new CallError('FORBIDDEN', { message: 'You may not send reactions here.' });
    this.#charge('reaction');
    this.#context.fact({ type: 'reaction', participantId: this.#context.selfId, emoji });
    for (const { id } of participants) this.#send(id, { t: 'reaction', emoji });
  }

  close(): void {
    this.#historyRequest.close();
    for (const { timer } of this.#deliveries.values()) clearTimeout(timer);
    this.#deliveries.clear();
  }

  #onChat({ id: from, displayName }: Participant, { id, text, ageMs }: Extract<Frame, { t: 'chat' }>, waitedMs: number): void {
    const age = Math.min(waitedMs + ageMs, HOUR);
    const [sentAt, at] = [Date.now() - age, steadyNow() - age];
    const message: ChatMessage = { id, from, displayName, text, sentAt, at, own: false, status: 'sent', receivedFrom: null };
    this.#show((log) => added(log, message), message);
  }

  /** They may say what they like of others; it is marked, and never replaces what we heard ourselves. */
  #onHistory(receivedFrom: ParticipantId, { messages }: Extract<Frame, { t: 'history-reply' }>): void {
    // The newest comes first; of what is equally old, the order they have it in is kept.
    this.#show((log) =>
      messages.reduceRight((all, { id, from, name: displayName, text, ageMs }) => {
        const sentAt = Date.now() - ageMs;
        const own = from === this.#context.selfId;
        return added(all, { id, from, displayName, text, sentAt, at: this.#before(ageMs), own, status: 'sent', receivedFrom });
      }, log),
    );
  }

  /** Not younger than our coming: what is told must not push out what we hear. Its order stays. */
  #before(ageMs: number): number {
    const late = steadyNow() - ageMs - this.#enteredAt;
    return late < -1 ? this.#enteredAt + late : this.#enteredAt - 1 / (2 + late);
  }

  #sharesHistory(): boolean {
    return this.#context.state().settings.chatHistory !== false;
  }

  #sendHistory(to: ParticipantId): void {
    const parts = historyParts(this.#context.state().chat, steadyNow());
    parts.forEach((messages, index) => this.#send(to, { t: 'history-reply', messages, last: index === parts.length - 1 }));
  }

  /** Sent as soon as one page has it, or when there is nobody it could be sent to. */
  async #deliver(message: ChatMessage, to: readonly Participant[] = this.#context.state().participants): Promise<void> {
    const { id, text } = message;
    const delivery = this.#delivery(id);
    const targets = to.filter((each) => !delivery.reached.has(each.id));
    if (!targets.length && delivery.reached.size === 0) {
      this.#show((log) => changed(log, id, 'sent'));
      return;
    }
    const data = toJson({ t: 'chat', id, text, ageMs: Math.max(0, steadyNow() - placeOf(message)) } satisfies Frame);
    const sends = targets.map(async (target) => {
      delivery.reached.add(target.id);
      try {
        await this.#context.send(target.id, data);
      } catch (error) {
        delivery.reached.delete(target.id);
        throw error;
      }
      this.#show((log) => changed(log, id, 'sent'));
    });
    clearTimeout(delivery.timer);
    const late = new Promise<never>((_resolve, reject) => {
      delivery.timer = setTimeout(() => reject(new CallError('TIMEOUT')), DELIVERY_MS);
    });
    // Whom it was sent to before may still get it.
    const first = delivery.reached.size > targets.length ? [late] : [];
    try {
      await Promise.race([Promise.any([...sends, ...first]), late]);
    } catch (cause) {
      this.#undelivered(id);
      throw new CallError('TIMEOUT', { message: 'Nobody could be reached.', cause, retryable: true });
    } finally {
      if (this.#context.state().chat.every((each) => each.id !== id || each.status !== 'pending')) clearTimeout(delivery.timer);
    }
  }

  #delivery(id: string): Delivery {
    const delivery = this.#deliveries.get(id) ?? { reached: new Set(), madeAt: steadyNow() };
    this.#deliveries.set(id, delivery);
    const [oldest] = this.#deliveries.keys();
    if (this.#deliveries.size > MOST_MESSAGES && oldest !== undefined) this.#deliveries.delete(oldest);
    return delivery;
  }

  #undelivered(id: string): void {
    const { chat } = this.#context.state();
    if (chat.find((each) => each.own && each.id === id)?.status === 'pending') this.#show((log) => changed(log, id, 'failed'));
  }

  #gone(id: ParticipantId): void {
    this.#historyRequest.left(id);
    for (const key of this.#received.keys()) if (key.startsWith(id)) this.#received.delete(key);
  }

  #send(to: ParticipantId, frame: Frame): void {
    this.#context.send(to, toJson(frame)).catch(() => undefined); // they left, or their link is stuck
  }

  #show(edit: (log: ChatLog) => ChatLog, message: ChatMessage | null = null): void {
    const { chat, chatUnread } = this.#context.state();
    const after = edit(chat);
    if (after === chat) return;
    const unread = message && !message.own ? Math.min(chatUnread + 1, after.length) : chatUnread;
    this.#context.fact({ type: 'chat-changed', chat: after, unread, message: (message && find(after, message)) ?? null });
  }

  #participant(id: ParticipantId): Participant | undefined {
    return this.#context.state().participants.find((each) => each.id === id);
  }

  #charge(kind: keyof typeof SEND_RATES): void {
    if (!this.#allows(this.#sent, kind, SEND_RATES[kind]))
      throw new CallError('RATE_LIMITED', { message: 'Too many at once; wait a moment.', retryable: true });
  }

  #allows(allowances: Map<string, Allowance>, key: string, rate: Rate): boolean {
    const allowance = allowances.get(key) ?? new Allowance(rate);
    allowances.set(key, allowance);
    return allowance.take();
  }
}
