/** What the participants of the bench say, as pages do. */
import type { Answer } from './client.js';

const MEDIA = { microphone: true, camera: true, screen: false, screenAudio: false };

export function joinRequest(room: string, joinId: string, number: number): object {
  return { protocol: 2, joinId, room, displayName: `Participant ${number}`, media: MEDIA };
}

/** About 300 bytes: a trickled candidate. */
export function signal(to: string, link: string, id: string): object {
  return {
    id,
    to,
    signal: {
      connectionId: link,
      candidates: [
        {
          candidate:
            'candidate:842163049 1 udp 1677729535 203.0.113.77 46154 typ srflx raddr 192.168.1.7 rport 46154 generation 0',
          sdpMid: '0',
          sdpMLineIndex: 0,
          usernameFragment: link.slice(-6),
        },
      ],
    },
  };
}

export function dataOf(answer: Answer): Record<string, unknown> {
  if (answer.data === undefined) throw new Error(`refused: ${JSON.stringify(answer)}`);
  return answer.data;
}
