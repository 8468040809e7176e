/** Who can hear whom with the ICE servers there are, in the words of somebody who has to decide whether that is enough. */
import type { IceServer } from '../protocol/schemas.js';

/** What will not work; empty when nothing is missing. */
export function missingReach(servers: readonly IceServer[], turnUrls: readonly string[] = []): readonly string[] {
  const urls = [...turnUrls, ...servers.flatMap((server) => server.urls)];
  const relays = urls.filter((url) => url.startsWith('turn'));
  if (urls.length === 0) {
    return [
      'No STUN or TURN server: calls connect on this machine and within one network, not across the internet (set ICE_SERVERS or TURN_URLS).',
    ];
  }
  if (relays.length === 0)
    return ['No TURN server: most calls over the internet will connect, those from strict company and mobile networks will not.'];
  if (relays.every((url) => url.startsWith('turn:') && !url.endsWith('transport=tcp')))
    return [
      'TURN over UDP only: networks that let nothing but web traffic out will not connect (add turns:…?transport=tcp to TURN_URLS).',
    ];
  return [];
}
