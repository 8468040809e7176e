/** How things are named on the wire: by the server, and by clients. */
import Type from 'typebox';
import { CLIENT_ID_PATTERN, PARTICIPANT_ID_PATTERN } from './limits.js';

export const ParticipantId = Type.String({ pattern: PARTICIPANT_ID_PATTERN });
export const ClientId = Type.String({ pattern: CLIENT_ID_PATTERN });
