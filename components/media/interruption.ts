/**
 * A phone call, an assistant, a locked screen: the system takes the device and gives it back. Some browsers
 * then hand out a track that says it lives and carries nothing, so a new one is needed.
 */

/** Shorter than this it was a hiccup of the machine, and the track goes on by itself. */
const INTERRUPTION_MS = 1_000;

export function onInterruptionEnd(track: MediaStreamTrack, again: () => void): void {
  let since: number | null = null;
  track.addEventListener('mute', () => (since = performance.now()));
  track.addEventListener('unmute', () => {
    if (since !== null && performance.now() - since >= INTERRUPTION_MS) again();
    since = null;
  });
}
