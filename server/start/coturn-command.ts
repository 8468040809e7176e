/** `webrtc-elements coturn-config`: from the server's own settings to the relay's. Text in, text out; cli.ts writes it. */
import { parseArgs } from 'node:util';
import type { RelaySettings } from '../config-relay.js';
import { coturnConfig, relayAddresses } from '../ice/coturn-config.js';

export const COTURN_HELP = `Makes a configuration for coturn that fits TURN_URLS and TURN_SECRET. No other setting is read.

Usage: webrtc-elements coturn-config --output /etc/turnserver.conf [options]

      --output <file>        write it there: the whole file or, when something is wrong, nothing at all; readable
                             by its owner and the group turnserver only. Without it, it is printed (do not redirect
                             that into /etc/turnserver.conf: a relay with an empty configuration is open to everybody)
      --cert <file>          certificate for turns: addresses (/etc/coturn/certs/<host>.crt)
      --key <file>           its private key (/etc/coturn/certs/<host>.key)
      --external-ip <ip>     public address, when the machine only knows a private one
      --allow-peer <ip>      a private address calls may reach all the same; may be repeated
      --min-port, --max-port range of relay ports (49152 to 50351)

To change the secret without dropping a call: put the new one into TURN_SECRET and the former one into
TURN_SECRET_PREVIOUS, write the configuration again and restart coturn, then restart this server. After an
hour remove TURN_SECRET_PREVIOUS and write the configuration once more.
`;

export interface CoturnAnswer {
  readonly text: string;
  /** The file to put it into, instead of the standard output. */
  readonly output?: string;
}

/** `settings` is asked only where it is needed: help is there whatever the settings are. */
export function coturnCommand(argv: readonly string[], settings: () => RelaySettings | undefined): CoturnAnswer {
  const { values } = parseArgs({
    args: [...argv],
    strict: true,
    allowPositionals: false,
    options: {
      output: { type: 'string', short: 'o' },
      cert: { type: 'string' },
      key: { type: 'string' },
      'external-ip': { type: 'string' },
      'allow-peer': { type: 'string', multiple: true },
      'min-port': { type: 'string' },
      'max-port': { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) return { text: COTURN_HELP };
  const turn = settings();
  if (turn === undefined)
    throw new Error(
      'TURN_URLS and TURN_SECRET are not set. For example: TURN_URLS=turn:turn.example.org:3478 TURN_SECRET="$(openssl rand -hex 32)" webrtc-elements coturn-config',
    );
  const { host, port, tlsPort } = relayAddresses(turn.urls);
  const { cert = `/etc/coturn/certs/${host}.crt`, key = `/etc/coturn/certs/${host}.key` } = values;
  const text = coturnConfig({
    host,
    port,
    secret: turn.secret,
    ...(turn.previousSecret === undefined ? {} : { previousSecret: turn.previousSecret }),
    ...(tlsPort === undefined ? {} : { tls: { port: tlsPort, cert, key } }),
    ...(values['external-ip'] === undefined ? {} : { externalIp: values['external-ip'] }),
    ...(values['allow-peer'] === undefined ? {} : { allowedPeers: values['allow-peer'] }),
    ...(values['min-port'] === undefined ? {} : { minPort: portOf(values['min-port']) }),
    ...(values['max-port'] === undefined ? {} : { maxPort: portOf(values['max-port']) }),
  });
  return { text, ...(values.output === undefined ? {} : { output: values.output }) };
}

function portOf(value: string): number {
  const port = Number(value);
  if (!Number.isInteger(port) || port < 1_024 || port > 65_535) throw new Error(`"${value}" is not a port from 1024 to 65535.`);
  return port;
}
