/**
 * `GET /embed/:room`: a room for the frames of other sites. It shows a button and loads nothing of the call
 * before somebody presses it; who may frame it is the operator's list. Knows pages and headers, no call.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { FRAME_ALLOW } from '../protocol/framing.js';
import { ROOM_ID_PATTERN } from '../protocol/limits.js';
import { originOf } from '../request-origin.js';
import { createTemplate } from '../templates.js';

const ROOM_ID = new RegExp(ROOM_ID_PATTERN);

export interface EmbedOptions {
  readonly pagesDir: string;
  /** Origins, or `*`; empty: this server's own pages only. */
  readonly embedOrigins: readonly string[];
}

export function serveEmbedPage(app: FastifyInstance, { pagesDir, embedOrigins }: EmbedOptions): void {
  const page = createTemplate(readFileSync(join(pagesDir, 'embed.html'), 'utf8'));

  app.get<{ Params: { readonly room: string } }>('/embed/:room', (request, reply) => {
    const { room } = request.params;
    if (!ROOM_ID.test(room)) return reply.callNotFound();
    const html = page({
      room,
      allow: FRAME_ALLOW,
      url: `${originOf(request)}/r/${room}`,
      embed: `${originOf(request)}/embed/${room}`,
    });
    return allowFraming(reply, embedOrigins).type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(html);
  });
}

/** The headers of our other pages, with those changed that keep a page out of frames. */
function allowFraming(reply: FastifyReply, embedOrigins: readonly string[]): FastifyReply {
  const policy = String(reply.getHeader('content-security-policy') ?? '')
    .split(';')
    .filter((directive) => directive !== '' && !directive.startsWith('frame-ancestors'));
  // Without the directive also pages from a disk may frame it, which `*` does not cover.
  if (!embedOrigins.includes('*')) policy.push(`frame-ancestors ${["'self'", ...embedOrigins].join(' ')}`);
  return (
    reply
      .removeHeader('x-frame-options')
      .header('content-security-policy', policy.join(';'))
      // A page that is isolated itself frames only who says this; avatars of other sites go on working.
      .header('cross-origin-embedder-policy', 'credentialless')
      .header('cross-origin-resource-policy', 'cross-origin')
      // Opened by a page in a window of its own, it stays that page's window.
      .header('cross-origin-opener-policy', 'unsafe-none')
  );
}
