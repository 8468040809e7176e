/**
 * The network between three hosts, each as far from the others as is wanted: the visitor, the person inside, the
 * server. Lines to the server go through TCP proxies, media through UDP relays that the pages are made to use
 * (`page.ts`). All of it in user space: no privileges, no modules of the kernel, the same on every system.
 */
import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

const HERE = '127.0.0.1';

export class Link {
  readonly #proxies: Server[] = [];
  readonly #relays = new Map<string, Promise<UdpSocket>>();
  /** Round trip between any two hosts, in milliseconds. */
  rtt: number;

  constructor(rtt: number) {
    this.rtt = rtt;
  }

  /** A port that leads to the server's one; the address of a page stays the same for everybody. */
  async to(port: number): Promise<number> {
    const proxy = createServer({ allowHalfOpen: true, noDelay: true }, (client) => this.#accept(client, port));
    proxy.listen(0, HERE);
    await once(proxy, 'listening');
    this.#proxies.push(proxy);
    return (proxy.address() as AddressInfo).port;
  }

  /** Where the other side must send to reach an address of ours. What arrives there comes from the sender's own relay. */
  async relay(address: string, port: number): Promise<number> {
    return (await this.#relayOf(`${address}:${port}`)).address().port;
  }

  async close(): Promise<void> {
    for (const proxy of this.#proxies) proxy.close();
    for (const relay of this.#relays.values()) (await relay).close();
    this.#relays.clear();
  }

  /**
   * This end is connected before the other has heard of it. What a real client could say only after a round
   * trip waits for as long.
   */
  #accept(client: Socket, port: number): void {
    const open = performance.now() + this.rtt;
    const server = connect({ port, host: HERE, noDelay: true });
    for (const [socket, other] of [
      [client, server],
      [server, client],
    ] as const) {
      socket.on('error', () => other.destroy());
      socket.once('close', () => setTimeout(() => other.destroy(), this.rtt));
      const later = (task: () => void): void => {
        const waits = socket === client ? Math.max(0, open - performance.now()) : 0;
        if (this.rtt === 0) task();
        else setTimeout(() => other.destroyed || task(), waits + this.rtt / 2);
      };
      socket.on('data', (bytes: Buffer) => later(() => other.write(bytes)));
      socket.on('end', () => later(() => other.end()));
    }
  }

  #relayOf(key: string): Promise<UdpSocket> {
    const known = this.#relays.get(key);
    if (known) return known;
    const [address = HERE, port] = key.split(/:(?=\d+$)/);
    const made = (async () => {
      const socket = createSocket('udp4');
      socket.on('error', () => undefined); // a page is gone
      socket.on('message', (bytes, from) => {
        void this.#relayOf(`${from.address}:${from.port}`).then((relay) => {
          const pass = (): void => relay.send(bytes, Number(port), address, () => undefined);
          if (this.rtt === 0) pass();
          else setTimeout(pass, this.rtt / 2);
        });
      });
      socket.bind(0, HERE);
      await once(socket, 'listening');
      return socket;
    })();
    this.#relays.set(key, made);
    return made;
  }
}
