/** Asks every STUN and TURN server a visitor would be told about, over the way its address names, by real use. */
import type { IceServer } from '../protocol/schemas.js';
import { certificateAdvice } from './certificates.js';
import { bad, good, warning, type Finding } from './findings.js';
import { familiesOf, type StunServer } from './stun-line.js';
import { askOwnAddress, OpenRelay, relayMessage, TurnRefusal } from './turn-client.js';
import { lookFromOutside, type OutsideView } from './turn-outside.js';

const DEFAULT_PORTS = { stun: 3_478, stuns: 5_349, turn: 3_478, turns: 5_349 } as const;

export async function checkRelays(servers: readonly IceServer[], insecure = false): Promise<readonly Finding[]> {
  const all = servers.flatMap(({ urls, username, credential }) => urls.map((url) => ({ url, username, credential })));
  if (all.length === 0) {
    const advice =
      'Calls work within one network only. Set TURN_URLS and TURN_SECRET; "webrtc-elements coturn-config" writes the relay.';
    return [bad('STUN and TURN', 'there is none', advice)];
  }
  const findings: Finding[] = [];
  for (const { url, username = '', credential = '' } of all) {
    const server = parseIceUrl(url, insecure);
    if (server === undefined)
      findings.push(bad('ICE server', `${url} cannot be read`, 'Write it like turn:turn.example.org:3478.'));
    else if (url.startsWith('stun')) findings.push(await checkStun(url, server));
    else findings.push(await checkTurn(url, server, username, credential));
  }
  const relays = all.filter(({ url }) => url.startsWith('turn'));
  if (relays.length === 0)
    findings.push(
      warning(
        'TURN',
        'there is no relay',
        'One call in ten, mostly from companies and mobile networks, will not connect: set TURN_URLS.',
      ),
    );
  else if (!relays.some(({ url }) => url.startsWith('turns:')))
    findings.push(
      warning(
        'TURN over TLS',
        'there is none',
        'Networks that let only web traffic out will not connect: add turns:<host>:443?transport=tcp or :5349.',
      ),
    );
  return [...findings, ...(await checkNames(relays.map(({ url }) => url)))];
}

async function checkStun(url: string, server: StunServer): Promise<Finding> {
  try {
    const { address } = await askOwnAddress(server);
    return good('STUN', `${url} answers and sees this machine as ${address}`);
  } catch (error) {
    return bad('STUN', `${url} does not answer (${reasonOf(error)})`, adviceFor(error, server));
  }
}

async function checkTurn(url: string, server: StunServer, username: string, credential: string): Promise<Finding> {
  const check = `TURN over ${server.transport.toUpperCase()}`;
  const credentials = { username, credential };
  try {
    await relayMessage(server, credentials);
    return seenFromOutside(check, url, server, await lookFromOutside(server, credentials));
  } catch (error) {
    if (error instanceof OpenRelay)
      return bad(
        check,
        `${url} is open to everybody: it relays without credentials`,
        'Stop it now: strangers reach your inner network and the metadata of your cloud through it. Then write its configuration with "webrtc-elements coturn-config --output /etc/turnserver.conf" and start it again.',
      );
    return bad(check, `${url} does not relay (${reasonOf(error)})`, adviceFor(error, server));
  }
}

/** Both ends of the message above were at the relay itself: whether anybody else gets to its ports is another question. */
function seenFromOutside(check: string, url: string, { host }: StunServer, view: OutsideView): Finding {
  switch (view.outcome) {
    case 'reached':
      return good(check, `${url} relays, and packets from here reach its ports`);
    case 'unreached':
      return bad(
        check,
        `${url} takes calls, but nothing from here reaches ${view.address}:${view.port}, where it relays this one`,
        `Open the relay ports (min-port to max-port, udp; 49152-50351 if not changed) in the firewall of ${host} and at its provider.`,
      );
    case 'private':
      return bad(
        check,
        `${url} tells callers the private address ${view.address}, which nobody outside can reach`,
        'Give coturn its public address: webrtc-elements coturn-config --external-ip <public address>.',
      );
    case 'not-seen':
      return {
        ...good(check, `${url} relays`),
        advice: `Whether its relay ports are open cannot be seen from here (${view.because}): run the doctor on another machine, too.`,
      };
  }
}

/** A name with an IPv6 address alone is none for most visitors. */
async function checkNames(urls: readonly string[]): Promise<readonly Finding[]> {
  const hosts = new Set(urls.flatMap((url) => parseIceUrl(url, false)?.host ?? []));
  const findings: Finding[] = [];
  for (const host of hosts) {
    const families = await familiesOf(host).catch((): readonly number[] => []);
    if (families.includes(6) && !families.includes(4) && !host.includes(':'))
      findings.push(
        warning(
          'TURN name',
          `${host} has an IPv6 address only`,
          `Visitors without IPv6 cannot reach it: give ${host} an A record, and let coturn listen there.`,
        ),
      );
  }
  return findings;
}

function adviceFor(error: unknown, { host, port, transport }: StunServer): string {
  if (error instanceof TurnRefusal) {
    if (error.code === 401)
      return "TURN_SECRET here and static-auth-secret there differ, or the clocks do: write the relay's configuration anew.";
    if (error.code === 403)
      return 'The relay refuses its own address as a peer: give coturn its public address (external-ip), or allow it (allowed-peer-ip).';
    if (error.code === 486) return 'The quota of the relay is used up: raise user-quota or total-quota.';
    return 'The log of the relay says more.';
  }
  const reason = reasonOf(error);
  if (reason === 'nothing came through') return `Open the relay ports (min-port to max-port, udp) in the firewall of ${host}.`;
  const certificate = certificateAdvice(reason);
  if (certificate !== undefined)
    return `The certificate of the relay keeps browsers away, not the firewall. ${certificate} coturn reads it when it starts, and at SIGUSR2.`;
  if (/ENOTFOUND|EAI_AGAIN|ENODATA/.test(reason)) return `There is no address for ${host}: give it an A record.`;
  if (transport === 'tls' && /EPROTO|SSL|TLS|ECONNRESET/.test(reason))
    return `What listens at ${port}/tcp of ${host} speaks no TLS: give coturn cert and pkey, and see in its log whether it can read them.`;
  return `Open ${port}/${transport === 'udp' ? 'udp' : 'tcp'} in the firewall of ${host}, and check that coturn runs and listens there.`;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.message) : String(error);
}

export function parseIceUrl(url: string, insecure: boolean): StunServer | undefined {
  const [, scheme, host, port, transport] =
    /^(stuns?|turns?):(\[[^\]]+\]|[^:?]+)(?::(\d+))?(?:\?transport=(udp|tcp))?$/.exec(url) ?? [];
  if (scheme === undefined || host === undefined) return undefined;
  return {
    host: host.replace(/^\[|\]$/g, ''),
    port: port === undefined ? DEFAULT_PORTS[scheme as keyof typeof DEFAULT_PORTS] : Number(port),
    transport: scheme.endsWith('s') ? 'tls' : transport === 'tcp' ? 'tcp' : 'udp',
    insecure,
  };
}
