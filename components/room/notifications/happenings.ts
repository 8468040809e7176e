/** What of all that happens in a call is worth a note to somebody who looks elsewhere. No DOM. */
import type { CallState } from '../../core/call-state.js';
import type { Happened } from '../spoken.js';
import type { SoundName } from './sounds.js';

export interface Happening {
  readonly kind: 'chat' | 'hand' | 'joined' | 'left' | 'recording' | 'recordingOver';
  /** Empty for who gave no name. */
  readonly name: string;
  /** What was written. */
  readonly body?: string;
  readonly sound?: SoundName;
}

/** Undefined: nothing, or something that is shown elsewhere anyway. */
export function happening({ fact, before, after, chatOpen }: Happened): Happening | undefined {
  if (after.meeting !== 'joined' || before.meeting !== 'joined') return undefined;
  switch (fact.type) {
    case 'participant-joined':
      // Back at a restarted server is not new.
      if (before.participants.some(({ id }) => id === fact.participant.id)) return undefined;
      return { kind: 'joined', name: fact.participant.displayName, sound: 'joined' };
    case 'participant-left': {
      const gone = before.participants.find(({ id }) => id === fact.participantId);
      return gone && { kind: 'left', name: gone.displayName, sound: 'left' };
    }
    case 'participant-updated': {
      const was = before.participants.find(({ id }) => id === fact.participant.id);
      const up = fact.participant.hand && was && !was.handRaised;
      return up ? { kind: 'hand', name: fact.participant.displayName, sound: 'hand' } : undefined;
    }
    case 'chat-changed': {
      const { message } = fact;
      if (!message || message.own || chatOpen) return undefined;
      return { kind: 'chat', name: message.displayName, body: message.text, sound: 'message' };
    }
    default:
      return undefined;
  }
}

/** Who began to record, or that nobody does now. */
export function recordingChange(before: CallState, after: CallState): Happening | undefined {
  if (before.recording === after.recording || after.meeting !== 'joined') return undefined;
  const fresh = after.participants.find(({ id }) => after.recording.includes(id) && !before.recording.includes(id));
  if (fresh) return { kind: 'recording', name: fresh.displayName };
  return before.recording.length && !after.recording.length ? { kind: 'recordingOver', name: '' } : undefined;
}
