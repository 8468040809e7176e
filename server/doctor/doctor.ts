/** All that the command `webrtc-elements doctor` checks, one after the other. Prints nothing, ends nothing. */
import type { IceServer } from '../protocol/schemas.js';
import { skipped, type Finding } from './findings.js';
import { checkRelays } from './relay-checks.js';
import { checkServer, type VisitOptions } from './server-checks.js';

export interface DoctorOptions extends VisitOptions {
  /** What a visitor would be told, when the server itself does not say. */
  readonly iceServers?: readonly IceServer[];
  /** Take any certificate of a relay. */
  readonly insecure?: boolean;
}

export async function examine(url: URL, options: DoctorOptions = {}): Promise<readonly Finding[]> {
  const { findings, iceServers } = await checkServer(url, options);
  if (iceServers !== undefined) return [...findings, ...(await checkRelays(iceServers, options.insecure))];
  const asked = findings.map((finding) =>
    finding.check === 'Joining' && finding.verdict === 'skipped' && options.iceServers !== undefined
      ? { ...finding, seen: `${finding.seen}; the relay of the settings here is looked at instead` }
      : finding,
  );
  const relays =
    options.iceServers === undefined
      ? [skipped('STUN and TURN', 'the server did not say which there are')]
      : await checkRelays(options.iceServers, options.insecure);
  return [...asked, ...relays];
}
