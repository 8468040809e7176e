/** Puts what happened into the two live regions of a room. Comes with its words, not with the first load. */
import type { CallState } from '../core/call-state.js';
import type { CallFact } from '../core/facts.js';
import type { Announcer } from '../shared/announcer.js';
import type { ReactionWord } from '../lang/translation.js';
import type { Localize } from '../shared/localize.js';

export interface Happened {
  readonly fact: CallFact;
  readonly before: CallState;
  readonly after: CallState;
  readonly chatOpen: boolean;
}

export function say({ fact, before, after, chatOpen }: Happened, announcer: Announcer, text: Localize): void {
  // What is read out by the open chat itself is not said twice.
  if (fact.type !== 'chat-changed' || !chatOpen) speak(fact, before, announcer, text);
  speakRecording(before, after, announcer, text);
}

/** Nobody is recorded without hearing of it: when it begins, when it ends, and who comes while it runs. */
function speakRecording(before: CallState, after: CallState, announcer: Announcer, text: Localize): void {
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

function speak(fact: CallFact, before: CallState, announcer: Announcer, text: Localize): void {
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
    case 'reaction': {
      // Our own we know of. One kind for each emoji: who shows the same is told of in one sentence.
      const by = before.participants.find(({ id }) => id === fact.participantId);
      if (by) announcer.polite(fact.emoji, by.displayName || text.term('guest'));
      break;
    }
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
export function sumUp(text: Localize, kind: string, names: readonly string[]): string {
  if (kind === 'you') return text.term('youJoinedSpoken');
  const who = [...new Set(names)];
  return kind in SUMS ? text.term(SUMS[kind as keyof typeof SUMS], who) : text.term('reactionSpoken', kind as ReactionWord, who);
}

const SUMS = {
  joined: 'joinedSpoken',
  left: 'leftSpoken',
  waiting: 'waitingSpoken',
  hand: 'handRaisedSpoken',
  chat: 'messageSpoken',
} as const;
