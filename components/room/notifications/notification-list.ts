/** Which notes are shown, for how long, and which of them become one. No DOM. */
import type { Happening } from './happenings.js';

export interface Note {
  readonly id: number;
  readonly kind: Happening['kind'];
  readonly names: readonly string[];
  readonly body: string;
}

export const SHOWN_MS = 5_000;
const MOST = 2;

export class NotificationList {
  #notes: readonly (Note & { readonly until: number })[] = [];
  #next = 1;

  get notes(): readonly Note[] {
    return this.#notes;
  }

  /** When the next one goes; Infinity: none is shown. */
  get nextEnd(): number {
    return Math.min(...this.#notes.map(({ until }) => until));
  }

  add({ kind, name, body = '' }: Happening, now: number): void {
    const until = now + SHOWN_MS;
    const same = kind === 'chat' ? undefined : this.#notes.find((note) => note.kind === kind);
    if (same) {
      const note = { ...same, names: [...same.names.filter((known) => known !== name), name], until };
      this.#notes = this.#notes.map((each) => (each === same ? note : each));
      return;
    }
    // The newest line of a conversation is enough.
    const others = this.#notes.filter((note) => kind !== 'chat' || note.kind !== 'chat');
    this.#notes = [...others, { id: this.#next++, kind, names: [name], body, until }].slice(-MOST);
  }

  /** While somebody points at them nothing goes away. */
  extend(now: number): void {
    this.#notes = this.#notes.map((note) => ({ ...note, until: Math.max(note.until, now + SHOWN_MS / 2) }));
  }

  expire(now: number): void {
    this.#notes = this.#notes.filter(({ until }) => until > now);
  }

  remove(kind: Note['kind']): void {
    this.#notes = this.#notes.filter((note) => note.kind !== kind);
  }

  clear(): void {
    this.#notes = [];
  }
}
