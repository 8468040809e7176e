/** The settings of whoever runs the server: how it is watched, and how it stops. */
import Type from 'typebox';

/** The part of the schema these settings are read by. */
export const OPERATIONS = {
  METRICS_PORT: Type.Optional(Type.Integer({ minimum: 0, maximum: 65_535 })),
  METRICS_HOST: Type.String({ default: '127.0.0.1' }),
  METRICS_TOKEN: Type.Optional(Type.String()),
  DRAIN_SECONDS: Type.Integer({ default: 0, minimum: 0, maximum: 8 }),
};

export interface MetricsConfig {
  /** A listener for `/metrics` alone; without a port there is none. */
  readonly port?: number;
  readonly host: string;
  /** With a token, `/metrics` is also on the public listener. */
  readonly token?: string;
}

interface Values {
  readonly METRICS_PORT?: number;
  readonly METRICS_HOST: string;
  readonly METRICS_TOKEN?: string;
}

const SHORTEST_TOKEN = 32;

export function readMetrics({ METRICS_PORT: port, METRICS_HOST: host, METRICS_TOKEN: token }: Values): MetricsConfig {
  return { host, ...(port === undefined ? {} : { port }), ...(token === undefined ? {} : { token }) };
}

/** What production must not run with. */
export function unsafeMetrics({ host, port, token }: MetricsConfig): readonly string[] {
  const problems: string[] = [];
  if (token !== undefined && token.length < SHORTEST_TOKEN)
    problems.push(`METRICS_TOKEN is too easy to guess: use at least ${SHORTEST_TOKEN} random characters.`);
  if (port !== undefined && token === undefined && !/^(?:127\.|localhost$|::1$)/.test(host))
    problems.push('METRICS_HOST lets others read the metrics: set METRICS_TOKEN too, or leave METRICS_HOST at 127.0.0.1.');
  return problems;
}
