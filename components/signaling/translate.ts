/** What the server tells about the room, in the words of the session. Null: it concerns the connection itself, or nobody here. */
import type { SignalingEvent } from '../core/signaling.js';
import type { ServerMessage } from './signaling-connection.js';

export function translate(heard: ServerMessage, selfId: string | undefined): SignalingEvent | null {
  switch (heard.event) {
    case 'participant-joined':
    case 'participant-updated':
      // A host took our hand down.
      if (heard.payload.participant.id === selfId)
        return { type: 'fact', fact: { type: 'self-updated', self: heard.payload.participant } };
      return { type: 'fact', fact: { type: heard.event, participant: heard.payload.participant } };
    case 'participant-left': {
      const { participantId, reason } = heard.payload;
      return { type: 'fact', fact: { type: heard.event, participantId, reason } };
    }
    case 'room-updated':
      return { type: 'fact', fact: { type: heard.event, settings: heard.payload.room } };
    case 'waiting-participant-added':
      return { type: 'fact', fact: { type: heard.event, participant: heard.payload } };
    case 'waiting-participant-removed':
      return { type: 'fact', fact: { type: heard.event, waitingId: heard.payload.waitingId } };
    case 'mute-request':
      // The sound of a screen goes with the screen.
      return {
        type: 'mute-requested',
        sources: heard.payload.sources.flatMap((source) => (source === 'screenAudio' ? [] : [source])),
      };
    default:
      return null;
  }
}
