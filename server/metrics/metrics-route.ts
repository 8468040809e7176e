/**
 * `GET /metrics`, for who may: on a listener of its own, or behind a bearer token. Without either the
 * route does not exist, so nobody can find it.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Metrics } from './metrics.js';

export function serveMetrics(app: FastifyInstance, metrics: Metrics, token: string | undefined): void {
  app.get('/metrics', async (request, reply) => {
    if (token !== undefined && !isBearer(request.headers.authorization, token)) {
      return reply
        .code(401)
        .header('www-authenticate', 'Bearer')
        .header('cache-control', 'no-store')
        .send({ error: { code: 'UNAUTHENTICATED', message: 'A valid token is needed.', requestId: request.id } });
    }
    return reply
      .header('cache-control', 'no-store')
      .type(metrics.contentType)
      .send(await metrics.text());
  });
}

/** A server for nothing but the numbers. It does not listen yet. */
export function createMetricsApp(metrics: Metrics, token: string | undefined): FastifyInstance {
  const app = Fastify({ logger: false, bodyLimit: 1_024, requestTimeout: 5_000 });
  serveMetrics(app, metrics, token);
  return app;
}

/** Compared as hashes: the same time for every guess, of whatever length. */
function isBearer(header: string | undefined, token: string): boolean {
  const given = /^Bearer (.+)$/.exec(header ?? '')?.[1] ?? '';
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(token));
}
