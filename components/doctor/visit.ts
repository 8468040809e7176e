/**
 * One visit to the server: opens a WebSocket, joins an empty room, learns the ICE servers a visitor gets,
 * and leaves. Speaks the few packets of Socket.IO it needs, so that a check costs no library.
 */
import { PROTOCOL_VERSION } from '../../server/protocol/limits.js';
import type { Ack } from '../../server/protocol/events.js';
import type { IceServer, JoinReply } from '../../server/protocol/schemas.js';
import { toJson } from '../core/json.js';

export type Visit =
  | { readonly outcome: 'joined'; readonly iceServers: readonly IceServer[] }
  /** The WebSocket never opened: a proxy, a firewall, or a page that may not use this server. */
  | { readonly outcome: 'closed' }
  | { readonly outcome: 'silent' }
  | { readonly outcome: 'refused'; readonly code: string };

const SILENCE_MS = 8_000;

export function visit(server: URL, token?: string): Promise<Visit> {
  const address = new URL('/socket.io/?EIO=4&transport=websocket', server);
  address.protocol = server.protocol === 'http:' ? 'ws:' : 'wss:';
  return new Promise((resolve) => {
    const socket = new WebSocket(address);
    let open = false;
    const finish = (result: Visit): void => {
      clearTimeout(silence);
      if (result.outcome === 'joined') socket.send('42["leave",{}]');
      socket.close();
      resolve(result);
    };
    const silence = setTimeout(() => finish({ outcome: 'silent' }), SILENCE_MS);
    socket.onopen = () => (open = true);
    socket.onclose = () => finish(open ? { outcome: 'refused', code: 'CLOSED' } : { outcome: 'closed' });
    socket.onmessage = ({ data }) => {
      const packet = String(data);
      if (packet.startsWith('0')) socket.send(`40${toJson({ protocol: PROTOCOL_VERSION, join: joinRequest(token) })}`);
      else if (packet.startsWith('44')) finish({ outcome: 'refused', code: codeOf(packet.slice(2)) });
      else if (packet.startsWith('42["join-result",')) {
        const [, answer] = JSON.parse(packet.slice(2)) as [string, Ack<JoinReply>];
        finish(
          answer.ok
            ? { outcome: 'joined', iceServers: answer.data.ice.iceServers }
            : { outcome: 'refused', code: answer.error.code },
        );
      }
    };
  });
}

function joinRequest(token: string | undefined): object {
  const hex = (bytes: number): string =>
    [...crypto.getRandomValues(new Uint8Array(bytes))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return {
    protocol: PROTOCOL_VERSION,
    joinId: hex(12),
    room: `doctor-${hex(16)}`,
    media: { microphone: false, camera: false, screen: false, screenAudio: false },
    ...(token === undefined ? {} : { token }),
  };
}

function codeOf(json: string): string {
  try {
    return String((JSON.parse(json) as { data?: { code?: unknown } }).data?.code ?? 'UNKNOWN');
  } catch {
    return 'UNKNOWN';
  }
}
