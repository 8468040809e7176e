/** `webrtc-elements doctor [url]`: reads the arguments, lets the doctor look, gives back words and an exit code. */
import { parseArgs } from 'node:util';
import { examine } from '../doctor/doctor.js';
import { asText, isHealthy } from '../doctor/findings.js';
import type { IceServer } from '../protocol/schemas.js';

export const DOCTOR_HELP = `Checks a server from outside, and says what to fix.

Usage: webrtc-elements doctor [url]

      --origin <origin>  page the visitor comes from (the server's own address)
      --token <token>    room token, where the server asks for one: the room it is for is entered for a moment
                         (not needed where ROOM_TOKEN_SECRET is set as it is for the server)
      --insecure         accept any certificate of the relay

The browser sees more: open /doctor on the server from the network your visitors are in.
`;

/** What the settings of this machine say, each asked only where it is needed: they may be unfinished, or another server's. */
export interface UsualSettings {
  readonly url: () => string;
  readonly iceServers: () => readonly IceServer[];
  readonly mint: () => ((room: string) => Promise<string>) | undefined;
}

export interface DoctorAnswer {
  readonly text: string;
  readonly healthy: boolean;
}

export async function doctorCommand(argv: readonly string[], usual: UsualSettings): Promise<DoctorAnswer> {
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
  const [given = usual.url()] = positionals;
  const address = /^https?:\/\//.test(given) ? given : `https://${given}`;
  if (!URL.canParse(address)) throw new Error(`"${given}" is not an address; write it like https://calls.example.org.`);
  const iceServers = usual.iceServers();
  const mint = usual.mint();
  const findings = await examine(new URL(address), {
    ...(values.origin === undefined ? {} : { origin: values.origin }),
    ...(values.token === undefined ? {} : { token: values.token }),
    ...(mint === undefined ? {} : { mint }),
    ...(iceServers.length === 0 ? {} : { iceServers }),
    insecure: values.insecure === true,
  });
  return { text: `\n  ${new URL(address).href}\n\n${asText(findings)}\n`, healthy: isHealthy(findings) };
}
