/**
 * A call as one writes it by hand: Socket.IO straight over WebSocket, and perfect negotiation as the standard
 * describes it. Whoever comes offers to everybody inside.
 */
import { io, type Socket } from 'socket.io-client';
import { camera, hide, offer, show } from './peer-page.js';

interface Message {
  readonly from: string;
  readonly description?: RTCSessionDescriptionInit;
  readonly candidate?: RTCIceCandidateInit | null;
}

class Call {
  readonly #peers = new Map<string, (message: Message) => Promise<void>>();
  readonly #connections = new Map<string, RTCPeerConnection>();
  #stream: MediaStream | undefined;
  #socket: Socket | undefined;

  async open(): Promise<void> {
    this.#stream = await camera();
  }

  enter(room: string): Promise<void> {
    const socket = (this.#socket = io({ transports: ['websocket'] }));
    socket.on('left', (id: string) => this.#drop(id));
    socket.on('message', (message: Message) => void (this.#peers.get(message.from) ?? this.#add(message.from, true))(message));
    return new Promise((resolve) => {
      socket.on('connect', () => {
        socket.emit('join', room, (others: readonly string[]) => {
          for (const id of others) this.#add(id, false);
          resolve();
        });
      });
    });
  }

  leave(): void {
    this.#socket?.disconnect();
    for (const id of this.#connections.keys()) this.#drop(id);
  }

  #drop(id: string): void {
    this.#connections.get(id)?.close();
    this.#connections.delete(id);
    this.#peers.delete(id);
    hide(id);
  }

  #add(id: string, polite: boolean): (message: Message) => Promise<void> {
    const pc = new RTCPeerConnection();
    const send = (message: Omit<Message, 'from'>): void => void this.#socket?.emit('message', id, message);
    let [making, ignoring] = [false, false];
    pc.addEventListener('track', ({ streams: [stream] }) => stream && show(id, stream));
    pc.addEventListener('icecandidate', ({ candidate }) => send({ candidate: candidate?.toJSON() ?? null }));
    pc.addEventListener('negotiationneeded', () => {
      making = true;
      void pc
        .setLocalDescription()
        .then(() => pc.localDescription && send({ description: pc.localDescription.toJSON() }))
        .finally(() => (making = false));
    });
    for (const track of this.#stream?.getTracks() ?? []) pc.addTrack(track, this.#stream as MediaStream);
    const receive = async ({ description, candidate }: Message): Promise<void> => {
      if (description) {
        const collides = description.type === 'offer' && (making || pc.signalingState !== 'stable');
        ignoring = !polite && collides;
        if (ignoring) return;
        await pc.setRemoteDescription(description);
        if (description.type !== 'offer') return;
        await pc.setLocalDescription();
        if (pc.localDescription) send({ description: pc.localDescription.toJSON() });
      } else if (candidate) {
        await pc.addIceCandidate(candidate).catch((error: unknown) => {
          if (!ignoring) throw error;
        });
      }
    };
    this.#connections.set(id, pc);
    this.#peers.set(id, receive);
    return receive;
  }
}

const call = new Call();
await call.open();
offer({ enter: (room) => call.enter(room), join: (room) => void call.enter(room), leave: () => call.leave() });
