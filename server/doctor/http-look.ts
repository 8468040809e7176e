/**
 * One request of the doctor. Unlike `fetch` it goes on where the certificate is not valid, and tells why: what else is
 * wrong behind it is worth knowing, too.
 */
import { request as requestHttp, type IncomingHttpHeaders } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { TLSSocket } from 'node:tls';

export interface Look {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Why no browser would accept the certificate. */
  readonly certificate?: string;
}

const MOST_BYTES = 65_536;

export function look(url: URL, headers: Readonly<Record<string, string>> = {}, timeoutMs = 8_000): Promise<Look> {
  return new Promise((resolve, reject) => {
    const secure = url.protocol === 'https:';
    const options = { headers, rejectUnauthorized: false, agent: false, timeout: timeoutMs };
    const outgoing = (secure ? requestHttps : requestHttp)(url, options, (response) => {
      const socket = response.socket as Partial<TLSSocket>;
      const certificate = secure && socket.authorized === false ? String(socket.authorizationError) : undefined;
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        if (body.length < MOST_BYTES) body += part;
      });
      response.on('error', reject);
      response.on('end', () => {
        const { statusCode: status = 0 } = response;
        resolve({ status, headers: response.headers, body, ...(certificate === undefined ? {} : { certificate }) });
      });
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer')));
    outgoing.on('error', reject);
    outgoing.end();
  });
}
