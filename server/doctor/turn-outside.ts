/**
 * Whether the ports a relay lends out can be reached from where we are: a packet to such a port, sent past the relay's
 * own entrance, the way the other end of a call sends it.
 */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { BlockList } from 'node:net';
import { askOwnAddressOver, TurnAllocation, TurnRefusal, type TurnCredentials } from './turn-client.js';
import { datagrams, lookupFirst, type StunServer } from './stun-line.js';

export type OutsideView =
  | { readonly outcome: 'reached' }
  | { readonly outcome: 'unreached'; readonly address: string; readonly port: number }
  /** The relay does not know under which address the world sees it. */
  | { readonly outcome: 'private'; readonly address: string }
  | { readonly outcome: 'not-seen'; readonly because: string };

const AGAIN_MS = 200;

const PRIVATE = new BlockList();
PRIVATE.addSubnet('10.0.0.0', 8);
PRIVATE.addSubnet('172.16.0.0', 12);
PRIVATE.addSubnet('192.168.0.0', 16);
PRIVATE.addSubnet('100.64.0.0', 10);
PRIVATE.addSubnet('169.254.0.0', 16);

export async function lookFromOutside(server: StunServer, credentials: TurnCredentials, timeoutMs = 4_000): Promise<OutsideView> {
  const { address: host, family } = await lookupFirst(server.host);
  const outside = createSocket(family === 6 ? 'udp6' : 'udp4');
  outside.on('error', () => undefined);
  outside.bind(0);
  await once(outside, 'listening');
  try {
    // Over UDP, whatever the way to the relay: what matters is the address our packets come from.
    const own = await askOwnAddressOver(datagrams(outside, { host, port: server.port }), timeoutMs).catch(() => undefined);
    const allocation = await TurnAllocation.open(server, credentials, { timeoutMs, family: family === 6 ? 'ipv6' : 'ipv4' });
    try {
      const { relayed } = allocation;
      if (PRIVATE.check(relayed.address) && !PRIVATE.check(host)) return { outcome: 'private', address: relayed.address };
      if (own === undefined) return { outcome: 'not-seen', because: 'it answers no STUN over UDP' };
      if (own.address === relayed.address) return { outcome: 'not-seen', because: 'this is the machine of the relay' };
      await allocation.permit(own);
      const came = await arrives(outside, allocation, timeoutMs);
      return came ? { outcome: 'reached' } : { outcome: 'unreached', ...relayed };
    } finally {
      await allocation.close();
    }
  } catch (error) {
    if (error instanceof TurnRefusal && error.code === 403)
      return { outcome: 'not-seen', because: 'the relay refuses the address of this machine, as it should within one network' };
    return { outcome: 'not-seen', because: error instanceof Error ? error.message : String(error) };
  } finally {
    outside.close();
  }
}

function arrives(outside: Socket, allocation: TurnAllocation, timeoutMs: number): Promise<boolean> {
  const text = Buffer.from('a message from outside');
  const { address, port } = allocation.relayed;
  return new Promise((resolve) => {
    const send = (): void => outside.send(text, port, address, () => undefined);
    const again = setInterval(send, AGAIN_MS);
    const finish = (came: boolean): void => {
      clearInterval(again);
      clearTimeout(deadline);
      resolve(came);
    };
    const deadline = setTimeout(() => finish(false), timeoutMs);
    allocation.onData((data) => {
      if (data.equals(text)) finish(true);
    });
    send();
  });
}
