/** A camera on the back of a phone looks at the world, not at us: no mirror for that. */
export function looksAtUs(stream: MediaStream | null): boolean {
  const facing = stream?.getVideoTracks()[0]?.getSettings().facingMode;
  return facing !== 'environment';
}
