/**
 * Serves the built widget to any site: the entry, which must stay fresh, and its chunks, whose
 * names change with their content. Knows a folder; not what is in the bundle.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { allowEverySite } from './headers.js';

const ENTRY = 'webrtc-elements.js';
/** Entries other sites name in a script tag. */
const ENTRIES = [ENTRY, 'embed.js'];
/** The script of the page /doctor; nobody else loads it. */
const DOCTOR = 'doctor.js';
/** Plain names only: a path must not even tell which files exist elsewhere. */
const FILE_NAME = /^[\w-][\w.-]*$/;
const YEAR_SECONDS = 31_536_000;
/** Long enough for a visit, short enough that a fix reaches everybody soon. */
const ENTRY_SECONDS = 300;

export interface BundleOptions {
  readonly bundleDir: string;
  readonly production: boolean;
}

export function serveBundle(app: FastifyInstance, { bundleDir, production }: BundleOptions): void {
  const entryCaching = production ? `public, max-age=${ENTRY_SECONDS}, stale-while-revalidate=86400` : 'no-cache';

  for (const entry of ENTRIES) {
    app.get(`/${entry}`, (_request, reply) => {
      // Looked for at each request, so that a build finishing later needs no restart.
      if (!existsSync(join(bundleDir, entry))) return missing(reply);
      return allowEverySite(reply).header('cache-control', entryCaching).sendFile(entry, bundleDir, { cacheControl: false });
    });
    app.get(`/${entry}.map`, (_request, reply) =>
      allowEverySite(reply).header('cache-control', entryCaching).sendFile(`${entry}.map`, bundleDir, { cacheControl: false }),
    );
  }
  app.get(`/${DOCTOR}`, (_request, reply) =>
    existsSync(join(bundleDir, DOCTOR))
      ? reply.header('cache-control', entryCaching).sendFile(DOCTOR, bundleDir, { cacheControl: false })
      : missing(reply),
  );
  app.get<{ Params: { '*': string } }>('/chunks/*', (request, reply) => {
    const file = request.params['*'];
    const folder = join(bundleDir, 'chunks');
    // Looked for first: a 404 that may be kept for a year would outlive the next build.
    if (!FILE_NAME.test(file) || !existsSync(join(folder, file))) return reply.callNotFound();
    return allowEverySite(reply)
      .header('cache-control', `public, max-age=${YEAR_SECONDS}, immutable`)
      .sendFile(file, folder, { cacheControl: false });
  });
}

/** What the entry names at once, for a page that has it: found in the page, it comes together with the entry, not after it. */
export function preloads(bundleDir: string): string {
  const entry = join(bundleDir, ENTRY);
  if (!existsSync(entry)) return '';
  const named = readFileSync(entry, 'utf8').matchAll(/(?:from|import)"\.(\/chunks\/[\w.-]+)"/g);
  return [...named].map(([, path]) => `<${path}>; rel=modulepreload`).join(', ');
}

function missing(reply: FastifyReply): FastifyReply {
  return allowEverySite(reply)
    .code(503)
    .header('cache-control', 'no-store')
    .header('retry-after', '10')
    .type('text/plain; charset=utf-8')
    .send('The bundle is not built yet: run "npm run build" and reload.\n');
}
