/**
 * What a page must pass on to a frame with a call in it, as the `allow` attribute writes it. The one place
 * where the list stands: pages, snippets, oEmbed and documentation are held against it.
 */
export const FRAME_ALLOW =
  'camera; microphone; display-capture; fullscreen; picture-in-picture; autoplay; screen-wake-lock; speaker-selection; clipboard-write';
