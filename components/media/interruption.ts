/**
 * A phone call, an assistant, a locked screen: the system takes the device and gives it back. Some browsers
 * then hand out a track that says it lives and carries nothing, so a new one is needed.
 */

export function onInterruptionEnd(track: MediaStreamTrack, atLeastMs: number, again: () => void): void {
  let since: number | null = null;
  track.addEventListener('mute', () => (since = performance.now()));
  track.addEventListener('unmute', () => {
    if (since !== null && performance.now() - since >= atLeastMs) again();
    since = null;
  });
}
