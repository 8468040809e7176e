/**
 * A network namespace with interfaces that can be taken away: a machine of its own for one browser. Needs root and
 * Linux; everything in it vanishes with it.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser } from './browsers.js';
import { install } from './system-packages.js';

/** An interface of the namespace, and the address under which this machine is reached through it. */
export interface Interface {
  readonly name: string;
  readonly host: string;
  readonly address: string;
}

let made = 0;

export class Namespace {
  readonly #name = `we-${process.pid}-${(made += 1)}`;
  readonly #folder = mkdtempSync(join(tmpdir(), 'webrtc-elements-namespace-'));
  #interfaces = 0;

  /** Why there can be none here; undefined where there can. */
  static missing(): string | undefined {
    if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'needs root on Linux';
    if (spawnSync('ip', ['-V']).error !== undefined) install(['iproute2']);
    return undefined;
  }

  constructor() {
    ip('netns', 'add', this.#name);
    this.#ip('link', 'set', 'lo', 'up');
  }

  /** A cable to this machine, not plugged in yet. */
  add(): Interface {
    const number = (this.#interfaces += 1);
    const name = `eth${number}`;
    const outer = `we${process.pid % 100_000}x${made}${number}`;
    const net = `10.${200 + (made % 50)}.${number}`;
    ip('link', 'add', outer, 'type', 'veth', 'peer', 'name', name, 'netns', this.#name);
    ip('addr', 'add', `${net}.1/24`, 'dev', outer);
    ip('link', 'set', outer, 'up');
    this.#ip('addr', 'add', `${net}.2/24`, 'dev', name);
    return { name, host: `${net}.1`, address: `${net}.2` };
  }

  /** Everything goes this way from now on. */
  plug({ name, host }: Interface): void {
    this.#ip('link', 'set', name, 'up');
    this.#ip('route', 'replace', 'default', 'via', host);
  }

  unplug({ name }: Interface): void {
    this.#ip('link', 'set', name, 'down');
  }

  /** An executable that starts Chromium inside. */
  chromium(): string {
    const path = join(this.#folder, 'chromium');
    writeFileSync(path, `#!/bin/sh\nexec ip netns exec ${this.#name} ${findBrowser('chromium') ?? 'chromium'} "$@"\n`);
    chmodSync(path, 0o755);
    return path;
  }

  /** A command signaling that runs inside. */
  command(...words: readonly string[]): readonly string[] {
    return ['ip', 'netns', 'exec', this.#name, ...words];
  }

  /** UDP to these ports gets no further, as at the firewall of a provider. */
  closeUdp(first: number, last: number): void {
    const table = `table inet closed { chain in { type filter hook input priority 0; iifname != "lo" udp dport ${first}-${last} drop; }; }`;
    const [command = '', ...args] = this.command('nft', '-f', '-');
    execFileSync(command, args, { input: table.replaceAll('; ', ';\n'), stdio: ['pipe', 'ignore', 'pipe'] });
  }

  close(): void {
    ip('netns', 'del', this.#name);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #ip(...args: readonly string[]): void {
    ip('-n', this.#name, ...args);
  }
}

function ip(...args: readonly string[]): void {
  execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}
