/**
 * The pages a person opens: the start page, a room, and the ones that say what went wrong.
 * Plain files with a few places to fill; the call itself is the widget's business.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { FRAME_ALLOW } from '../protocol/framing.js';
import { ROOM_ID_PATTERN } from '../protocol/limits.js';
import { originOf } from '../request-origin.js';
import { createTemplate, type Template } from '../templates.js';
import { preloads } from './bundle.js';

const ROOM_ID = new RegExp(ROOM_ID_PATTERN);

export interface Pages {
  readonly landing: Template;
  readonly room: Template;
  readonly doctor: Template;
  readonly problem: Template;
}

export interface PageOptions {
  readonly pages: Pages;
  readonly pagesDir: string;
  readonly bundleDir: string;
  readonly production: boolean;
  /** Other sites may put rooms into frames. */
  readonly framed: boolean;
}

export function readPages(pagesDir: string): Pages {
  const read = (name: string) => createTemplate(readFileSync(join(pagesDir, name), 'utf8'));
  return { landing: read('landing.html'), room: read('room.html'), doctor: read('doctor.html'), problem: read('problem.html') };
}

export function servePages(app: FastifyInstance, { pages, pagesDir, bundleDir, production, framed }: PageOptions): void {
  // A checkout builds the bundle anew while it serves; a server in production has the one it came with.
  const named = production ? preloads(bundleDir) : undefined;
  app.get('/', (request, reply) =>
    sendPage(
      reply,
      pages.landing({
        origin: originOf(request),
        secret: production ? 'on' : 'off',
        allow: FRAME_ALLOW,
        frames: framed ? 'on' : 'off',
      }),
    ),
  );

  app.get('/doctor', (_request, reply) => sendPage(reply, pages.doctor({})));

  // Where the start page's form leads when scripts are off.
  app.get<{ Querystring: { readonly room?: unknown } }>('/r', (request, reply) => {
    const { room } = request.query;
    return typeof room === 'string' && ROOM_ID.test(room) ? reply.redirect(`/r/${room}`, 303) : sendNoRoom(reply, pages);
  });

  app.get<{ Params: { readonly room: string } }>('/r/:room', (request, reply) => {
    const { room } = request.params;
    if (!ROOM_ID.test(room)) return sendNoRoom(reply, pages);
    const url = `${originOf(request)}/r/${room}`;
    const link = named ?? preloads(bundleDir);
    if (link) void reply.header('link', link);
    return sendPage(reply, pages.room({ room, url, oembed: `${originOf(request)}/oembed?url=${encodeURIComponent(url)}` }));
  });

  app.get<{ Params: { '*': string } }>('/assets/*', (request, reply) =>
    reply
      // Also for our page in a sandboxed frame, which has no origin of its own.
      .header('cross-origin-resource-policy', 'cross-origin')
      .header('cache-control', production ? 'public, max-age=3600' : 'no-cache')
      .sendFile(request.params['*'], join(pagesDir, 'assets'), { cacheControl: false }),
  );
}

export function sendPage(reply: FastifyReply, html: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(html);
}

export function sendProblem(reply: FastifyReply, pages: Pages, status: number, title: string, text: string): FastifyReply {
  return sendPage(reply.code(status), pages.problem({ title, text }));
}

function sendNoRoom(reply: FastifyReply, pages: Pages): FastifyReply {
  const text =
    'Rooms are named with up to 64 letters, digits, hyphens and underscores, and begin with a letter or a digit. Check the link, or start a new call.';
  return sendProblem(reply, pages, 400, 'This is not the name of a room', text);
}
