/** The link that brings somebody into a room. No DOM. */

export interface Inviting {
  readonly serverUrl: string;
  readonly room: string;
  /** What the page says: a page of its own, or `off`. */
  readonly inviteUrl: string;
  /** Where the page is, for an address relative to it. */
  readonly base: string;
}

/** Null: nobody is invited from here, or what the page says is no address to send to people. */
export function inviteLink({ serverUrl, room, inviteUrl, base }: Inviting): string | null {
  if (inviteUrl === 'off' || !room) return null;
  if (!inviteUrl) return `${serverUrl.replace(/(?<!\/)\/+$/, '')}/r/${encodeURIComponent(room)}`;
  if (!URL.canParse(inviteUrl, base)) return null;
  const url = new URL(inviteUrl, base);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null;
}
