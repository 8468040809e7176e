/** A picture that was worked on says which way its camera looks: our own view of it is a mirror only if that is at us. */
export function facingAs(track: MediaStreamTrack, camera: MediaStreamTrack): MediaStreamTrack {
  const { facingMode } = camera.getSettings();
  if (facingMode === undefined) return track;
  const settings = track.getSettings.bind(track);
  track.getSettings = () => ({ ...settings(), facingMode });
  return track;
}
