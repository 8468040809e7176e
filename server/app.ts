/**
 * The whole server as a value: Fastify with its pages and the bundle, Socket.IO on the same port.
 * It never listens, never reads the environment and never exits; `cli.ts` does.
 */
import Fastify, { type FastifyInstance, type FastifyRequest, type FastifyServerOptions } from 'fastify';
import { createAuth } from './auth/auth.js';
import { DEFAULT_TTL_SECONDS, mintToken } from './auth/mint.js';
import { embedOriginsOf } from './config-embedding.js';
import type { ServerConfig } from './config.js';
import { serveDocs } from './docs/docs.js';
import { servePlayground } from './docs/playground.js';
import { serveEmbedPage } from './embed/embed-page.js';
import { serveOembed } from './embed/oembed.js';
import { serveRoomCode } from './embed/room-code.js';
import { Health, serveHealth } from './health/health.js';
import { createIceSource } from './ice/ice-servers.js';
import { DEFAULT_LIMITS, type Limits } from './limits.js';
import { bundleDirectory, docsDirectory, manifestFile, pagesDirectory } from './locations.js';
import type { Metrics } from './metrics/metrics.js';
import { serveMetrics } from './metrics/metrics-route.js';
import { privateLog } from './private-log.js';
import { rest, type RestOptions } from './rest/rest.js';
import { MemoryRoomStore } from './rooms/memory-room-store.js';
import type { RoomStore } from './rooms/room-store.js';
import { createAddressReader } from './signaling/addresses.js';
import { httpSignaling } from './signaling/http-signaling.js';
import { createSignaling } from './signaling/signaling.js';
import type { RoomSettings } from './protocol/rights.js';
import { answerBadUrl } from './http/errors.js';
import { site, type SiteOptions } from './http/site.js';
import { DEFAULT_TIMINGS, type Timings } from './timings.js';
import { Webhooks, type WebhookPolicy } from './webhooks/webhooks.js';

/** What the server is made with; all of it has a default, and tests replace what they must. */
export interface ServerDeps {
  readonly timings?: Partial<Timings>;
  readonly limits?: Partial<Limits>;
  readonly store?: RoomStore;
  /** Folder of the built bundle: `webrtc-elements.js` and `chunks/`. */
  readonly bundleDir?: string;
  readonly pagesDir?: string;
  readonly logger?: FastifyServerOptions['logger'];
  /** Signs resume tokens, so that participants get their seats back from a restarted server. */
  readonly sessionKey?: Uint8Array;
  /** Says on `/readyz` whether new visitors should come here. */
  readonly health?: Health;
  /** Counts what happens; `/metrics` shows it to who has the token. */
  readonly meter?: Metrics;
  readonly webhookPolicy?: Partial<WebhookPolicy>;
  /** Certificate and key as PEM; with them the server speaks HTTPS. */
  readonly tls?: { readonly cert: string; readonly key: string };
}

/** Longest wait for a request to arrive, and for an answer to be made. */
const REQUEST_TIMEOUT_MS = 15_000;
/** Answers under way when the server stops have this long. */
const CLOSING_MS = 2_000;
const BODY_LIMIT = 16_384;

export async function createApp(config: ServerConfig, deps: ServerDeps = {}): Promise<FastifyInstance> {
  const options: FastifyServerOptions = {
    logger: deps.logger ?? { level: config.logLevel },
    trustProxy: config.trustProxy.length === 0 ? false : [...config.trustProxy],
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    logController: new Fastify.LogController({ disableRequestLogging: true }),
    frameworkErrors: answerBadUrl,
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
  };
  const app =
    deps.tls === undefined
      ? Fastify(options)
      : (Fastify({ ...options, https: deps.tls } as FastifyServerOptions) as FastifyInstance);
  app.removeContentTypeParser('text/plain');
  await app.register(site, siteOptions(config, deps, true));
  attachSignaling(app, config, deps);
  return app;
}

export function siteOptions(config: ServerConfig, deps: ServerDeps, answerNotFound: boolean): SiteOptions {
  const pagesDir = deps.pagesDir ?? pagesDirectory();
  const embedOrigins = embedOriginsOf(config);
  const { production } = config;
  return {
    bundleDir: deps.bundleDir ?? bundleDirectory(),
    pagesDir,
    framed: embedOrigins.length > 0,
    more: [
      (scope) => serveEmbedPage(scope, { pagesDir, embedOrigins }),
      (scope) => serveOembed(scope, { embedOrigins }),
      serveRoomCode,
      // An app we are a guest of has documentation of its own.
      ...(answerNotFound ? [aboutUs({ pagesDir, production })] : []),
    ],
    production,
    answerNotFound,
    requests: { perMinute: limitsOf(config, deps).requestsPerMinute, addressOf: addressesFor(config) },
  };
}

function limitsOf(config: ServerConfig, deps: ServerDeps): Limits {
  return { ...DEFAULT_LIMITS, ...config.limits, ...deps.limits };
}

function aboutUs(options: { readonly pagesDir: string; readonly production: boolean }): (scope: FastifyInstance) => void {
  return (scope) => {
    serveDocs(scope, { ...options, docsDir: docsDirectory() });
    servePlayground(scope, { ...options, manifest: manifestFile() });
  };
}

function addressesFor({ trustProxy, production }: ServerConfig): (request: FastifyRequest) => string | undefined {
  const addressOf = createAddressReader({ trustProxy, exemptLoopback: !production });
  return (request) => addressOf(request.raw);
}

/** Signs with the first secret, for sites that ask for tokens over REST. */
function mintWith({ roomTokens }: ServerConfig): RestOptions['mint'] {
  const key = roomTokens?.secrets[0];
  if (key === undefined) return undefined;
  const [issuer] = roomTokens?.issuers ?? [];
  return async ({ ttlSeconds = DEFAULT_TTL_SECONDS, ...person }) => ({
    token: await mintToken({
      ...person,
      secret: key.secret,
      keyId: key.kid,
      ttlSeconds,
      ...(issuer === undefined ? {} : { issuer }),
    }),
    expiresInMs: ttlSeconds * 1_000,
  });
}

/** Puts the signaling onto the HTTP server of an app, and takes it off when the app closes. */
export function attachSignaling(app: FastifyInstance, config: ServerConfig, deps: ServerDeps = {}): void {
  const timings: Timings = { ...DEFAULT_TIMINGS, banMs: config.banMs, ...deps.timings };
  const limits = limitsOf(config, deps);
  const auth = createAuth({
    required: config.authMode === 'token',
    ...(config.roomTokens === undefined ? {} : { tokens: config.roomTokens }),
    timings,
    failuresPerMinute: limits.failedAuthPerMinute,
  });
  const webhooks =
    config.webhook === undefined
      ? undefined
      : new Webhooks({
          ...config.webhook,
          log: privateLog(app.log),
          ...(deps.webhookPolicy === undefined ? {} : { policy: deps.webhookPolicy }),
        });
  const signaling = createSignaling({
    server: app.server,
    store: deps.store ?? new MemoryRoomStore({ ...timings, settings: roomDefaults(config) }),
    auth,
    ...(webhooks === undefined ? {} : { tell: webhooks.tell }),
    ice: createIceSource({
      servers: config.iceServers,
      ...(config.turn === undefined ? {} : { turn: config.turn }),
      ttlMs: timings.turnTtlMs,
    }),
    origins: {
      allowedOrigins: config.allowedOrigins,
      allowNoOrigin: config.allowNoOrigin,
      allowLocalOrigins: !config.production,
    },
    addresses: { trustProxy: config.trustProxy, exemptLoopback: !config.production },
    candidates: { allowLoopback: !config.production },
    maxParticipants: config.maxParticipants,
    openNames: !config.production,
    explains: !config.production,
    ...(deps.sessionKey === undefined ? {} : { sessionKey: deps.sessionKey }),
    timings,
    limits,
    log: privateLog(app.log),
    ...(deps.meter === undefined ? {} : { observer: deps.meter }),
  });
  app.addHook('onRequest', async (request) => signaling.hints.proxy(request.raw));
  void app.register(httpSignaling, { prefix: '/signaling', ...signaling.httpSignaling });
  if (config.apiKeys.length > 0) {
    void app.register(rest, {
      prefix: '/api/v1',
      apiKeys: config.apiKeys,
      control: signaling.moderation,
      mint: mintWith(config),
      failedAuth: auth.failedAuth,
      addressOf: addressesFor(config),
      requestsPerMinute: limits.apiRequestsPerMinute,
    });
  }
  deps.meter?.watch(() => signaling.counts());
  if (deps.meter !== undefined && config.metrics.token !== undefined) serveMetrics(app, deps.meter, config.metrics.token);
  const health = deps.health ?? new Health();
  serveHealth(app, health);
  // Fastify would wait for open lines for ever; the clients are told first, then the lines are closed.
  app.addHook('preClose', async () => {
    health.drain();
    await signaling.close();
    await webhooks?.close();
    // A browser keeps connections in reserve on which it never asks anything: nothing else ends those.
    setTimeout(() => app.server.closeAllConnections(), CLOSING_MS).unref();
  });
}

/** How a room is set when it comes to life. */
function roomDefaults({ waitingRoom, chatHistory }: ServerConfig): Partial<RoomSettings> {
  return { waitingRoom, ...(chatHistory ? {} : { chatHistory }) };
}
