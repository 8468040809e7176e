/** Every answer of the REST interface that is not what was asked for: one shape, known codes, nothing of the inside. */
import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Misfit } from '../misfit.js';
import { ERROR_CODES, type ErrorCode } from '../protocol/error-codes.js';

export class RestError extends Error {
  readonly code: ErrorCode;
  /** Of the request: what does not fit, and what was expected there. */
  readonly misfit: Misfit | undefined;

  constructor(code: ErrorCode, misfit?: Misfit) {
    super(ERROR_CODES[code].message);
    this.misfit = misfit;
    this.name = 'RestError';
    this.code = code;
  }
}

export function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = Object.hasOwn(ERROR_CODES, error.code) ? (error.code as ErrorCode) : undefined;
  const status = known === undefined ? (error.statusCode ?? 500) : ERROR_CODES[known].http;
  if (status >= 500) request.log.error({ event: 'rest', err: error }, 'a request failed');
  const code = known ?? codeOf(error, status);
  // The sentence of the status is more use than "bad payload" for a body that is too long or of a wrong type.
  const message = code === 'BAD_PAYLOAD' && status !== 400 ? STATUS_CODES[status] : ERROR_CODES[code].message;
  const misfit = error instanceof RestError ? error.misfit : undefined;
  if (misfit === undefined) return reply.code(status).send({ error: { code, message, requestId: request.id } });
  const { field, expected } = misfit;
  const sentence = `${field === '' ? 'The request' : field} ${expected}.`;
  return reply.code(status).send({ error: { code, message: sentence, field, expected, requestId: request.id } });
}

function codeOf(error: FastifyError, status: number): ErrorCode {
  if (status === 404) return 'NOT_FOUND';
  if (status === 429) return 'RATE_LIMITED';
  if (status >= 500) return 'INTERNAL';
  const badJson = ['FST_ERR_CTP_INVALID_JSON_BODY', 'FST_ERR_CTP_EMPTY_JSON_BODY'].includes(error.code);
  return badJson || error instanceof SyntaxError ? 'BAD_JSON' : 'BAD_PAYLOAD';
}
