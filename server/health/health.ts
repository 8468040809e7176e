/**
 * Whether the process lives (`/healthz`) and whether new visitors should be sent to it (`/readyz`).
 * Knows one fact: that the server has begun to stop.
 */
import type { FastifyInstance } from 'fastify';
import { ERROR_CODES } from '../protocol/error-codes.js';
import { PROTOCOL_VERSION, SERVER_HEADER } from '../protocol/limits.js';

export class Health {
  #draining = false;

  get draining(): boolean {
    return this.#draining;
  }

  /** From now on visitors should go elsewhere. */
  drain(): void {
    this.#draining = true;
  }
}

export function serveHealth(app: FastifyInstance, health: Health): void {
  // For the pages of every site: theirs cannot know otherwise what it is that answers, or what time it is here.
  app.get('/healthz', (_request, reply) =>
    reply
      .headers({
        'cache-control': 'no-store',
        'access-control-allow-origin': '*',
        'access-control-expose-headers': `date, ${SERVER_HEADER}`,
        'cross-origin-resource-policy': 'cross-origin',
        [SERVER_HEADER]: String(PROTOCOL_VERSION),
      })
      .send({ status: 'ok' }),
  );
  app.get('/readyz', (request, reply) => {
    reply.header('cache-control', 'no-store');
    if (!health.draining) return reply.send({ status: 'ready' });
    const { message } = ERROR_CODES.SERVER_DRAINING;
    return reply
      .code(503)
      .header('retry-after', '1')
      .send({ error: { code: 'SERVER_DRAINING', message, requestId: request.id } });
  });
}
