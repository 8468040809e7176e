/** A site of somebody else, on a port of its own: pages with whatever headers a host sends, and who asked for what. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

interface SitePage {
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}

export class Site {
  readonly #server: Server;
  readonly #pages: Map<string, SitePage>;

  private constructor(server: Server, pages: Map<string, SitePage>) {
    this.#server = server;
    this.#pages = pages;
  }

  /** `127.0.0.1`, where the server under test is `localhost`: another site, not only another origin. */
  static async start(): Promise<Site> {
    const pages = new Map<string, SitePage>();
    const server = createServer((request, response) => {
      const page = pages.get(request.url ?? '');
      if (page === undefined) return void response.writeHead(request.url === '/favicon.ico' ? 204 : 404).end();
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...page.headers }).end(page.html);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Site(server, pages);
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Publishes a page; the answer is its address. */
  add(html: string, headers: Readonly<Record<string, string>> = {}): string {
    const path = `/page-${this.#pages.size}`;
    this.#pages.set(path, { html, headers });
    return this.origin + path;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
