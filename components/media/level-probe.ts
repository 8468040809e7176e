/**
 * Loudness of a microphone track, read on demand. Listens to a clone, so that it hears what is said
 * while the microphone is muted. Costs nothing until the first reading.
 */
export class LevelProbe {
  readonly #track: MediaStreamTrack;
  #context: AudioContext | null = null;
  #analyser: AnalyserNode | null = null;
  #clone: MediaStreamTrack | null = null;
  #samples = new Float32Array(0);

  constructor(track: MediaStreamTrack) {
    this.#track = track;
  }

  /** Root mean square of the last moment, 0 to 1. */
  read(): number {
    const analyser = this.#open();
    analyser.getFloatTimeDomainData(this.#samples);
    let sum = 0;
    for (const sample of this.#samples) sum += sample * sample;
    return Math.min(1, Math.sqrt(sum / this.#samples.length) * 2);
  }

  close(): void {
    this.#clone?.stop();
    void this.#context?.close();
    this.#context = null;
    this.#analyser = null;
    this.#clone = null;
  }

  #open(): AnalyserNode {
    if (this.#analyser) return this.#analyser;
    const context = new AudioContext();
    // Without a click on the page yet it waits; the first click anywhere lets it run.
    void context.resume();
    this.#clone = this.#track.clone();
    this.#clone.enabled = true;
    const analyser = context.createAnalyser();
    analyser.fftSize = 512;
    this.#samples = new Float32Array(analyser.fftSize);
    context.createMediaStreamSource(new MediaStream([this.#clone])).connect(analyser);
    this.#context = context;
    this.#analyser = analyser;
    return analyser;
  }
}
