/**
 * Watches the room of a telephone call: it is over when we leave, when the last other one has left, and when nobody ever
 * came. Knows the headless call, not the element.
 */
import type { Call } from '../core/call.js';
import type { CallEnd } from '../core/phone/phone-facts.js';

/** Who answered joins within a second or two; this is for slow lines. */
const NOBODY_CAME_MS = 30_000;

export class RoomWatch {
  #end = new AbortController();
  #alone: ReturnType<typeof setTimeout> | undefined;
  #call: Call | undefined;

  watch(call: Call, ended: (reason: CallEnd) => void): void {
    if (call === this.#call) return;
    this.stop();
    this.#call = call;
    const end = (this.#end = new AbortController());
    const over = (reason: CallEnd): void => {
      if (this.#call !== call) return;
      this.stop();
      ended(reason);
    };
    call.onFact((fact, { participants, local }) => {
      if (fact.type === 'joined' && participants.length === 0) this.#awaitSomebody(() => over('other-left'));
      else if (participants.length > 0) clearTimeout(this.#alone);
      if (fact.type === 'left') over(fact.reason === 'voluntary' ? 'hung-up' : 'room-closed');
      // `duplicate`: they come in from another tab at the same moment.
      else if (fact.type === 'participant-left' && fact.reason === 'duplicate') this.#awaitSomebody(() => over('other-left'));
      else if (fact.type === 'participant-left' && participants.length === 0 && local.id !== null) over('other-left');
    }, end.signal);
  }

  stop(): void {
    this.#end.abort();
    clearTimeout(this.#alone);
    this.#call = undefined;
  }

  #awaitSomebody(giveUp: () => void): void {
    clearTimeout(this.#alone);
    this.#alone = setTimeout(giveUp, NOBODY_CAME_MS);
  }
}
