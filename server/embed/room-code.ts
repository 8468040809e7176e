/** `GET /qr/:room`: the link of a room as a picture for the cameras of phones. */
import type { FastifyInstance } from 'fastify';
import { renderSVG } from 'uqr';
import { ROOM_ID_PATTERN } from '../protocol/limits.js';
import { originOf } from '../request-origin.js';

const ROOM_ID = new RegExp(ROOM_ID_PATTERN);

export function serveRoomCode(app: FastifyInstance): void {
  app.get<{ Params: { readonly room: string } }>('/qr/:room', (request, reply) => {
    const { room } = request.params;
    if (!ROOM_ID.test(room)) return reply.callNotFound();
    const picture = renderSVG(`${originOf(request)}/r/${room}`, { border: 2 });
    return reply.type('image/svg+xml; charset=utf-8').header('cache-control', 'no-cache').send(picture);
  });
}
