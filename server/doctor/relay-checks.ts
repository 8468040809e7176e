/** Asks every STUN and TURN server a visitor would be told about, over the way its address names, by real use. */
import type { IceServer } from '../protocol/schemas.js';
import { bad, good, warning, type Finding } from './findings.js';
import type { StunServer } from './stun-line.js';
import { askOwnAddress, relayMessage, TurnRefusal } from './turn-client.js';

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
  return findings;
}

async function checkStun(url: string, server: StunServer): Promise<Finding> {
  try {
    const { address } = await askOwnAddress(server);
    return good('STUN', `${url} answers and sees this machine as ${address}`);
  } catch (error) {
    return bad(
      'STUN',
      `${url} does not answer (${reasonOf(error)})`,
      `Open ${server.port}/udp in the firewall of ${server.host}, and check that it runs.`,
    );
  }
}

async function checkTurn(url: string, server: StunServer, username: string, credential: string): Promise<Finding> {
  const check = `TURN over ${server.transport.toUpperCase()}`;
  try {
    await relayMessage(server, { username, credential });
    return good(check, `${url} relays`);
  } catch (error) {
    return bad(check, `${url} does not relay (${reasonOf(error)})`, adviceFor(error, server));
  }
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
  if (/certificate|altname|self.signed/i.test(reason)) return `The certificate of the relay must be valid for ${host}.`;
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
