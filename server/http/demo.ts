/**
 * The demo pages of a checkout, at `/demo/`, so that a newcomer opens them without another server. They are
 * not part of the package, and a server in production does not have them.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { packageRoot } from '../locations.js';

/** One folder deep, plain names: what the pages need, and nothing that walks about. */
const FILE = /^(?:[\w-]+\/)?[\w-]+\.(?:html|css|js)$/;

export function serveDemo(app: FastifyInstance, production: boolean): void {
  const folder = join(packageRoot(), 'demo');
  if (production || !existsSync(folder)) return;
  app.get('/demo', (_request, reply) => reply.redirect('/demo/'));
  app.get<{ Params: { '*': string } }>('/demo/*', (request, reply) => {
    const file = request.params['*'] || 'index.html';
    if (!FILE.test(file) || !existsSync(join(folder, file))) return reply.callNotFound();
    return reply.header('cache-control', 'no-cache').sendFile(file, folder, { cacheControl: false });
  });
}
