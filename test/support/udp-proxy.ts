/**
 * A stretch of network in front of a TURN server: delays, loses, throttles or swallows the media of everybody who
 * is told to use the relay through it (`ice-transport-policy="relay"`). Needs no privileges.
 */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

export class UdpProxy {
  readonly #socket = createSocket('udp4');
  /** One socket towards the relay for each client, so that the relay can tell them apart. */
  readonly #upstream = new Map<string, Socket>();
  /** Nothing passes, nobody is told. */
  blackhole = false;
  /** Milliseconds each way. */
  delayMs = 0;
  /** Share of packets lost, 0 to 1, each way. */
  loss = 0;
  /** Bits per second each way; what does not fit into half a second of queue is dropped. Null: no limit. */
  rate: number | null = null;
  #freeAt = { up: 0, down: 0 };

  static async before(targetPort: number): Promise<UdpProxy> {
    const proxy = new UdpProxy();
    proxy.#socket.on('message', (bytes, from) => {
      const upstream = proxy.#upstreamOf(from.address, from.port, targetPort);
      proxy.#pass('up', bytes, () => upstream.send(bytes, targetPort, '127.0.0.1'));
    });
    proxy.#socket.bind(0, '127.0.0.1');
    await once(proxy.#socket, 'listening');
    return proxy;
  }

  get port(): number {
    return this.#socket.address().port;
  }

  close(): void {
    for (const socket of [this.#socket, ...this.#upstream.values()]) socket.close();
    this.#upstream.clear();
  }

  #upstreamOf(address: string, port: number, targetPort: number): Socket {
    const key = `${address}:${port}:${targetPort}`;
    const known = this.#upstream.get(key);
    if (known) return known;
    const socket = createSocket('udp4');
    socket.on('error', () => undefined); // the relay is gone: that is what some tests want
    socket.on('message', (bytes) => this.#pass('down', bytes, () => this.#socket.send(bytes, port, address)));
    this.#upstream.set(key, socket);
    return socket;
  }

  #pass(way: 'up' | 'down', bytes: Buffer, send: () => void): void {
    if (this.blackhole || Math.random() < this.loss) return;
    const delay = this.delayMs + this.#queue(way, bytes.length);
    if (delay === Infinity) return;
    if (delay === 0) send();
    else
      setTimeout(() => {
        if (!this.blackhole && this.#upstream.size > 0) send();
      }, delay);
  }

  /** Milliseconds a packet waits for its turn on a narrow uplink. */
  #queue(way: 'up' | 'down', bytes: number): number {
    if (this.rate === null) return 0;
    const now = performance.now();
    const start = Math.max(now, this.#freeAt[way]);
    if (start - now > 500) return Infinity;
    this.#freeAt[way] = start + (bytes * 8_000) / this.rate;
    return this.#freeAt[way] - now;
  }
}
