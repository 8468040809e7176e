/**
 * Every answer that is not what was asked for: a page for people, JSON for programs, one shape
 * for all. What went wrong inside stays inside.
 */
import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ERROR_CODES, type ErrorCode } from '../protocol/error-codes.js';
import { sendProblem, type Pages } from './pages.js';

/** `notFound`: also answer for addresses nobody knows; an app we are a guest of does that itself. */
export function answerErrors(app: FastifyInstance, pages: Pages, notFound: boolean): void {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) request.log.error({ event: 'http', err: error }, 'a request failed');
    return sendError(request, reply, pages, codeOf(error, status), status);
  });
  if (!notFound) return;
  // Looking for what might be there is counted like everything else.
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, (request, reply) => sendError(request, reply, pages, 'NOT_FOUND', 404));
}

/** An address that cannot even be read has no route, no page and no headers of one. */
export function answerBadUrl(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const status = error.statusCode === 414 ? 414 : 400;
  void reply
    .code(status)
    .type('application/json')
    .send(JSON.stringify({ error: { code: 'BAD_PAYLOAD', message: STATUS_CODES[status], requestId: request.id } }));
}

function sendError(request: FastifyRequest, reply: FastifyReply, pages: Pages, code: ErrorCode, status: number): FastifyReply {
  reply.removeHeader('etag').header('cache-control', 'no-store');
  if (wantsPage(request)) {
    return status === 404
      ? sendProblem(
          reply,
          pages,
          status,
          'There is nothing here',
          'The link may be old or mistyped. You can start a call from the first page.',
        )
      : sendProblem(
          reply,
          pages,
          status,
          'That did not work',
          status >= 500 ? 'The server failed. Please try again in a moment.' : 'The server could not make sense of this address.',
        );
  }
  const message = code === 'BAD_PAYLOAD' ? (STATUS_CODES[status] ?? ERROR_CODES[code].message) : ERROR_CODES[code].message;
  return reply.code(status).send({ error: { code, message, requestId: request.id } });
}

/** A browser going somewhere asks for HTML first; programs and scripts do not. */
function wantsPage(request: FastifyRequest): boolean {
  return request.method === 'GET' && (request.headers.accept ?? '').split(',')[0]?.trim() === 'text/html';
}

function codeOf(error: FastifyError, status: number): ErrorCode {
  if (status === 404) return 'NOT_FOUND';
  if (status === 429) return 'RATE_LIMITED';
  if (error.code === 'FST_ERR_CTP_INVALID_JSON_BODY' || error.code === 'FST_ERR_CTP_EMPTY_JSON_BODY') return 'BAD_JSON';
  return status >= 500 ? 'INTERNAL' : 'BAD_PAYLOAD';
}
