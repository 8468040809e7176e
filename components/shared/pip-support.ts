/** What of picture-in-picture this browser has: a window of its own for a page, only for a video, or nothing. */
export type PipKind = 'document' | 'video';

export function pipKind(): PipKind | null {
  if (typeof window === 'undefined') return null;
  // In a frame the window is refused.
  const { documentPictureInPicture } = window as { readonly documentPictureInPicture?: unknown };
  if (documentPictureInPicture && window.top === window) return 'document';
  return document.pictureInPictureEnabled && 'requestPictureInPicture' in HTMLVideoElement.prototype ? 'video' : null;
}
