/**
 * The one joint: puts session, signaling, media and transport together. Entry `webrtc-elements/call`:
 * a whole call without a single element.
 */
import { CallError } from './core/call-error.js';
import { DEFAULT_OPTIONS, type Call, type CallOptions } from './core/call.js';
import { CallEngine } from './core/call-engine.js';
import { serverAddress } from './core/server-address.js';
import { SILENT_LOGGER, type Logger } from './core/logger.js';
import { withTimings, type TimingOverrides } from './core/timings.js';
import { BrowserMedia } from './media/browser-media.js';
import { watchPage } from './page-watch.js';
import { activated } from './signaling/activated.js';
import { tabReturns, tabSeats } from './signaling/tab-seats.js';
import { SocketSignaling } from './signaling/socket-signaling.js';

export type { Call, CallOptions, Levels } from './core/call.js';
export type { CallState, Device, Devices, LeftReason } from './core/call-state.js';
export type { CallFact } from './core/facts.js';
export type { ChatMessage } from './core/messaging/chat-log.js';
export type { LocalParticipant, LocalSource, NoiseSuppression, Participant } from './core/participant.js';
export type {
  Limitation,
  LinkStats,
  NetworkQuality,
  NetworkReason,
  NetworkStats,
  ParticipantNetworkStats,
  ReceivedPicture,
  SentPicture,
  Traffic,
} from './core/network.js';
export type { Observable } from './core/observable.js';
export type { Logger } from './core/logger.js';
export {
  DEFAULT_TIMINGS,
  type CallTimings,
  type LinkTimings,
  type MediaTimings,
  type SignalingTimings,
  type TimingOverrides,
} from './core/timings.js';
export { CallError, type CallErrorCode, type DeviceError } from './core/call-error.js';

export interface CallExtras {
  /** Gets one line per lifecycle change; silent by default. */
  readonly logger?: Logger;
  /** What differs from `DEFAULT_TIMINGS`: for odd networks, and for tests that must not wait. */
  readonly timings?: TimingOverrides;
}

/** @param options what differs from the defaults; `room` is needed before joining, `serverUrl` defaults to the page's origin */
export function createCall(options: Partial<CallOptions> = {}, extras: CallExtras = {}): Call {
  const { logger = SILENT_LOGGER } = extras;
  const timings = withTimings(extras.timings);
  let mesh: typeof import('./transport/mesh/mesh-transport.js') | undefined;
  let talk: typeof import('./core/messaging/peer-messaging.js') | undefined;
  return new CallEngine(
    { ...DEFAULT_OPTIONS, ...options },
    {
      logger,
      timings,
      media: new BrowserMedia(timings.media),
      createSignaling: (serverUrl, freshToken) => {
        // Switched off by the visitor or a policy, mostly: better said now than after the join.
        if (typeof RTCPeerConnection === 'undefined') throw new CallError('UNSUPPORTED_BROWSER');
        return new SocketSignaling(serverAddress(serverUrl || location.origin, document.baseURI), timings.signaling, freshToken);
      },
      // Like the socket, it comes when the element is touched: a page that is only visited does not pay for it.
      loadTransport: async () => {
        const load = () =>
          Promise.all([import('./transport/mesh/mesh-transport.js'), import('./core/messaging/peer-messaging.js'), activated()]);
        [mesh, talk] = await load().catch((cause: unknown) => {
          throw new CallError('PART_MISSING', { cause, retryable: true });
        });
        mesh.MeshTransport.warmUp();
      },
      createTransport: (context, earlyConnections) => {
        if (!mesh) throw new CallError('INTERNAL', { message: 'A transport was asked for before it was loaded.' });
        return new mesh.MeshTransport(
          context,
          timings.link,
          earlyConnections instanceof mesh.MeshEarlyConnections ? earlyConnections : null,
        );
      },
      createEarlyConnections: (context) => (mesh ? new mesh.MeshEarlyConnections(context, timings.link) : null),
      createMessaging: (context) => {
        if (!talk) throw new CallError('INTERNAL');
        return new talk.PeerMessaging(context);
      },
      recorder: () => import('./recording/recorder.js'),
      effects: () => import('./effects/processors.js'),
      seats: tabSeats(timings.signaling.seatMemoryMs),
      returns: tabReturns,
      watchPage,
    },
  );
}
