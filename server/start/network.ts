/** The addresses by which others on the network reach this machine. */
import { networkInterfaces } from 'node:os';

/** IPv4 only: nobody types an IPv6 address into a phone. */
export function networkAddresses(): readonly string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal, address }) => family === 'IPv4' && !internal && !address.startsWith('169.254.'))
    .map(({ address }) => address);
}

/** Whether a server bound to this address is reached from the network. */
export function isOpenToNetwork(host: string): boolean {
  return !(host === 'localhost' || host === '::1' || host.startsWith('127.'));
}

/** Where a server bound to `host` is reached: from this machine, and from others. */
export function reachableUrls(
  scheme: string,
  host: string,
  port: number,
): { readonly local: string; readonly network: readonly string[] } {
  const url = (name: string) => `${scheme}://${name.includes(':') ? `[${name}]` : name}:${port}`;
  if (!isOpenToNetwork(host)) return { local: url(host === '127.0.0.1' ? 'localhost' : host), network: [] };
  const every = host === '0.0.0.0' || host === '::';
  return { local: url(every ? 'localhost' : host), network: every ? networkAddresses().map(url) : [] };
}
