/**
 * Whether a transport that is made ready may take over: everybody who is here is connected over it, and of everything they say is on, and
 * we want, frames or sound arrive. Decides only; told what happens.
 */
import type { Grants } from '../../../server/protocol/rights.js';
import type { LinkState, MediaState, ParticipantId, Presence, Source, VideoSource } from '../participant.js';

export interface SessionPeer {
  readonly id: ParticipantId;
  readonly media: MediaState;
  readonly presence: Presence;
  readonly mayPublish?: Grants['publish'];
}

const SOURCES: readonly Source[] = ['microphone', 'camera', 'screen', 'screenAudio'];

export class SwitchReadiness {
  readonly #isWanted: (peer: ParticipantId, source: VideoSource) => boolean;
  readonly #linked = new Set<ParticipantId>();
  readonly #flowing = new Set<string>();
  #peers: readonly SessionPeer[] = [];

  /** `isWanted`: what nobody here looks at is not sent. */
  constructor(isWanted: (peer: ParticipantId, source: VideoSource) => boolean) {
    this.#isWanted = isWanted;
  }

  setPeers(peers: readonly SessionPeer[]): void {
    this.#peers = peers;
  }

  linkChanged(peer: ParticipantId, link: LinkState): void {
    if (link === 'connected') this.#linked.add(peer);
    else this.#linked.delete(peer);
  }

  mediaFlowing(peer: ParticipantId, source: Source): void {
    this.#flowing.add(`${peer} ${source}`);
  }

  get ready(): boolean {
    return this.missing().length === 0;
  }

  /** What does not come yet, as `participant source`. */
  missing(): readonly string[] {
    return this.#peers.flatMap((peer) => {
      // Nobody can negotiate with who has lost the line to the server; they follow when they are back.
      if (peer.presence === 'away') return [];
      if (!this.#linked.has(peer.id)) return [`${peer.id} link`];
      return SOURCES.filter((source) => this.#expects(peer, source))
        .map((source) => `${peer.id} ${source}`)
        .filter((pair) => !this.#flowing.has(pair));
    });
  }

  #expects({ id, media, mayPublish }: SessionPeer, source: Source): boolean {
    if (!media[source] || mayPublish?.includes(source === 'screenAudio' ? 'screen' : source) === false) return false;
    return source === 'camera' || source === 'screen' ? this.#isWanted(id, source) : true;
  }
}
