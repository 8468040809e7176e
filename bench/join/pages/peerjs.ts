/** PeerJS with its own server. It knows no rooms: the one inside has the room's name, and is called by it. */
import { Peer, type MediaConnection } from 'peerjs';
import { camera, hide, offer, show } from './peer-page.js';

const stream = await camera();
const server = { host: location.hostname, port: Number(location.port), path: '/peerjs', config: {} };
const calls = new Set<MediaConnection>();
let peer: Peer | undefined;

function follow(call: MediaConnection): void {
  calls.add(call);
  call.on('stream', (theirs) => show(call.peer, theirs));
  call.on('close', () => hide(call.peer));
}

offer({
  enter: (room) =>
    new Promise((resolve) => {
      peer = new Peer(room, server);
      peer.on('open', () => resolve());
      peer.on('call', (call) => {
        follow(call);
        call.answer(stream);
      });
    }),
  join: (room) => {
    const visitor = (peer = new Peer(server));
    visitor.on('open', () => follow(visitor.call(room, stream)));
  },
  leave: () => peer?.destroy(),
  hangUp: () => {
    for (const call of calls) call.close();
    calls.clear();
  },
});
