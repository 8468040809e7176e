/** Puts what happened into the two live regions of a room. */
import type { CallState } from '../core/call-state.js';
import type { CallFact } from '../core/facts.js';
import type { Announcer } from '../shared/announcer.js';
import type { Localize } from '../shared/localize.js';

/** Nobody is recorded without hearing of it: when it begins, when it ends, and who comes while it runs. */
export function speakRecording(before: CallState, after: CallState, announcer: Announcer, text: Localize): void {
  if (before.recording === after.recording || after.meeting !== 'joined') return;
  const fresh = after.recording.filter((id) => !before.recording.includes(id));
  if (fresh.length) announcer.urgent(recorders(fresh, after, text));
  else if (!after.recording.length) announcer.urgent(text.term('recordingOver'));
}

/** "You are recording", or who else does. */
export function recorders(ids: readonly string[], { local, participants }: CallState, text: Localize): string {
  const others = participants.filter(({ id }) => ids.includes(id)).map(({ displayName }) => displayName || text.term('guest'));
  const own = local.id !== null && ids.includes(local.id) ? [text.term('youRecord')] : [];
  return [...own, ...(others.length ? [text.term('recordingBy', others)] : [])].join(' ');
}

export function speak(fact: CallFact, before: CallState, announcer: Announcer, text: Localize): void {
  switch (fact.type) {
    case 'joined':
      if (before.meeting !== 'joined') announcer.polite('you', '');
      break;
    case 'participant-joined':
      if (before.participants.some(({ id }) => id === fact.participant.id)) break; // back at a restarted server
      announcer.polite('joined', fact.participant.displayName || text.term('guest'));
      break;
    case 'participant-updated':
      if (fact.participant.hand && !before.participants.find(({ id }) => id === fact.participant.id)?.handRaised)
        announcer.polite('hand', fact.participant.displayName || text.term('guest'));
      break;
    case 'chat-changed':
      if (fact.message && !fact.message.own) announcer.polite('chat', fact.message.displayName || text.term('guest'));
      break;
    case 'waiting-participant-added':
      announcer.polite('waiting', fact.participant.displayName || text.term('guest'));
      break;
    case 'muted-by-host':
      announcer.urgent(text.term('mutedByHost'));
      break;
    case 'effect-failed':
      announcer.urgent(text.term('effectStopped', fact.source));
      break;
    case 'participant-left': {
      const gone = before.participants.find(({ id }) => id === fact.participantId);
      if (gone) announcer.polite('left', gone.displayName || text.term('guest'));
      break;
    }
    case 'connection-changed':
      if (before.meeting !== 'joined') break;
      if (fact.connection === 'reconnecting') announcer.urgent(text.term('connectionLostSpoken'));
      else if (fact.connection === 'connected' && before.connection === 'reconnecting')
        announcer.urgent(text.term('connectionBackSpoken'));
      break;
    default:
  }
}

/** Several of one kind in one sentence. */
export function sumUp(text: Localize): (kind: string, names: readonly string[]) => string {
  return (kind, names) => {
    if (kind === 'you') return text.term('youJoinedSpoken');
    return text.term(SUMS[kind as keyof typeof SUMS], [...new Set(names)]);
  };
}

const SUMS = {
  joined: 'joinedSpoken',
  left: 'leftSpoken',
  waiting: 'waitingSpoken',
  hand: 'handRaisedSpoken',
  chat: 'messageSpoken',
} as const;
