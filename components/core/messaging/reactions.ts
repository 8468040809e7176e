/** What can be sent with `sendReaction`. */
export const REACTIONS = ['👍', '❤️', '😂', '😮', '👏', '🎉', '🤔', '👎'] as const;
export type Reaction = (typeof REACTIONS)[number];
