/**
 * The REST interface for the host site, as a Fastify plugin: tokens, rooms, participants, by API key.
 * Server to server: no CORS, no cookies. Encapsulated, and as strict inside somebody else's app as in ours.
 */
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import rateLimit from '@fastify/rate-limit';
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest, RawServerDefault } from 'fastify';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { ApiKeys, type ApiKey } from './api-keys.js';
import { misfitOf } from '../misfit.js';
import { answerError, RestError } from './errors.js';
import type { RoomControl } from './room-control.js';
import { serveRooms } from './rooms.js';
import { serveTokens, type Mint } from './tokens.js';

export interface RestOptions {
  readonly apiKeys: readonly ApiKey[];
  readonly control: RoomControl;
  /** Absent where no secret is known to sign with. */
  readonly mint?: Mint | undefined;
  readonly failedAuth: {
    blockedMs(address: string | undefined): Promise<number>;
    failed(address: string | undefined): Promise<void>;
  };
  readonly addressOf: (request: FastifyRequest) => string | undefined;
  readonly requestsPerMinute: number;
}

export type RestApp = FastifyInstance<RawServerDefault, IncomingMessage, ServerResponse, FastifyBaseLogger, TypeBoxTypeProvider>;

const BODY_LIMIT = 16_384;

export async function rest(app: FastifyInstance, options: RestOptions): Promise<void> {
  const { addressOf, failedAuth } = options;
  const keys = new ApiKeys(options.apiKeys);
  app.setErrorHandler(answerError);
  app.setNotFoundHandler(() => {
    throw new RestError('NOT_FOUND');
  });
  app.setValidatorCompiler(({ schema }) => withoutConversion(schema as TSchema));
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'string', bodyLimit: BODY_LIMIT },
    app.getDefaultJsonParser('error', 'error'),
  );
  await app.register(rateLimit, {
    timeWindow: 60_000,
    max: options.requestsPerMinute,
    keyGenerator: (request) => addressOf(request) ?? '',
    allowList: (request) => addressOf(request) === undefined,
  });

  // For every address below, known or not: without a key nobody learns what is there.
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ 'cache-control': 'no-store', vary: 'origin', 'x-content-type-options': 'nosniff' });
    const address = addressOf(request);
    const blockedMs = await failedAuth.blockedMs(address);
    if (blockedMs > 0) {
      reply.header('retry-after', Math.ceil(blockedMs / 1_000));
      throw new RestError('RATE_LIMITED');
    }
    if (keys.find(request.headers.authorization) !== undefined) return;
    await failedAuth.failed(address);
    reply.header('www-authenticate', 'Bearer');
    throw new RestError('UNAUTHENTICATED');
  });

  const typed = app.withTypeProvider<TypeBoxTypeProvider>();
  if (options.mint !== undefined) serveTokens(typed, options.mint);
  serveRooms(typed, options.control);
}

function withoutConversion(schema: TSchema): (data: unknown) => { value: unknown } | { error: Error } {
  const validator = Compile(schema);
  return (value) =>
    validator.Check(value) ? { value } : { error: new RestError('BAD_PAYLOAD', misfitOf(validator.Errors(value))) };
}
