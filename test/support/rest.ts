/** The REST interface as a host site calls it: its keys, and requests that are sent exactly as they are written. */
import { request as httpRequest } from 'node:http';
import type { ServerConfig } from '../../server/config.js';
import { TOKEN_MODE } from './tokens.js';

export const KEY = 'p9XvTq2-LmZ4_wRk8HsY6bNc1JdF0gAe5Uo';
export const OTHER_KEY = 'B3yQ7n_ZxW0kLr-T6vHc9MfJ2sGd8Pa4EuI';
export const REST: Partial<ServerConfig> & Pick<ServerConfig, 'apiKeys'> = {
  ...TOKEN_MODE,
  apiKeys: [
    { kid: 'site', secret: KEY },
    { kid: 'shop', secret: OTHER_KEY },
  ],
};
/** The id of a participant that there is not. */
export const NOBODY = 'A'.repeat(22);

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly json: () => Record<string, unknown>;
  readonly code: string | undefined;
}

export interface Call {
  readonly method?: string;
  readonly body?: unknown;
  /** Sent as it is. */
  readonly raw?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  readonly key?: string | null;
}

/** Not `fetch`, which tidies paths and headers before it sends them. */
export function call(
  base: string,
  path: string,
  { method = 'GET', body, raw, headers = {}, key = KEY }: Call = {},
): Promise<Answer> {
  const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(base);
    const request = httpRequest(
      {
        hostname,
        port,
        path,
        method,
        agent: false,
        headers: {
          ...(key === null ? {} : { authorization: `Bearer ${key}` }),
          ...(payload === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) }),
          ...headers,
        },
      },
      (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () => {
          const json = () => JSON.parse(text) as Record<string, unknown>;
          const code = text.startsWith('{"error"') ? (json()['error'] as { code: string }).code : undefined;
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json, code });
        });
      },
    );
    request.on('error', reject);
    request.end(payload);
  });
}
