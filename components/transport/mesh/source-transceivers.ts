/**
 * Which transceiver carries which source. Microphone and camera have one each, in both directions, from the
 * first offer on; turning them on and off later is `replaceTrack`, never a negotiation. A screen gets
 * its own, one way, the first time it is shared, and keeps it.
 */
import type { Mids, Source } from '../../../server/protocol/schemas.js';
import { preferCheap } from './codecs.js';

const KIND: Readonly<Record<Source, 'audio' | 'video'>> = {
  microphone: 'audio',
  camera: 'video',
  screen: 'video',
  screenAudio: 'audio',
};
const FIXED = ['microphone', 'camera'] as const;

export type Tracks = ReadonlyMap<Source, MediaStreamTrack>;

export class SourceTransceivers {
  readonly #pc: RTCPeerConnection;
  readonly #transceivers = new Map<Source, RTCRtpTransceiver>();
  /** Sound and picture named after the same stream are kept in step by the receiver. Never played here. */
  readonly #groups = { camera: new MediaStream(), screen: new MediaStream() };

  constructor(pc: RTCPeerConnection) {
    this.#pc = pc;
  }

  /** Our transceivers exist: tracks can be put on. */
  get open(): boolean {
    return this.#transceivers.has('microphone');
  }

  /** The side that offers first makes the two transceivers both will use. */
  async make(tracks: Tracks): Promise<void> {
    for (const source of FIXED) this.#add(source, 'sendrecv');
    await this.#fill(tracks);
  }

  /** The side that answers uses the transceivers the other one announced, in the direction back. */
  async adopt(mids: Mids, tracks: Tracks): Promise<void> {
    if (this.open) return;
    for (const source of FIXED) {
      const transceiver = this.#pc.getTransceivers().find(({ mid }) => mid !== null && mid === mids[source]);
      if (transceiver?.receiver.track.kind !== KIND[source]) throw new TypeError(`The offer announces no ${source}.`);
      transceiver.direction = 'sendrecv';
      // Not in every browser; without it only the lip-sync hint is missing.
      (transceiver.sender as Partial<RTCRtpSender>).setStreams?.call(transceiver.sender, this.#groupOf(source));
      if (source === 'camera') preferCheap(transceiver, this.#pc.remoteDescription?.sdp);
      this.#transceivers.set(source, transceiver);
    }
    await this.#fill(tracks);
  }

  async setTrack(source: Source, track: MediaStreamTrack | null): Promise<void> {
    if (!this.open || (!track && !this.#transceivers.has(source))) return;
    const transceiver = this.#transceivers.get(source) ?? this.#add(source, 'sendonly');
    if (transceiver.sender.track !== track) await transceiver.sender.replaceTrack(track);
  }

  sender(source: Source): RTCRtpSender | null {
    return this.#transceivers.get(source)?.sender ?? null;
  }

  /** What to announce with a description; complete once the local description is set. */
  mids(): Mids {
    const mids: Partial<Record<Source, string>> = {};
    for (const [source, { mid }] of this.#transceivers) if (mid !== null) mids[source] = mid;
    return mids;
  }

  #add(source: Source, direction: RTCRtpTransceiverDirection): RTCRtpTransceiver {
    const transceiver = this.#pc.addTransceiver(KIND[source], { direction, streams: [this.#groupOf(source)] });
    if (source === 'camera') preferCheap(transceiver, undefined);
    this.#transceivers.set(source, transceiver);
    return transceiver;
  }

  async #fill(tracks: Tracks): Promise<void> {
    await Promise.all([...tracks].map(([source, track]) => this.setTrack(source, track)));
  }

  #groupOf(source: Source): MediaStream {
    return source === 'screen' || source === 'screenAudio' ? this.#groups.screen : this.#groups.camera;
  }
}
