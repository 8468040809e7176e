/**
 * What arrives from the others, as streams that outlive whatever carries them: one `MediaStream` for each participant and
 * picture, from the first track until they leave. A transport only brings and takes tracks, so an element that plays a stream
 * keeps its `srcObject` over reconnects and over a change of transport.
 */
import { videoSourceOf, type ParticipantId, type Source, type VideoSource } from '../participant.js';

interface Remote {
  readonly streams: Map<VideoSource, MediaStream>;
  readonly tracks: Map<Source, MediaStreamTrack>;
}

/** What one transport delivers of everybody. */
export type RemoteTracks = ReadonlyMap<ParticipantId, ReadonlyMap<Source, MediaStreamTrack>>;

export class RemoteStreams {
  readonly #remotes = new Map<ParticipantId, Remote>();
  readonly #made: (peer: ParticipantId, videoSource: VideoSource, stream: MediaStream) => void;

  /** `made`: told once for each stream, when its first track is in it. */
  constructor(made: (peer: ParticipantId, videoSource: VideoSource, stream: MediaStream) => void) {
    this.#made = made;
  }

  /** This track carries that source from now on, in the place of the one before; null: nothing does. */
  set(peer: ParticipantId, source: Source, track: MediaStreamTrack | null): void {
    const remote: Remote = this.#remotes.get(peer) ?? { streams: new Map(), tracks: new Map() };
    this.#remotes.set(peer, remote);
    const before = remote.tracks.get(source);
    if (before === track || (!before && !track)) return;
    const videoSource = videoSourceOf(source);
    const known = remote.streams.get(videoSource);
    const stream = known ?? new MediaStream();
    remote.streams.set(videoSource, stream);
    // Removed first: a player that holds the stream would otherwise stay with the old picture, and mute the new sound for good.
    if (before) stream.removeTrack(before);
    if (track) stream.addTrack(track);
    if (track) remote.tracks.set(source, track);
    else remote.tracks.delete(source);
    if (before) announce(stream, 'removetrack', before);
    if (track) announce(stream, 'addtrack', track);
    if (!known) this.#made(peer, videoSource, stream);
  }

  /** Another transport delivers from now on: its tracks take the places of those before. */
  use(tracks: RemoteTracks): void {
    for (const [peer, remote] of this.#remotes)
      for (const source of [...remote.tracks.keys()]) this.set(peer, source, tracks.get(peer)?.get(source) ?? null);
    for (const [peer, theirs] of tracks) for (const [source, track] of theirs) this.set(peer, source, track);
  }

  /** Everybody else left. */
  keep(peers: ReadonlySet<ParticipantId>): void {
    for (const peer of this.#remotes.keys()) if (!peers.has(peer)) this.#remotes.delete(peer);
  }
}

/** A browser tells only of tracks it added itself; a player with a stream of its own for each sound needs to hear of ours, too. */
function announce(stream: MediaStream, type: 'addtrack' | 'removetrack', track: MediaStreamTrack): void {
  stream.dispatchEvent(new MediaStreamTrackEvent(type, { track }));
}
