/** `state = reducePhone(state, fact)`: the only place where the state of a telephone changes. Pure. */
import type { PhoneFact } from './phone-facts.js';
import type { HistoryOutcome, LastRing, OutgoingRing, PhoneState } from './phone-state.js';

export function reducePhone(state: PhoneState, fact: PhoneFact): PhoneState {
  const next = { ...state, ...change(state, fact) };
  return Object.freeze({ ...next, phase: phaseOf(next) });
}

function phaseOf({ call, incoming, outgoing }: PhoneState): PhoneState['phase'] {
  return call ? 'in-call' : incoming ? 'ringing' : outgoing ? 'calling' : 'idle';
}

function change(state: PhoneState, fact: PhoneFact): Partial<PhoneState> {
  switch (fact.type) {
    case 'connection-changed':
      return { connection: fact.connection };
    case 'registered':
      return { address: fact.address, displayName: fact.displayName, error: null };
    case 'registration-failed':
      return { error: fact.error, address: null };
    case 'unreachable':
      return { error: fact.error };
    case 'settings-changed':
      return fact.settings;
    case 'ring-started':
      return fact.invited
        ? { inviting: [...state.inviting, fact.ring], last: null, error: null }
        : { outgoing: fact.ring, last: null, error: null };
    case 'ring-failed':
      return { ...without(state, fact.id), error: fact.error };
    case 'ring-over': {
      const { ring, party, result } = fact;
      const { outcome, admittance } = result;
      const ended = without(state, ring.id);
      if (outcome === 'answered' && admittance) return { ...ended, call: { ...admittance, peer: party, video: ring.video } };
      return outcome === 'answered' ? ended : { ...ended, last: { direction: 'out', party, outcome, video: ring.video } };
    }
    case 'ring-incoming':
      return { incoming: fact.call, last: null };
    case 'accepting':
      return { answering: true };
    case 'accepted':
      return { incoming: null, answering: false, call: fact.call, last: null, error: null };
    case 'declined':
      return { incoming: null, answering: false };
    case 'incoming-ended': {
      const { from: party, video } = fact.incoming;
      const last: LastRing = { direction: 'in', party, outcome: missedOutcome(fact.reason), video };
      return { incoming: null, answering: false, last };
    }
    case 'call-restored':
      return { call: fact.call };
    case 'call-ended':
      return { call: null, inviting: [] };
    case 'dismissed':
      return { last: null, error: null };
  }
}

/** What a ring that ended elsewhere is to us. */
export function missedOutcome(reason: Extract<PhoneFact, { type: 'incoming-ended' }>['reason']): HistoryOutcome {
  return reason === 'answered-elsewhere' ? 'answered-elsewhere' : reason === 'declined-elsewhere' ? 'declined' : 'missed';
}

function without(
  state: PhoneState,
  id: string,
): { readonly outgoing: OutgoingRing | null; readonly inviting: readonly OutgoingRing[] } {
  return {
    outgoing: state.outgoing?.id === id ? null : state.outgoing,
    inviting: state.inviting.filter((ring) => ring.id !== id),
  };
}
