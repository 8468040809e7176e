/** When a connection has found its own addresses. */

/** Resolves with the last candidate, or when `end` is aborted, whichever is first. */
export function gatheringEnd(pc: RTCPeerConnection, end: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (end.aborted || pc.iceGatheringState === 'complete') return resolve();
    const over = new AbortController();
    const done = (): void => {
      over.abort();
      resolve();
    };
    const { signal } = over;
    end.addEventListener('abort', done, { signal });
    pc.addEventListener('icegatheringstatechange', () => pc.iceGatheringState === 'complete' && done(), { signal });
  });
}
