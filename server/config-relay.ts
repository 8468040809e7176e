/**
 * The settings of the relay and of other ICE servers. Read apart from the rest: the commands that write the relay's
 * configuration and look at it need nothing else, and must work while the server's own settings are unfinished.
 */
import { ConfigError, readSome, type EnvironmentValues, type Settings } from './config-environment.js';
import { readIceServers, readIceUrls } from './config-values.js';
import type { IceServer } from './protocol/schemas.js';

export interface RelaySettings {
  readonly urls: readonly string[];
  readonly secret: string;
  readonly previousSecret?: string;
}

type RelayValues = Pick<Settings, 'TURN_URLS' | 'TURN_SECRET' | 'TURN_SECRET_PREVIOUS'>;

/** `undefined` where there is no relay. Throws the sentence an operator will read. */
export function readRelay({ TURN_URLS, TURN_SECRET, TURN_SECRET_PREVIOUS }: RelayValues): RelaySettings | undefined {
  const urls = readIceUrls('TURN_URLS', TURN_URLS);
  if (urls.length === 0) return undefined;
  const other = urls.find((url) => !url.startsWith('turn'));
  if (other !== undefined) throw new Error(`TURN_URLS holds "${other}", which is no relay: put STUN servers into ICE_SERVERS.`);
  if (TURN_SECRET === undefined) throw new Error('TURN_URLS needs TURN_SECRET, the shared secret of the relay.');
  return {
    urls,
    secret: checkedSecret('TURN_SECRET', TURN_SECRET),
    ...(TURN_SECRET_PREVIOUS === undefined
      ? {}
      : { previousSecret: checkedSecret('TURN_SECRET_PREVIOUS', TURN_SECRET_PREVIOUS) }),
  };
}

/** coturn reads its file line by line, and takes what follows a space or a # for something else. */
function checkedSecret(name: string, secret: string): string {
  if (/[\s#"']/.test(secret))
    throw new Error(`${name} holds a space, a quote or a #, which coturn cannot read: use one from "openssl rand -hex 32".`);
  return secret;
}

/** For the commands: what the environment says about the relay alone. */
export function readRelayAlone(environment: EnvironmentValues): RelaySettings | undefined {
  return asConfigError(() => readRelay(readSome(environment, ['TURN_URLS', 'TURN_SECRET', 'TURN_SECRET_PREVIOUS'])));
}

/** For the commands: the other ICE servers. */
export function readIceServersAlone(environment: EnvironmentValues): readonly IceServer[] {
  return asConfigError(() => readIceServers(readSome(environment, ['ICE_SERVERS']).ICE_SERVERS));
}

function asConfigError<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof ConfigError ? error : new ConfigError([error instanceof Error ? error.message : String(error)]);
  }
}
