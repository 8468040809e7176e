/**
 * How many HTTP requests an address may send in a minute: pages and what is not there, and apart from them
 * the files a browser keeps, because a school coming in at nine loads those from one address.
 */
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';

export interface RequestLimits {
  readonly perMinute: number;
  /** Of the request behind the trusted proxies; `undefined` is an address that is not counted. */
  readonly addressOf: (request: FastifyRequest) => string | undefined;
}

const FILES = /^\/(?:webrtc-elements\.js|embed\.js|chunks\/|assets\/)/;
const FILES_FACTOR = 10;

/** For the routes registered in this scope from now on; `app.rateLimit()` is the same for a not-found handler. */
export async function limitRequests(app: FastifyInstance, { perMinute, addressOf }: RequestLimits): Promise<void> {
  const isFile = ({ routeOptions }: FastifyRequest) => FILES.test(routeOptions.url ?? '');
  await app.register(rateLimit, {
    timeWindow: 60_000,
    max: (request) => perMinute * (isFile(request) ? FILES_FACTOR : 1),
    keyGenerator: (request) => `${isFile(request) ? 'files' : 'pages'} ${addressOf(request) ?? ''}`,
    allowList: (request) => addressOf(request) === undefined,
    // Only who is held back needs to know how long.
    addHeaders: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
    addHeadersOnExceeding: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
  });
}
