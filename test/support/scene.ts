/**
 * Where people meet in a test of faults: a server with short or real times, browsers of either kind started when
 * first needed, and everybody closed afterwards. Registers its own hooks; call it once in a file.
 */
import assert from 'node:assert/strict';
import { after, afterEach } from 'node:test';
import type { Browser } from 'puppeteer-core';
import type { ServerDeps } from '../../server/app.js';
import type { ServerConfig } from '../../server/config.js';
import { launch, type BrowserName, type BrowserOptions } from './browsers.js';
import { Person, type PersonOptions } from './person.js';
import { ServerProcess } from './server-process.js';
import { startServer, type RunningServer } from './server.js';
import { TcpProxy } from './tcp-proxy.js';

/** Browsers report every refused, reset or forbidden connection; with a fault on the signaling connection that is what they must do. */
export const LINE_TROUBLE: readonly RegExp[] = [
  /ERR_CONNECTION_REFUSED/,
  /ERR_CONNECTION_RESET/,
  /WebSocket connection to .* failed/,
  /can’t establish a connection/,
  /was interrupted while the page was loading/,
];

export interface Joining extends PersonOptions {
  readonly engine?: BrowserName;
  readonly browser?: BrowserOptions;
}

export class Scene {
  readonly #browsers = new Map<string, Promise<Browser>>();
  readonly #cleanups: (() => unknown)[] = [];
  readonly #people: Person[] = [];
  #rooms = 0;

  constructor() {
    afterEach(() => this.#clear());
    after(async () => {
      await Promise.all([...this.#browsers.values()].map(async (browser) => (await browser).close()));
    });
  }

  /** A server inside this process, whose times can be changed. Gone after the test. */
  async server(config: Partial<ServerConfig> = {}, deps: ServerDeps = {}): Promise<RunningServer> {
    const server = await startServer({ host: 'localhost', ...config }, deps);
    this.#cleanups.push(() => server.close());
    return server;
  }

  /** The built command, which can be killed and started again. */
  async process(env: NodeJS.ProcessEnv = {}): Promise<ServerProcess> {
    const server = await ServerProcess.start(env);
    this.#cleanups.push(() => server.stop('SIGKILL'));
    return server;
  }

  async proxy(server: { readonly port: number }): Promise<TcpProxy> {
    const proxy = await TcpProxy.before(server.port);
    this.#cleanups.push(() => proxy.close());
    return proxy;
  }

  cleanup(task: () => unknown): void {
    this.#cleanups.push(task);
  }

  /** An address nobody used yet. */
  room(server: { readonly url: string }): string {
    return `${server.url.replace('127.0.0.1', 'localhost')}/r/fault-${(this.#rooms += 1)}`;
  }

  browser(name: BrowserName = 'chromium', options: BrowserOptions = {}): Promise<Browser> {
    const key = `${name} ${JSON.stringify(options)}`;
    const known = this.#browsers.get(key) ?? launch(name, options);
    this.#browsers.set(key, known);
    return known;
  }

  /** At the door. */
  async visit(url: string, { engine, browser, ...options }: Joining = {}): Promise<Person> {
    const person = await Person.visit(await this.browser(engine, browser), url, {
      ...options,
      expectedInConsole: [...LINE_TROUBLE, ...(options.expectedInConsole ?? [])],
    });
    this.#people.push(person);
    return person;
  }

  /** In the call. */
  async join(url: string, options: Joining = {}): Promise<Person> {
    const person = await this.visit(url, options);
    await person.press('join');
    await person.until('in the call', (s) => s.meeting === 'joined');
    return person;
  }

  /** Two in a call, connected, seen and heard. */
  async pair(first: string, second: string = first, options: Joining = {}, others: Joining = options): Promise<[Person, Person]> {
    const pair: [Person, Person] = [await this.join(first, options), await this.join(second, others)];
    for (const person of pair) await person.untilWith(1);
    for (const person of pair) await person.hearsAndSees(1);
    return pair;
  }

  /** Closed by the test itself. */
  forget(person: Person): void {
    const index = this.#people.indexOf(person);
    assert.ok(index >= 0);
    this.#people.splice(index, 1);
  }

  async #clear(): Promise<void> {
    const closing = await Promise.allSettled(this.#people.splice(0).map((person) => person.close()));
    const rest = await Promise.allSettled(this.#cleanups.splice(0).map(async (task) => task()));
    for (const result of [...closing, ...rest]) if (result.status === 'rejected') throw result.reason;
  }
}
