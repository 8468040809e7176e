/** Signals as pages send them, small but acceptable to the server. */
import type { Signal, SignalRequest } from '../../server/protocol/schemas.js';
import { freshId } from './server.js';

const FINGERPRINT = Array.from({ length: 32 }, () => 'AB').join(':');

export const SDP = [
  'v=0',
  'o=- 1 2 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'a=group:BUNDLE 0',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111',
  'c=IN IP4 0.0.0.0',
  'a=mid:0',
  'a=ice-ufrag:abcd',
  'a=ice-pwd:abcdefghijklmnopqrstuvwx',
  `a=fingerprint:sha-256 ${FINGERPRINT}`,
  'a=setup:actpass',
  '',
].join('\r\n');

export function offer(link = 'link-0001', round = 1): Signal {
  return { connectionId: link, round, description: { type: 'offer', sdp: SDP }, mids: { microphone: '0' } };
}

export function answer(peer = 'link-0001', round = 1, link = 'link-0002'): Signal {
  return { connectionId: link, remoteConnectionId: peer, round, description: { type: 'answer', sdp: SDP } };
}

export function candidates(count = 1, link = 'link-0001', usernameFragment = 'abcd'): Signal {
  const one = (index: number) => ({
    candidate: `candidate:${index} 1 udp 2122260223 192.168.1.7 ${50_000 + index} typ host`,
    sdpMid: '0',
    sdpMLineIndex: 0,
    usernameFragment,
  });
  return { connectionId: link, candidates: Array.from({ length: count }, (_, index) => one(index)) };
}

export function to(recipient: string, signal: Signal, id = freshId('msg')): SignalRequest {
  return { id, to: recipient, signal };
}
