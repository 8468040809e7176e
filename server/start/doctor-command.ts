/** `webrtc-elements doctor [url]`: reads the arguments, lets the doctor look, gives back words and an exit code. */
import { parseArgs } from 'node:util';
import { examine } from '../doctor/doctor.js';
import { asText } from '../doctor/findings.js';
import type { IceServer } from '../protocol/schemas.js';

export const DOCTOR_HELP = `Checks a server from outside, and says what to fix.

Usage: webrtc-elements doctor [url]

      --origin <origin>  page the visitor comes from (the server's own address)
      --token <token>    room token, where the server asks for one
      --insecure         accept any certificate of the relay

The browser sees more: open /doctor on the server from the network your visitors are in.
`;

export interface DoctorAnswer {
  readonly text: string;
  readonly healthy: boolean;
}

export async function doctorCommand(
  argv: readonly string[],
  usual: { readonly url: string; readonly iceServers: readonly IceServer[] },
): Promise<DoctorAnswer> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    strict: true,
    allowPositionals: true,
    options: {
      origin: { type: 'string' },
      token: { type: 'string' },
      insecure: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) return { text: DOCTOR_HELP, healthy: true };
  const [given = usual.url] = positionals;
  const address = /^https?:\/\//.test(given) ? given : `https://${given}`;
  if (!URL.canParse(address)) throw new Error(`"${given}" is not an address; write it like https://calls.example.org.`);
  const findings = await examine(new URL(address), {
    ...(values.origin === undefined ? {} : { origin: values.origin }),
    ...(values.token === undefined ? {} : { token: values.token }),
    ...(usual.iceServers.length === 0 || positionals.length > 0 ? {} : { iceServers: usual.iceServers }),
    insecure: values.insecure === true,
  });
  return {
    text: `\n  ${new URL(address).origin}\n\n${asText(findings)}\n`,
    healthy: !findings.some(({ verdict }) => verdict === 'bad'),
  };
}
