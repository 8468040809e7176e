/** `GET /oembed`: turns the pasted link of a room into a call, in programs that ask for it. Knows the route; not what is said. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { oembedAnswer, readRoomAddress, toXml } from './oembed-answer.js';

interface Query {
  readonly url?: unknown;
  readonly format?: unknown;
  readonly maxwidth?: unknown;
  readonly maxheight?: unknown;
}

export interface OembedOptions {
  readonly embedOrigins: readonly string[];
}

export function serveOembed(app: FastifyInstance, { embedOrigins }: OembedOptions): void {
  app.get<{ Querystring: Query }>('/oembed', (request, reply) => {
    const { url, format = 'json', maxwidth, maxheight } = request.query;
    // Public facts about a public address: scripts of any page may read them.
    reply.header('access-control-allow-origin', '*').header('cross-origin-resource-policy', 'cross-origin');
    reply.header('cache-control', 'no-cache');
    if (format !== 'json' && format !== 'xml') return refuse(reply, 501, 'The formats are json and xml.');
    const address = typeof url === 'string' ? readRoomAddress(url, request.host) : undefined;
    if (address === undefined) return refuse(reply, 404, 'The url is not the address of a room of this server.');
    const answer = oembedAnswer({
      ...address,
      maxWidth: readSize(maxwidth),
      maxHeight: readSize(maxheight),
      framed: embedOrigins.length > 0,
    });
    return format === 'xml' ? reply.type('text/xml; charset=utf-8').send(toXml(answer)) : reply.send(answer);
  });
}

function readSize(value: unknown): number | undefined {
  return typeof value === 'string' && /^[1-9]\d{0,4}$/.test(value) ? Number(value) : undefined;
}

function refuse(reply: FastifyReply, status: 404 | 501, message: string): FastifyReply {
  const code = status === 404 ? 'NOT_FOUND' : 'BAD_PAYLOAD';
  return reply.code(status).send({ error: { code, message, requestId: reply.request.id } });
}
