/** A room in an iframe, as the HTML a site pastes. Knows addresses and sizes; serves nothing. */
import { FRAME_ALLOW } from '../protocol/framing.js';
import { escapeHtml } from '../templates.js';

export interface Frame {
  /** This server, as the site sees it. */
  readonly origin: string;
  readonly room: string;
  readonly width: number;
  readonly height: number;
}

export function frameHtml({ origin, room, width, height }: Frame): string {
  const src = escapeHtml(`${origin}/embed/${room}`);
  return `<iframe src="${src}" width="${width}" height="${height}" title="Video call ${escapeHtml(room)}" allow="${FRAME_ALLOW}" loading="lazy" style="border:0"></iframe>`;
}
