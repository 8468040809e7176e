/** What the small pages of other libraries share: players for the others, and what the bench calls. */

export interface PeerClient {
  /** Resolves when the others can join. */
  enter(room: string): Promise<void>;
  join(room: string): void;
  leave(): void;
  /** The visitor left, which not every system tells those inside at once. */
  hangUp?(): void;
}

declare global {
  interface Window {
    client: PeerClient & { others(): number };
  }
}

const players = new Map<string, HTMLVideoElement>();

/** The bench opened the camera long before. */
export const camera = (): Promise<MediaStream> => navigator.mediaDevices.getUserMedia({ audio: true, video: true });

export function show(peer: string, stream: MediaStream): void {
  const known = players.get(peer);
  if (known?.srcObject === stream) return;
  const video = known ?? document.body.appendChild(document.createElement('video'));
  players.set(peer, video);
  video.autoplay = true;
  video.muted = true;
  video.srcObject = stream;
}

export function hide(peer: string): void {
  players.get(peer)?.remove();
  players.delete(peer);
}

export function offer(client: PeerClient): void {
  window.client = { ...client, others: () => players.size };
}
