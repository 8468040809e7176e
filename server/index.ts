/**
 * The package's entry `webrtc-elements/server`: a server of its own, or a Fastify plugin for an
 * app that exists already. Neither reads the environment nor ends the process.
 */
import type { FastifyInstance } from 'fastify';
import { attachSignaling, createApp, siteOptions, type ServerDeps } from './app.js';
import { DEFAULT_CONFIG, type ServerConfig } from './config.js';
import { site } from './http/site.js';

export { createApp, type ServerDeps } from './app.js';
export { mintPhoneToken, mintToken, type MintOptions, type MintPhoneOptions } from './auth/mint.js';
export { ConfigError, DEFAULT_CONFIG, readConfig, type ServerConfig } from './config.js';
export { DEFAULT_LIMITS, type Limits } from './limits.js';
export { DEFAULT_TIMINGS, type Timings } from './timings.js';
export { FileStateStore, type FileStateStoreOptions } from './file-state-store.js';
export { MemoryStateStore, type StateKind, type StateStore, type StoredValue } from './state-store.js';
export { MemoryRoomStore } from './rooms/memory-room-store.js';
export type { RoomStore } from './rooms/room-store.js';
export { verifyWebhook, type VerifyOptions } from './webhooks/signature.js';

export interface CreateServerOptions extends Partial<ServerConfig>, ServerDeps {}

export interface WebrtcServer {
  /** The Fastify app, for more routes or `inject`. */
  readonly app: FastifyInstance;
  /** Starts listening; resolves with the address. */
  listen(): Promise<string>;
  /** Tells everybody, closes the lines, stops listening. */
  close(): Promise<void>;
}

export async function createServer(options: CreateServerOptions = {}): Promise<WebrtcServer> {
  const config: ServerConfig = { ...DEFAULT_CONFIG, ...options };
  const app = await createApp(config, options);
  return {
    app,
    listen: () => app.listen({ port: config.port, host: config.host }),
    close: () => app.close(),
  };
}

/** `app.register(webrtcElements, { maxParticipants: 4 })`: the same pages, bundle and signaling inside an app of yours. */
export async function webrtcElements(app: FastifyInstance, options: CreateServerOptions): Promise<void> {
  const config: ServerConfig = { ...DEFAULT_CONFIG, ...options };
  await app.register(site, siteOptions(config, options, false));
  attachSignaling(app, config, options);
}
