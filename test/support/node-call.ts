/** A call in Node: the session and its signaling are real and speak to a real server; devices and transport are the shipped fakes. */
import type { CallOptions } from '../../components/core/call.js';
import { DEFAULT_TIMINGS, type SignalingTimings } from '../../components/core/timings.js';
import { SocketSignaling } from '../../components/signaling/socket-signaling.js';
import { setUp, type FakeDeps } from './fake-session.js';

/** No try waits for long. */
export const QUICK: SignalingTimings = {
  ...DEFAULT_TIMINGS.signaling,
  retryDelaysMs: [0, 50, 100],
  retryJitterMs: 20,
  tokenMs: 500,
};

export function nodeCall(serverUrl: string, options: Partial<CallOptions> = {}, deps: FakeDeps = {}, timings = QUICK) {
  const signalings: SocketSignaling[] = [];
  const all = setUp(
    { serverUrl, ...options },
    {
      timings: { ...DEFAULT_TIMINGS, signaling: timings },
      createSignaling: (url, freshToken) => {
        const signaling = new SocketSignaling(url, timings, freshToken);
        signalings.push(signaling);
        return signaling;
      },
      ...deps,
    },
  );
  const { call } = all;
  return {
    ...all,
    signalings,
    /** Nothing gets through for that long. */
    loseLine: async (ms: number): Promise<void> => {
      await signalings.at(-1)?.mesh.ice(); // over the signaling: it is there
      signalings.at(-1)?.interrupt(ms);
    },
    id: (): string => call.state.get().local.id ?? '',
    others: (): readonly string[] => call.state.get().participants.map(({ id }) => id),
    meeting: (): string => call.state.get().meeting,
  };
}

export type NodeCall = ReturnType<typeof nodeCall>;
