/** Stub. */
import type { FastifyPluginAsync } from 'fastify';
export interface SiteOptions { readonly bundleDir: string; readonly pagesDir: string; readonly production: boolean }
export const site: FastifyPluginAsync<SiteOptions> = async (app) => {
  app.get('/healthz', () => ({ status: 'ok' }));
};
