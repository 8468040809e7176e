/** How one visitor looks at a call: theirs alone, told to nobody. Knows nothing of what is shown. */
import type { ParticipantId } from '../core/participant.js';

/** Where our own picture floats: block, then inline direction. */
export const CORNERS = ['end-end', 'end-start', 'start-end', 'start-start'] as const;
export type Corner = (typeof CORNERS)[number];

export interface ViewPreferences {
  /** The tile kept large: an id of a participant, with `/screen` behind it for their screen. */
  readonly pinned: string | null;
  /** The visitor's word against the page's; null: as the page says. */
  readonly mirror: boolean | null;
  readonly selfView: boolean;
  readonly corner: Corner;
  /** From 0 to 1, of whom the visitor made quieter. */
  readonly volumes: ReadonlyMap<ParticipantId, number>;
  /** Short sounds for what happens. The page may switch them off for everybody. */
  readonly sounds: boolean;
  /** Notes over the call about what happens. The page may switch them off for everybody. */
  readonly notifications: boolean;
}

export const INITIAL_VIEW_PREFERENCES: ViewPreferences = {
  pinned: null,
  mirror: null,
  selfView: true,
  corner: 'start-end',
  volumes: new Map(),
  sounds: true,
  notifications: true,
};

export const isCorner = (value: unknown): value is Corner => (CORNERS as readonly unknown[]).includes(value);
