/** `POST /tokens`: a room token for one person, for sites that would rather not sign themselves. */
import { RestError } from './errors.js';
import { NoQuery, TokenRequest } from './schemas.js';
import type { RestApp } from './rest.js';

export type Mint = (request: TokenRequest) => Promise<{ readonly token: string; readonly expiresInMs: number }>;

export function serveTokens(app: RestApp, mint: Mint): void {
  app.post('/tokens', { schema: { body: TokenRequest, querystring: NoQuery } }, async ({ body }, reply) => {
    // Letters were counted by the schema, bytes are by who signs.
    const minted = await mint(body).catch((error: unknown) => {
      throw error instanceof TypeError
        ? new RestError('BAD_PAYLOAD', { field: 'sub', expected: 'must have at most 128 bytes' })
        : error;
    });
    return reply.code(201).send(minted);
  });
}
