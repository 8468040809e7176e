/**
 * All that is served over plain HTTP, as one Fastify plugin: pages, their assets, the widget's
 * bundle. Encapsulated, so its headers stay off the routes of a host app.
 */
import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { serveBundle } from './bundle.js';
import { serveDemo } from './demo.js';
import { answerErrors } from './errors.js';
import { useSecurityHeaders } from './headers.js';
import { readPages, servePages } from './pages.js';
import { limitRequests, type RequestLimits } from './rate-limits.js';

export interface SiteOptions {
  readonly bundleDir: string;
  readonly pagesDir: string;
  readonly production: boolean;
  /** Other sites may put rooms into frames. */
  readonly framed: boolean;
  /** Answer for every address nobody knows. */
  readonly answerNotFound: boolean;
  readonly requests: RequestLimits;
  /** What other folders serve under the same headers and limits. */
  readonly more?: readonly ((app: FastifyInstance) => void)[];
}

/** Nearly as small as the best, in a tenth of the time: it is done at each request that is not cached. */
const BROTLI_QUALITY = 5;

export async function site(app: FastifyInstance, options: SiteOptions): Promise<void> {
  const pages = readPages(options.pagesDir);
  await useSecurityHeaders(app);
  await limitRequests(app, options.requests);
  await app.register(compress, {
    encodings: ['br', 'gzip'],
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } },
  });
  await app.register(fastifyStatic, { root: options.pagesDir, serve: false, dotfiles: 'deny' });
  answerErrors(app, pages, options.answerNotFound);
  serveBundle(app, options);
  servePages(app, { ...options, pages });
  serveDemo(app, options.production);
  for (const serve of options.more ?? []) serve(app);
}
