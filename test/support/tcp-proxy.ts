/**
 * A stretch of network between a browser and the server, with the faults of a real one: it goes silent without
 * closing anything, resets, delays, or lets no WebSocket through. Page and signaling go through the same port, so
 * they stay of one origin. Needs no privileges.
 */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
}

export class TcpProxy {
  readonly #server: Server;
  readonly #pairs = new Set<Pair>();
  #silent = false;
  #refusing = false;
  /** Milliseconds each way. */
  delayMs = 0;
  /** A middlebox that does not know WebSockets: answers the upgrade with 403. */
  blockWebSockets = false;

  private constructor(targetPort: number) {
    this.#server = createServer({ allowHalfOpen: true }, (client) => this.#accept(client, targetPort));
  }

  static async before(targetPort: number): Promise<TcpProxy> {
    const proxy = new TcpProxy(targetPort);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://localhost:${this.port}`;
  }

  /** Half-open: nothing passes any more, and neither end is told. */
  pause(): void {
    this.#silent = true;
    for (const { client, server } of this.#pairs) for (const socket of [client, server]) socket.pause();
  }

  /** What was sent meanwhile arrives now, as it would over TCP. */
  resume(): void {
    this.#silent = false;
    for (const { client, server } of this.#pairs) for (const socket of [client, server]) socket.resume();
  }

  /** Every connection ends with a TCP reset, on both sides. */
  reset(): void {
    for (const { client, server } of this.#pairs) {
      client.resetAndDestroy();
      server.resetAndDestroy();
    }
    this.#pairs.clear();
  }

  /** Nobody is let in until `accept()`: connections are reset as they come. */
  refuse(): void {
    this.#refusing = true;
    this.reset();
  }

  accept(): void {
    this.#refusing = false;
  }

  async close(): Promise<void> {
    this.reset();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #accept(client: Socket, port: number): void {
    client.on('error', () => undefined);
    if (this.#refusing) {
      client.resetAndDestroy();
      return;
    }
    const server = connect(port, '127.0.0.1');
    const pair: Pair = { client, server };
    this.#pairs.add(pair);
    server.on('error', () => client.destroy());
    for (const socket of [client, server]) {
      socket.once('close', () => {
        this.#pairs.delete(pair);
        (socket === client ? server : client).destroy();
      });
    }
    this.#pipe(client, server, (bytes) => this.#forbidden(bytes, client));
    this.#pipe(server, client, () => false);
    if (this.#silent) for (const socket of [client, server]) socket.pause();
  }

  #pipe(from: Socket, to: Socket, forbidden: (bytes: Buffer) => boolean): void {
    from.on('data', (bytes: Buffer) => {
      if (forbidden(bytes)) return;
      if (this.delayMs > 0) setTimeout(() => to.destroyed || to.write(bytes), this.delayMs);
      else to.write(bytes);
    });
    from.on('end', () => setTimeout(() => to.end(), this.delayMs));
  }

  #forbidden(bytes: Buffer, client: Socket): boolean {
    if (!this.blockWebSockets || !/^Upgrade: websocket/im.test(bytes.toString('latin1'))) return false;
    client.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
    return true;
  }
}
