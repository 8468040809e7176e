/** A ring as the history tells it. Pure. */
import type { RingResult } from '../../../server/protocol/calls.js';
import type { HistoryEntry, HistoryOutcome, IncomingCall, OutgoingRing, Party } from './phone-state.js';

export function receivedEntry({ ringId, from, video, keys }: IncomingCall, outcome: HistoryOutcome): HistoryEntry {
  return { ...from, id: ringId, direction: 'in', outcome, at: Date.now(), video, keys };
}

export function dialledEntry({ id, video }: OutgoingRing, party: Party, { outcome }: RingResult): HistoryEntry {
  return { ...party, id, direction: 'out', outcome, at: Date.now(), video, keys: [] };
}
