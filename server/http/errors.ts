/**
 * Every answer that is not what was asked for: a page for people, JSON for programs, one shape
 * for all. What went wrong inside stays inside.
 */
import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ERROR_CODES, type ErrorCode } from '../protocol/error-codes.js';

export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) request.log.error({ event: 'http', err: error }, 'a request failed');
    sendError(request, reply, codeOf(error, status), status);
  });
  app.setNotFoundHandler((request, reply) => sendError(request, reply, 'NOT_FOUND'));
}

export function sendError(request: FastifyRequest, reply: FastifyReply, code: ErrorCode, status: number = ERROR_CODES[code].http): FastifyReply {
  const message = status >= 500 || code !== 'BAD_PAYLOAD' ? ERROR_CODES[code].message : (STATUS_CODES[status] ?? ERROR_CODES[code].message);
  return reply.code(status).header('cache-control', 'no-store').send({ error: { code, message, requestId: request.id } });
}

function codeOf(error: FastifyError, status: number): ErrorCode {
  if (status === 404) return 'NOT_FOUND';
  if (status === 429) return 'RATE_LIMITED';
  if (error.code === 'FST_ERR_CTP_INVALID_JSON_BODY' || error.code === 'FST_ERR_CTP_EMPTY_JSON_BODY') return 'BAD_JSON';
  return status >= 500 ? 'INTERNAL' : 'BAD_PAYLOAD';
}
