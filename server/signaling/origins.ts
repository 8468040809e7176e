/**
 * Which pages may open a line. A browser applies no same-origin rule to WebSocket, so this check
 * is the only thing between a stranger's page and the server. Knows headers and the list, nothing else.
 */

export interface OriginSettings {
  /** Serialised origins (`https://example.org`), or `*` for all of them. */
  readonly allowedOrigins: readonly string[];
  /** Clients that are no browsers send no Origin. */
  readonly allowNoOrigin: boolean;
  /** Pages served from this machine, whatever their port: how one develops. */
  readonly allowLocalOrigins: boolean;
}

/** Compares what the browser serialised, exactly: an origin that is not in its canonical form was not written by a browser. */
export function mayConnect(origin: string | undefined, host: string | undefined, settings: OriginSettings): boolean {
  if (origin === undefined) return settings.allowNoOrigin;
  if (!URL.canParse(origin)) return false;
  const url = new URL(origin);
  if (url.origin !== origin || (url.protocol !== 'https:' && url.protocol !== 'http:')) return false;
  if (host !== undefined && url.host === host.toLowerCase()) return true;
  if (settings.allowedOrigins.includes('*') || settings.allowedOrigins.includes(origin)) return true;
  return settings.allowLocalOrigins && isLocalHostname(url.hostname);
}

function isLocalHostname(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '127.0.0.1' || hostname === '[::1]';
}
