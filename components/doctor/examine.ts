/**
 * Everything that must be right for a call, looked at from inside a browser, one finding after the
 * other. For the page /doctor and for an element's own test. Shows nothing; knows no page.
 */
import type { IceServer } from '../../server/protocol/schemas.js';
import { findsOwnAddress, relays } from './relay.js';
import { visit } from './visit.js';

export type Verdict = 'good' | 'warning' | 'bad';
export type CheckName = 'secure' | 'camera' | 'server' | 'clock' | 'line' | 'stun' | 'turn-udp' | 'turn-tcp' | 'turn-tls';

export interface Finding {
  readonly check: CheckName;
  readonly verdict: Verdict;
  /** A sentence for the owner of the page; when something is wrong, what to do. */
  readonly text: string;
}

export interface ExamineOptions {
  readonly server: URL;
  readonly token?: string;
  /** Hears of each finding as soon as it is there. */
  readonly onFinding?: (finding: Finding) => void;
}

const SKEW_MS = 20_000;

export async function examine({ server, token, onFinding }: ExamineOptions): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const say = (check: CheckName, verdict: Verdict, text: string): void => {
    const finding: Finding = { check, verdict, text };
    findings.push(finding);
    onFinding?.(finding);
  };
  if (isSecureContext) say('secure', 'good', 'The page is secure.');
  else say('secure', 'bad', 'Browsers give no camera to this page: open it with https://, or put HTTPS in front of the server.');
  if (isSecureContext && (!('mediaDevices' in navigator) || !('RTCPeerConnection' in globalThis)))
    say(
      'camera',
      'bad',
      'This browser makes no video calls, or the page does not allow it: check its Permissions-Policy header.',
    );

  if (!(await checkServer(server, say))) return findings;
  const visited = await visit(server, token);
  if (visited.outcome !== 'joined') {
    say(
      'line',
      'bad',
      LINE[visited.outcome === 'refused' ? (visited.code === 'UNAUTHENTICATED' ? 'token' : 'refused') : visited.outcome],
    );
    return findings;
  }
  say('line', 'good', 'The connection to the server opens, and a room can be joined.');
  await checkIce(visited.iceServers, say);
  return findings;
}

type Say = (check: CheckName, verdict: Verdict, text: string) => void;

const LINE = {
  closed:
    'The server answers, but a WebSocket to it does not open. Let the proxy pass WebSocket upgrades on, add this page’s address to ALLOWED_ORIGINS, and check that no firewall between here and there forbids it.',
  silent: 'A WebSocket opens, but nothing comes back. A proxy between here and the server may hold its answers back.',
  refused: 'The server refuses visitors just now. Its log says why.',
  token:
    'The server lets in only visitors with a token, so the relay could not be looked at from here. Use “webrtc-elements doctor --token …”.',
} as const;

async function checkServer(server: URL, say: Say): Promise<boolean> {
  try {
    const began = Date.now();
    const response = await fetch(new URL('/healthz', server), { cache: 'no-store' });
    if (!response.ok) throw new Error(String(response.status));
    say('server', 'good', 'The server answers.');
    const skew = Date.parse(response.headers.get('date') ?? '') - (began + Date.now()) / 2;
    if (Math.abs(skew) > SKEW_MS) {
      const seconds = Math.round(Math.abs(skew) / 1_000);
      say(
        'clock',
        'warning',
        `The clocks of this device and the server differ by ${seconds} seconds. Let both set theirs from the network.`,
      );
    } else if (!Number.isNaN(skew)) say('clock', 'good', 'The clocks agree.');
    return true;
  } catch {
    say(
      'server',
      'bad',
      'The server does not answer. Check that it runs, and that the proxy in front of it passes everything on.',
    );
    return false;
  }
}

async function checkIce(servers: readonly IceServer[], say: Say): Promise<void> {
  const one = (fits: (url: string) => boolean): readonly IceServer[] =>
    servers.flatMap((server) => server.urls.filter(fits).map((url) => ({ ...server, urls: [url] })));
  if (servers.length === 0) {
    say('stun', 'bad', 'There is no STUN or TURN server: calls connect within one network only. Set TURN_URLS and TURN_SECRET.');
    return;
  }
  if (await findsOwnAddress(servers)) say('stun', 'good', 'Your public address can be found: straight connections are possible.');
  else
    say(
      'stun',
      'warning',
      'Your public address could not be found. Either this network hides it, or 3478/udp of the relay is not open.',
    );

  const ways = [
    [
      'turn-udp',
      'over UDP',
      one((url) => /^turn:/.test(url) && !url.endsWith('transport=tcp')),
      'Open 3478/udp and the relay ports (49152–50351/udp).',
    ],
    ['turn-tcp', 'over TCP', one((url) => /^turn:.*transport=tcp$/.test(url)), 'Open 3478/tcp.'],
    [
      'turn-tls',
      'over TLS',
      one((url) => url.startsWith('turns:')),
      'Open 5349/tcp, and check that the certificate of the relay is valid for its name.',
    ],
  ] as const;
  const results = await Promise.all(ways.map(([, , [relay]]) => used(relay)));
  ways.forEach(([check, how, , advice], index) => {
    const result = results[index];
    if (result === true) say(check, 'good', `The relay works ${how}.`);
    else if (result === false)
      say(check, 'bad', `The relay does not work ${how}. ${advice} If it works elsewhere, this network forbids it.`);
  });
  if (results[2] === undefined)
    say(
      'turn-tls',
      'warning',
      'There is no relay over TLS: strict networks let nothing else through. Add a turns: address to TURN_URLS.',
    );
}

/** `undefined`: there is none to use. */
async function used(relay: IceServer | undefined): Promise<boolean | undefined> {
  return relay === undefined ? undefined : relays(relay).catch(() => false);
}
