/** A real coturn on loopback, with the configuration this project writes for it; gone with the test. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { coturnConfig, type CoturnSettings } from '../../server/ice/coturn-config.js';
import { askOwnAddress } from '../../server/doctor/turn-client.js';
import type { Namespace } from './namespace.js';
import { install } from './system-packages.js';
import { until } from './until.js';

export interface RunningRelay {
  readonly port: number;
  readonly tlsPort: number;
  readonly secret: string;
  readonly relayPorts: readonly [first: number, last: number];
  /** The file it was started with. */
  readonly config: string;
  readonly pid: number;
  readonly output: () => string;
  readonly stop: () => Promise<void>;
}

export interface RelayOptions {
  readonly previousSecret?: string;
  /** Let callers meet on this machine. The configuration as it is refuses that, as it should. */
  readonly peersOnThisMachine?: boolean;
  readonly settings?: Partial<CoturnSettings>;
  /** Instead of one made for `localhost`. PEM; what stands after the first certificate is its chain. */
  readonly certificate?: { readonly cert: string; readonly key: string };
  /** Debian's file as it comes, without a single signaling that counts: anybody may relay. */
  readonly empty?: boolean;
  /** Another machine to run it on. */
  readonly machine?: { readonly namespace: Namespace; readonly address: string };
}

export const RELAY_SECRET = 'a-secret-of-these-tests-and-nothing-else-0123456789';

export async function startRelay(options: RelayOptions = {}): Promise<RunningRelay> {
  if (spawnSync('turnserver', ['-h']).error !== undefined) install(['coturn']);
  const folder = mkdtempSync(join(tmpdir(), 'webrtc-elements-relay-'));
  const port = await freeUdpPort();
  const tlsPort = await freeUdpPort();
  const first = 20_000 + (port % 20_000);
  const made = await generate([{ name: 'commonName', value: 'localhost' }], { keyType: 'ec', algorithm: 'sha256' });
  const pair = options.certificate ?? { cert: made.cert, key: made.private };
  const host = options.machine?.address ?? '127.0.0.1';
  const cert = join(folder, 'cert.pem');
  const key = join(folder, 'key.pem');
  writeFileSync(cert, pair.cert);
  writeFileSync(key, pair.key);
  const written = options.empty
    ? `listening-port=${port}\nno-tls\nno-dtls\nno-cli\nlog-file=stdout\n`
    : coturnConfig({
        host: 'relay.test',
        secret: RELAY_SECRET,
        port,
        tls: { port: tlsPort, cert, key },
        minPort: first,
        maxPort: first + 400,
        ...(options.previousSecret === undefined ? {} : { previousSecret: options.previousSecret }),
        ...options.settings,
      });
  // Only what keeps it to this machine is added; nothing is taken away.
  const ips = options.machine === undefined ? ['127.0.0.1', '::1'] : [host];
  const local = [
    ...ips.flatMap((ip) => [`listening-ip=${ip}`, `relay-ip=${ip}`]),
    `pidfile=${join(folder, 'pid')}`,
    `userdb=${join(folder, 'turndb')}`,
    ...(options.peersOnThisMachine === true ? ['allow-loopback-peers', 'allowed-peer-ip=127.0.0.1'] : []),
  ].join('\n');
  const config = join(folder, 'turnserver.conf');
  writeFileSync(config, `${written}${local}\n`);
  const [command = 'turnserver', ...args] = options.machine?.namespace.command('turnserver', '-c', config) ?? [
    'turnserver',
    '-c',
    config,
  ];
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], cwd: folder });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const gone = once(child, 'exit');
  child.once('error', (error) => (output += error.message));
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await gone;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await until(`coturn to answer\n${output}`, () => askOwnAddress({ host, port, transport: 'udp' }, 500));
  } catch (error) {
    await stop();
    throw new Error(`coturn did not start:\n${output}`, { cause: error });
  }
  return {
    port,
    tlsPort,
    secret: RELAY_SECRET,
    relayPorts: [first, first + 400],
    config,
    pid: child.pid ?? 0,
    output: () => output,
    stop,
  };
}

async function freeUdpPort(): Promise<number> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  await once(socket, 'close');
  return port;
}
