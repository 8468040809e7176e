/** All sound of a call as one track: ours, everybody's, and that of shared screens. Who comes and goes is mixed in and out. */
import type { RecordingHost } from '../core/recording.js';

/** A browser without a sound card, or a page nobody touched, runs no audio. */
const PATIENCE_MS = 2_000;

export class Mixer {
  readonly #context = new AudioContext();
  readonly #out = this.#context.createMediaStreamDestination();
  readonly #sources = new Map<MediaStreamTrack, () => void>();

  async start(): Promise<MediaStreamTrack> {
    // Silence that is never silent for the encoder: without it, a call in which nobody speaks has no sound track.
    const silence = this.#context.createConstantSource();
    silence.offset.value = 0;
    silence.connect(this.#out);
    silence.start();
    const patience = new Promise((done) => setTimeout(done, PATIENCE_MS));
    await Promise.race([this.#context.resume(), patience]);
    const [track] = this.#out.stream.getAudioTracks();
    if (this.#context.state !== 'running' || !track) throw new Error('The browser runs no audio.');
    return track;
  }

  /** What is heard now. */
  follow({ state, track }: RecordingHost): void {
    const { participants } = state.get();
    const streams = participants.flatMap(({ streams: { camera, screen } }) => [camera, screen]);
    const wanted = new Set<MediaStreamTrack>();
    for (const source of ['microphone', 'screenAudio'] as const) {
      const own = track(source);
      if (own) wanted.add(own);
    }
    for (const stream of streams) for (const theirs of stream?.getAudioTracks() ?? []) wanted.add(theirs);
    for (const [old, drop] of this.#sources)
      if (!wanted.has(old)) {
        drop();
        this.#sources.delete(old);
      }
    for (const fresh of wanted)
      if (fresh.readyState === 'live' && !this.#sources.has(fresh)) this.#sources.set(fresh, this.#connect(fresh));
  }

  close(): void {
    for (const drop of this.#sources.values()) drop();
    this.#sources.clear();
    void this.#context.close().catch(() => undefined);
  }

  #connect(track: MediaStreamTrack): () => void {
    const stream = new MediaStream([track]);
    // Chromium decodes what comes over a connection only while an element plays it.
    const pump = new Audio();
    pump.muted = true;
    pump.srcObject = stream;
    pump.play().catch(() => undefined);
    const source = this.#context.createMediaStreamSource(stream);
    source.connect(this.#out);
    return () => {
      source.disconnect();
      pump.srcObject = null;
    };
  }
}
