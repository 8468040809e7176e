/**
 * A way to a STUN or TURN server: UDP, TCP or TLS. Sends requests, waits for the answer with the
 * same transaction, hands on what comes unasked. Knows nothing of allocations.
 */
import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { decodeStun, encodeStun, HEADER_BYTES, type StunMessage, type StunRequest } from './stun-message.js';

export type StunTransport = 'udp' | 'tcp' | 'tls';

export interface StunServer {
  readonly host: string;
  readonly port: number;
  readonly transport: StunTransport;
  /** TLS: take any certificate. For tests and self-signed relays. */
  readonly insecure?: boolean;
}

export interface Wire {
  send(bytes: Buffer): void;
  close(): void;
}

/** A lost datagram is sent again after this, then twice, four times as long. */
const FIRST_RETRY_MS = 400;

export class StunLine {
  readonly #wire: Wire;
  readonly #reliable: boolean;
  readonly #timeoutMs: number;
  readonly #waiting = new Map<string, (answer: StunMessage) => void>();
  /** Data the relay passed on. */
  onData: (data: Buffer) => void = () => undefined;

  constructor(wire: (heard: (bytes: Buffer) => void) => Wire, reliable: boolean, timeoutMs: number) {
    this.#wire = wire((bytes) => this.#hear(bytes));
    this.#reliable = reliable;
    this.#timeoutMs = timeoutMs;
  }

  static async open(server: StunServer, timeoutMs = 5_000): Promise<StunLine> {
    if (server.transport === 'udp') {
      const { address: host, family } = await lookupFirst(server.host);
      const udp = createSocket(family === 6 ? 'udp6' : 'udp4');
      return new StunLine(datagrams(udp, { host, port: server.port }), false, timeoutMs);
    }
    const socket = await stream(server, timeoutMs);
    return new StunLine((heard) => framed(socket, heard), true, timeoutMs);
  }

  request(request: StunRequest): Promise<StunMessage> {
    const { bytes, transaction } = encodeStun(request);
    return new Promise((resolve, reject) => {
      let retry: NodeJS.Timeout | undefined;
      const send = (wait: number): void => {
        this.#wire.send(bytes);
        if (!this.#reliable) retry = setTimeout(() => send(wait * 2), wait);
      };
      const done = (): void => {
        clearTimeout(deadline);
        clearTimeout(retry);
        this.#waiting.delete(transaction);
      };
      const deadline = setTimeout(() => {
        done();
        reject(new Error('no answer'));
      }, this.#timeoutMs);
      this.#waiting.set(transaction, (answer) => {
        done();
        resolve(answer);
      });
      send(FIRST_RETRY_MS);
    });
  }

  indicate(request: StunRequest): void {
    this.#wire.send(encodeStun({ ...request, indication: true }).bytes);
  }

  close(): void {
    this.#wire.close();
  }

  #hear(bytes: Buffer): void {
    const message = decodeStun(bytes);
    if (message === undefined) return;
    if (message.kind === 'indication') {
      if (message.data !== undefined) this.onData(message.data);
      return;
    }
    this.#waiting.get(message.transaction)?.(message);
  }
}

/** An IPv4 address where there is one: most of those who call have no other way. Rejects with ENOTFOUND where there is none. */
export async function lookupFirst(host: string): Promise<{ readonly address: string; readonly family: number }> {
  const all = await lookup(host, { all: true });
  const found = all.find(({ family }) => family === 4) ?? all[0];
  if (found === undefined) throw Object.assign(new Error(`no address for ${host}`), { code: 'ENOTFOUND' });
  return found;
}

export async function familiesOf(host: string): Promise<readonly number[]> {
  return (await lookup(host, { all: true })).map(({ family }) => family);
}

/** Over a socket of one's own, which is closed with the line. */
export function datagrams(
  udp: UdpSocket,
  { host, port }: Pick<StunServer, 'host' | 'port'>,
): (heard: (bytes: Buffer) => void) => Wire {
  return (heard) => {
    let closed = false;
    udp.on('message', heard);
    // An unreachable port says so by an error; whoever waits hears of it by the time-out.
    udp.on('error', () => undefined);
    return {
      send: (bytes) => {
        if (!closed) udp.send(bytes, port, host, () => undefined);
      },
      close: () => {
        udp.off('message', heard);
        if (!closed) udp.close();
        closed = true;
      },
    };
  };
}

function stream({ host, port, transport, insecure }: StunServer, timeoutMs: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const tcp =
      transport === 'tls'
        ? connectTls({
            host,
            port,
            rejectUnauthorized: insecure !== true,
            ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }),
          })
        : connectTcp({ host, port });
    tcp.setTimeout(timeoutMs, () => tcp.destroy(new Error('no answer')));
    tcp.once('error', reject);
    tcp.once(transport === 'tls' ? 'secureConnect' : 'connect', () => {
      tcp.setTimeout(0);
      tcp.off('error', reject);
      tcp.on('error', () => undefined);
      resolve(tcp);
    });
  });
}

/** A stream has no borders between messages; the header says how long each is. */
function framed(stream: Socket, heard: (bytes: Buffer) => void): Wire {
  let rest = Buffer.alloc(0);
  stream.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      if (rest.length < HEADER_BYTES) return;
      const length = HEADER_BYTES + rest.readUInt16BE(2);
      if (rest.length < length) return;
      heard(rest.subarray(0, length));
      rest = rest.subarray(length);
    }
  });
  return { send: (bytes) => void stream.write(bytes), close: () => stream.destroy() };
}
