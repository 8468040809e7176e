/** Keeps the server's picture of what we send true: microphone, camera, screen, recording. */
import type { MediaState } from '../../server/protocol/schemas.js';
import { Reconciler } from './reconciler.js';

export class MediaAnnouncer extends Reconciler<MediaState> {
  constructor(send: (media: MediaState) => Promise<void>, failed: (error: unknown) => void) {
    super({ send, same, failed });
  }
}

function same(a: MediaState, b: MediaState): boolean {
  const keys = ['microphone', 'camera', 'screen', 'screenAudio', 'recording'] as const;
  return keys.every((key) => a[key] === b[key]);
}
