/** The server as people run it: the built command, in a process of its own, on a free port that it keeps over restarts. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.js';
import { until } from './until.js';

/** Starting takes a second, or half a minute on a busy machine. */
const START_MS = 60_000;
const COMMAND = fileURLToPath(new URL('../../dist/server/cli.js', import.meta.url));

export class ServerProcess {
  readonly port: number;
  readonly #env: NodeJS.ProcessEnv;
  #child: ChildProcess | null = null;
  #output = '';

  private constructor(port: number, env: NodeJS.ProcessEnv) {
    this.port = port;
    this.#env = env;
    process.once('exit', () => rmSync(this.#folder, { recursive: true, force: true }));
  }

  /** A folder of its own, which a restart finds again. */
  readonly #folder = mkdtempSync(join(tmpdir(), 'webrtc-elements-server-'));

  static async start(env: NodeJS.ProcessEnv = {}): Promise<ServerProcess> {
    const server = new ServerProcess(await freePort(), env);
    await server.run();
    return server;
  }

  get url(): string {
    return `http://localhost:${this.port}`;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  get output(): string {
    return this.#output;
  }

  async run(): Promise<void> {
    const child = spawn(process.execPath, [COMMAND], {
      cwd: this.#folder,
      env: { ...process.env, NODE_ENV: 'development', ...this.#env, PORT: String(this.port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (this.#output += chunk.toString()));
    this.#child = child;
    await until(
      'the server to answer, or to end',
      async () => child.exitCode !== null || (await fetch(`${this.url}/healthz`)).ok,
      START_MS,
    ).catch(async (cause: unknown) => {
      await this.stop('SIGKILL'); // else the tests wait for it
      throw cause;
    });
    if (child.exitCode !== null) throw new Error(`The server ended with code ${child.exitCode}:\n${this.#output}`);
  }

  /** Resolves when the process is gone. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }
}
