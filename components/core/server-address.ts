/** The address of a server as a page gives it: whole, without its scheme (`//…`), or a path of the page's own server. No DOM. */
import { CallError } from './call-error.js';

/** @param base the address of the page */
export function serverAddress(value: string, base: string): string {
  const given = value.trim();
  // `calls.example.org` and `localhost:8080` would be a path, and a scheme that nobody knows.
  const url = /^(https?:\/\/|[./])/i.test(given) ? parsed(given, base) : null;
  const mixed = url?.protocol === 'http:' && base.startsWith('https:') && !THIS_MACHINE.test(url.hostname);
  if (!url || mixed || !/^https?:$/.test(url.protocol) || url.username || url.password)
    throw new CallError('SERVER_URL_INVALID', { message: `server-url="${given}" is not the address of a server.` });
  return url.href.replace(/\/?([?#].*)?$/, '');
}

/** Browsers trust it over http, too. */
export const THIS_MACHINE = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/;

function parsed(address: string, base: string): URL | null {
  try {
    return new URL(address, base);
  } catch {
    return null;
  }
}
