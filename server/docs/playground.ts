/**
 * `GET /playground`: the room with every attribute and variable in reach. What there is to set comes from
 * `custom-elements.json`, so the page knows each attribute as soon as the element does.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { originOf } from '../request-origin.js';
import { createTemplate } from '../templates.js';

export interface PlaygroundOptions {
  readonly pagesDir: string;
  readonly manifest: string;
}

interface Manifest {
  readonly modules: readonly { readonly declarations: readonly { readonly tagName?: string }[] }[];
}

export function servePlayground(app: FastifyInstance, { pagesDir, manifest }: PlaygroundOptions): void {
  const page = createTemplate(readFileSync(join(pagesDir, 'playground.html'), 'utf8'));

  app.get('/playground', (request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-cache')
      .send(page({ origin: originOf(request) })),
  );
  app.get('/playground/room.json', (_request, reply) => {
    const room = readRoom(manifest);
    if (room === undefined) return reply.code(503).header('cache-control', 'no-store').send({});
    return reply.header('cache-control', 'no-cache').send(room);
  });
}

/** Looked for at each request, so that a build finishing later needs no restart. */
function readRoom(file: string): object | undefined {
  try {
    const { modules } = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
    return modules.flatMap(({ declarations }) => declarations).find(({ tagName }) => tagName === 'webrtc-room');
  } catch {
    return undefined;
  }
}
