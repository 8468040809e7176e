#!/usr/bin/env node
/**
 * The command `webrtc-elements`: arguments and environment in, a listening server out, and a
 * clean end. The only file that reads the process's environment and the only one that exits.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import closeWithGrace from 'close-with-grace';
import type { FastifyInstance, FastifyServerOptions } from 'fastify';
import { createApp } from './app.js';
import { ConfigError, readConfig, type ServerConfig } from './config.js';
import { readRelayAlone } from './config-relay.js';
import { packageVersion } from './locations.js';
import { DEFAULT_LIMITS } from './limits.js';
import { Health } from './health/health.js';
import { createMetrics } from './metrics/metrics.js';
import { createMetricsApp } from './metrics/metrics-route.js';
import { coturnCommand } from './start/coturn-command.js';
import { doctorCommand } from './start/doctor-command.js';
import { iceServersHere, localUrl, mintHere } from './start/settings-here.js';
import { missingReach } from './ice/reach.js';
import { HELP, readArguments } from './start/arguments.js';
import { sriCommand } from './start/sri-command.js';
import { ownCertificate, readCertificate } from './start/certificate.js';
import { firstScreen } from './start/first-screen.js';
import { reachableUrls } from './start/network.js';
import { capacity, openFilesLimit } from './start/open-files.js';
import { ownSessionKey } from './start/session-key.js';
import { writeWhole } from './start/write-whole.js';
import { DEFAULT_TIMINGS } from './timings.js';

/** What the server makes for itself and keeps over restarts. */
const OWN_FOLDER = join(process.cwd(), '.webrtc-elements');

/** Asked for something that cannot be: the person at the keyboard can put it right. */
const EXIT_USAGE = 2;
const EXIT_FAILURE = 1;

async function main(): Promise<void> {
  const [command, ...rest] = process.argv.slice(2);
  if (command === 'coturn-config') return coturn(rest);
  if (command === 'doctor') return doctor(rest);
  if (command === 'sri') return void process.stdout.write(sriCommand(rest));
  const { help, version, values } = readArguments(process.argv.slice(2));
  if (help) return void process.stdout.write(HELP);
  if (version) return void process.stdout.write(`${packageVersion()}\n`);
  const config = readConfig({ ...environment(), ...values });
  const { connections, warning } = capacity(config.limits.lines ?? DEFAULT_LIMITS.lines, openFilesLimit());
  const tls = await certificateFor(config);
  const sessionKey = await ownSessionKey(OWN_FOLDER);
  const health = new Health();
  const meter = createMetrics();
  const app = await createApp(config, {
    health,
    meter,
    logger: loggerFor(config),
    limits: { lines: connections },
    ...(tls === undefined ? {} : { tls }),
    ...(sessionKey === undefined ? {} : { sessionKey }),
  });
  const numbers = config.metrics.port === undefined ? undefined : createMetricsApp(meter, config.metrics.token);
  closeWithGrace({ delay: DEFAULT_TIMINGS.drainMs, logger: app.log }, async ({ err }) => {
    // After an error nobody caught, the state cannot be trusted: say so, let everybody go, end.
    if (err) app.log.fatal({ event: 'crash', err }, 'the server is stopping because of an error');
    else await drain(health, config.drainSeconds);
    await Promise.all([app.close(), numbers?.close()]);
  });
  if (warning !== undefined) app.log.warn({ event: 'hint', setting: 'LIMIT_CONNECTIONS' }, warning);
  await listenEverywhere(app, config, values['HOST'] ?? environment()['HOST']);
  if (numbers !== undefined)
    await listen(
      numbers,
      { host: config.metrics.host, port: config.metrics.port ?? 0 },
      { host: 'METRICS_HOST', port: 'METRICS_PORT' },
    );
  welcome(app, config, tls !== undefined && config.certificate === undefined);
}

/** `/readyz` has said no for long enough that a load balancer sends nobody here any more. */
async function drain(health: Health, seconds: number): Promise<void> {
  health.drain();
  await setTimeout(seconds * 1_000);
}

/** The end of the process tells scripts what the text tells people. */
async function doctor(argv: readonly string[]): Promise<void> {
  const { text, healthy } = await doctorCommand(argv, {
    url: () => localUrl(environment()),
    iceServers: () => iceServersHere(environment()),
    mint: () => mintHere(environment()),
  });
  process.stdout.write(text);
  process.exitCode = healthy ? 0 : EXIT_FAILURE;
}

async function coturn(argv: readonly string[]): Promise<void> {
  const { text, output } = coturnCommand(argv, () => readRelayAlone(environment()));
  if (output === undefined) return void process.stdout.write(text);
  await writeWhole(output, text, 'turnserver');
  process.stdout.write(`${output} is written. Restart coturn: systemctl restart coturn\n`);
}

function environment(): NodeJS.ProcessEnv {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
}

async function certificateFor(config: ServerConfig) {
  if (!config.https) return undefined;
  return config.certificate === undefined ? ownCertificate(OWN_FOLDER) : readCertificate(config.certificate);
}

function loggerFor({ logLevel, production }: ServerConfig): FastifyServerOptions['logger'] {
  const redact = ['req.headers.authorization', 'req.headers.cookie', 'auth'];
  return { level: logLevel, redact, base: production ? { pid: process.pid } : null };
}

interface Place {
  readonly host: string;
  readonly port: number;
}

/** How the two are set, for the sentence that says what to change. */
interface Naming {
  readonly host: string;
  readonly port: string;
}
const FLAGS: Naming = { host: '--host', port: '--port' };

/** Where nobody said which address, all there are: over IPv6, too, on machines that have it. */
async function listenEverywhere(app: FastifyInstance, { host, port }: Place, given: string | undefined): Promise<void> {
  if (host !== '0.0.0.0' || given) return listen(app, { host, port });
  try {
    await app.listen({ host: '::', port, listenTextResolver: () => 'listening' });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EAFNOSUPPORT' && code !== 'EADDRNOTAVAIL')
      throw new Error(explainListen(error as Error, { host, port }, FLAGS), { cause: error });
    await listen(app, { host, port });
  }
}

async function listen(app: FastifyInstance, place: Place, naming = FLAGS): Promise<void> {
  try {
    await app.listen({ ...place, listenTextResolver: () => 'listening' });
  } catch (error) {
    throw new Error(explainListen(error as Error, place, naming), { cause: error });
  }
}

function explainListen(error: NodeJS.ErrnoException, { host, port }: Place, naming: Naming): string {
  const set = (name: string, value: string | number): string => `${name}${name.startsWith('--') ? ' ' : '='}${value}`;
  if (error.code === 'EADDRINUSE')
    return `Port ${port} is in use already. Stop what uses it, or choose another one: ${set(naming.port, port === 65_535 ? port - 1 : port + 1)}`;
  if (error.code === 'EACCES')
    return `Port ${port} may not be used by this user. Choose one above 1023: ${set(naming.port, naming === FLAGS ? 8080 : 9464)}`;
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
    return `This machine has no address "${host}". Use ${set(naming.host, '0.0.0.0')} to listen on all it has.`;
  return `The server cannot listen on ${host}:${port}: ${error.message}`;
}

function welcome(app: FastifyInstance, config: ServerConfig, selfSigned: boolean): void {
  const { port } = app.server.address() as { readonly port: number };
  const { local, network } = reachableUrls(config.https ? 'https' : 'http', config.host, port);
  if (config.production && !process.stdout.isTTY) {
    app.log.info({ event: 'listening', port, host: config.host, turn: config.turn !== undefined }, 'listening');
    for (const sentence of missingReach(config.iceServers, config.turn?.urls)) app.log.warn({ event: 'reach' }, sentence);
    return;
  }
  const colors = process.stdout.isTTY && process.env['NO_COLOR'] === undefined;
  process.stdout.write(firstScreen({ version: packageVersion(), config, local, network, selfSigned, colors }));
}

main().catch((error: unknown) => {
  const problems = error instanceof ConfigError ? error.problems : [error instanceof Error ? error.message : String(error)];
  for (const problem of problems) process.stderr.write(`webrtc-elements: ${problem}\n`);
  process.exit(error instanceof ConfigError ? EXIT_USAGE : EXIT_FAILURE);
});
