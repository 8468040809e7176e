/** simple-peer over Socket.IO, as its guide shows it: trickling, and whoever comes is the initiator. */
import Peer from 'simple-peer';
import { io, type Socket } from 'socket.io-client';
import { camera, hide, offer, show } from './peer-page.js';

const peers = new Map<string, Peer.Instance>();
const stream = await camera();
let socket: Socket | undefined;

function drop(id: string): void {
  peers.get(id)?.destroy();
  peers.delete(id);
  hide(id);
}

function add(id: string, initiator: boolean): Peer.Instance {
  const peer = new Peer({ initiator, stream, config: { iceServers: [] } });
  peer.on('signal', (data) => socket?.emit('message', id, data));
  peer.on('stream', (theirs) => show(id, theirs));
  peer.on('error', () => drop(id));
  peers.set(id, peer);
  return peer;
}

function enter(room: string): Promise<void> {
  const line = (socket = io({ transports: ['websocket'] }));
  line.on('left', drop);
  line.on('message', ({ from, ...data }: Peer.SignalData & { from: string }) => {
    (peers.get(from) ?? add(from, false)).signal(data);
  });
  return new Promise((resolve) => {
    line.on('connect', () => {
      line.emit('join', room, (others: readonly string[]) => {
        for (const id of others) add(id, true);
        resolve();
      });
    });
  });
}

offer({
  enter,
  join: (room) => void enter(room),
  leave: () => {
    socket?.disconnect();
    for (const id of peers.keys()) drop(id);
  },
});
