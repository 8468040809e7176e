/**
 * Numbers both sides must agree on. The server enforces them; the page uses them to
 * stay inside. Sizes are UTF-8 bytes unless a comment says otherwise.
 */

/** Version of the wire protocol. A server answers other versions with `PROTOCOL_UNSUPPORTED`. */
export const PROTOCOL_VERSION = 2;

/** On every answer of `/healthz`: by this a page knows a server of ours from whatever else answers at an address. */
export const SERVER_HEADER = 'webrtc-elements';

/** Participants a room holds when the operator says nothing. A mesh grows with the square of this. */
export const DEFAULT_MAX_PARTICIPANTS = 8;

/** Largest frame the server reads before it closes the socket with 1009. */
export const MAX_FRAME_BYTES = 131_072;

export const MAX_SDP_BYTES = 65_536;
export const MAX_SDP_LINES = 2_000;
export const MAX_SDP_LINE_LENGTH = 2_048;
export const MAX_CANDIDATE_BYTES = 512;
/** Candidates in one message; more go into the next one. */
export const MAX_CANDIDATES_PER_MESSAGE = 20;
/** Candidates held (by the page) or accepted (by the server) for one pair and one ICE generation. */
export const MAX_CANDIDATES_PER_GENERATION = 64;

/** Offers answered from the door in one message. Who joins a larger room meets the others as ever. */
export const MAX_EARLY_ANSWERS = 16;

/** Signals in one request by plain HTTP; more go into the next one. */
export const MAX_HTTP_SIGNALS = 16;

/** In Unicode code points, after cleaning. */
export const MAX_DISPLAY_NAME = 64;
export const MAX_URL_LENGTH = 2_048;
export const MAX_EXTERNAL_ID = 128;
export const MAX_TOKEN_BYTES = 4_096;

/** Participants named in one request of a moderator. */
export const MAX_MODERATED = 100;

/** A room id: what stands in a link people share, so only letters that survive every copy and paste. */
export const ROOM_ID_PATTERN = '^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$';
/** 128 random bits in base64url. */
export const PARTICIPANT_ID_PATTERN = '^[A-Za-z0-9_-]{22}$';
/** Ids a client makes up (join attempts, messages, connection instances): short, printable, unguessable enough to be unique. */
export const CLIENT_ID_PATTERN = '^[A-Za-z0-9_-]{8,32}$';

/** Of one chat message, in Unicode code points. Kept by the pages: the server never sees what is said. */
export const MAX_CHAT_TEXT = 2_000;
/** Of one app message as JSON, from page to page. */
export const MAX_APP_MESSAGE_BYTES = 16_384;
