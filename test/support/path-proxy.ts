/**
 * A reverse proxy that shows the server under a path, WebSockets included, and does what nginx and Caddy do in the usual
 * recipes: strips the path, keeps the Host, says for whom it asks.
 */
import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

export interface PathProxyOptions {
  /** Sent along with every request. */
  readonly headers?: Readonly<Record<string, string>>;
}

export class PathProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket: Socket) => this.#keep(socket));
  }

  static async before(port: number, path: string, { headers = {} }: PathProxyOptions = {}): Promise<PathProxy> {
    const inner = (url = ''): string | undefined =>
      url === path || url.startsWith(`${path}/`) ? url.slice(path.length) || '/' : undefined;
    const server = createServer((incoming, outgoing) => {
      const target = inner(incoming.url);
      if (target === undefined) return void outgoing.writeHead(404).end('the other site');
      const asked = { host: '127.0.0.1', port, method: incoming.method, path: target, headers: forwarded(incoming, headers) };
      const through = request(asked, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 0, answer.headers);
        answer.pipe(outgoing);
      });
      through.on('error', () => outgoing.destroy());
      incoming.pipe(through);
    });
    const proxy = new PathProxy(server);
    server.on('upgrade', (incoming: IncomingMessage, socket: Socket) => {
      const target = inner(incoming.url);
      if (target === undefined) return void socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n');
      const through = connect(port, '127.0.0.1', () => {
        const lines = Object.entries(forwarded(incoming, headers)).map(([name, value]) => `${name}: ${String(value)}`);
        through.write(`GET ${target} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
        socket.pipe(through).pipe(socket);
      });
      proxy.#keep(through);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** `localhost`, as the pages of a person are. */
  get url(): string {
    return `http://localhost:${this.port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => this.#sockets.delete(socket));
  }
}

function forwarded({ headers, socket }: IncomingMessage, more: Readonly<Record<string, string>>): IncomingMessage['headers'] {
  return { ...headers, 'x-forwarded-for': socket.remoteAddress ?? '', 'x-forwarded-proto': 'http', ...more };
}
