/** What was meant by an address that is none. Loaded when there is one. No DOM. */
import { THIS_MACHINE } from './server-address.js';

/** `calls.example.org`, `localhost:8080/calls`: to a browser these are paths, or schemes nobody knows. */
const WITHOUT_SCHEME = /^[\w-]+(\.[\w-]+)*(:\d+)?([/?#]|$)/;

/** @param base the address of the page */
export function serverAdvice(value: string, base: string): string {
  const given = value.trim();
  return `server-url="${given}": ${sentence(given, base)}`;
}

function sentence(given: string, base: string): string {
  const scheme = /^([a-z][a-z\d+.-]*):\/\//i.exec(given)?.[1]?.toLowerCase();
  if (scheme === 'ws' || scheme === 'wss')
    return `write the address of the server itself, "${given.replace(/^ws/i, 'http')}"; the WebSocket is found by us.`;
  if (scheme && scheme !== 'http' && scheme !== 'https') return `a server is reached over https:, not over ${scheme}:.`;
  if (!scheme && !/^[./]/.test(given)) {
    if (!WITHOUT_SCHEME.test(given)) return NO_ADDRESS;
    const local = /^(localhost|127\.|\[?::1)/.test(given);
    return `the scheme is missing: "${local ? 'http' : 'https'}://${given}".`;
  }
  let url: URL;
  try {
    url = new URL(given, base);
  } catch {
    return NO_ADDRESS;
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return 'a page without an address of its own needs a whole one, like "https://calls.example.org".';
  if (url.username || url.password) return 'a name and a password do not belong here; use a room token.';
  if (url.protocol === 'http:' && base.startsWith('https:') && !THIS_MACHINE.test(url.hostname))
    return `browsers let no page over https: messaging to a server over http:. Serve it over HTTPS: "${url.href.replace('http:', 'https:')}".`;
  return NO_ADDRESS;
}

const NO_ADDRESS = 'this is no address. Write one like "https://calls.example.org".';
