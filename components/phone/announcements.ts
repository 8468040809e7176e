/** From the facts of a telephone to the events a host page hears. Touches nothing. */
import type { PhoneFact } from '../core/phone/phone-facts.js';
import { missedOutcome } from '../core/phone/phone-reduce.js';
import type { PhoneState } from '../core/phone/phone-state.js';
import { CallErrorEvent } from '../shared/events/call-events.js';
import {
  CallAnsweredEvent,
  CallDeclinedEvent,
  CallMissedEvent,
  IncomingCallEvent,
  PhoneReadyEvent,
} from '../shared/events/phone-events.js';

export function phoneAnnouncements(fact: PhoneFact, before: PhoneState): readonly Event[] {
  switch (fact.type) {
    case 'registered':
      return before.address === fact.address ? [] : [new PhoneReadyEvent(fact.address)];
    case 'registration-failed':
    case 'ring-failed':
      return [new CallErrorEvent(fact.error)];
    case 'ring-incoming': {
      const { from, to, video, invited } = fact.call;
      return [new IncomingCallEvent({ from, to, video, invited })];
    }
    case 'accepted':
      return [new CallAnsweredEvent({ direction: 'in', peer: fact.incoming.from, room: fact.call.room })];
    case 'declined':
      return [new CallDeclinedEvent({ direction: 'in', peer: fact.incoming.from })];
    case 'incoming-ended':
      return fact.reason === 'answered-elsewhere' || fact.reason === 'declined-elsewhere'
        ? []
        : [new CallMissedEvent({ direction: 'in', peer: fact.incoming.from, outcome: missedOutcome(fact.reason) })];
    case 'ring-over': {
      const { party: peer, result } = fact;
      const { outcome } = result;
      if (outcome === 'answered') {
        const room = result.admittance?.room ?? before.call?.room ?? '';
        return [new CallAnsweredEvent({ direction: 'out', peer, room })];
      }
      if (outcome === 'declined') return [new CallDeclinedEvent({ direction: 'out', peer })];
      return outcome === 'cancelled' ? [] : [new CallMissedEvent({ direction: 'out', peer, outcome })];
    }
    default:
      return [];
  }
}
