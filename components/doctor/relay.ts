/** What ICE servers do for this browser, found out by using them: an address seen from outside, a message through a relay. */
import type { IceServer } from '../../server/protocol/schemas.js';

const GATHER_MS = 6_000;
const RELAY_MS = 10_000;

/** Whether a STUN or TURN server tells this browser its public address. */
export async function findsOwnAddress(servers: readonly IceServer[]): Promise<boolean> {
  const connection = new RTCPeerConnection({ iceServers: servers.map(copy) });
  try {
    connection.createDataChannel('check');
    return await within(GATHER_MS, (resolve) => {
      connection.onicecandidate = ({ candidate }) => {
        if (candidate === null) resolve(false);
        else if (candidate.type === 'srflx') resolve(true);
      };
      void connection.setLocalDescription();
    });
  } finally {
    connection.close();
  }
}

/** A message from one connection to another, through the relay and nothing but the relay. */
export async function relays(server: IceServer): Promise<boolean> {
  const options: RTCConfiguration = { iceServers: [copy(server)], iceTransportPolicy: 'relay' };
  const near = new RTCPeerConnection(options);
  const far = new RTCPeerConnection(options);
  try {
    near.onicecandidate = ({ candidate }) => void far.addIceCandidate(candidate ?? undefined).catch(() => undefined);
    far.onicecandidate = ({ candidate }) => void near.addIceCandidate(candidate ?? undefined).catch(() => undefined);
    const channel = near.createDataChannel('check');
    const arrived = within(RELAY_MS, (resolve) => {
      channel.onopen = () => channel.send('through');
      far.ondatachannel = ({ channel: other }) => {
        other.onmessage = () => resolve(true);
      };
    });
    await near.setLocalDescription();
    await far.setRemoteDescription(described(near));
    await far.setLocalDescription();
    await near.setRemoteDescription(described(far));
    return await arrived;
  } finally {
    near.close();
    far.close();
  }
}

function described(connection: RTCPeerConnection): RTCSessionDescriptionInit {
  if (connection.localDescription === null) throw new Error('there is no description');
  return connection.localDescription;
}

function copy({ urls, username, credential }: IceServer): RTCIceServer {
  return {
    urls: [...urls],
    ...(username === undefined ? {} : { username }),
    ...(credential === undefined ? {} : { credential }),
  };
}

/** `false` when nothing was settled by then. */
function within(milliseconds: number, start: (resolve: (value: boolean) => void) => void): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), milliseconds);
    start((value) => {
      clearTimeout(timer);
      resolve(value);
    });
  });
}
