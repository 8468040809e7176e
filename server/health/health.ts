/**
 * Whether the process lives (`/healthz`) and whether new visitors should be sent to it (`/readyz`).
 * Knows one fact: that the server has begun to stop.
 */
import type { FastifyInstance } from 'fastify';
import { ERROR_CODES } from '../protocol/error-codes.js';

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
  app.get('/healthz', (_request, reply) => reply.header('cache-control', 'no-store').send({ status: 'ok' }));
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
