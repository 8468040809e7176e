/**
 * How loud somebody is where `volume` of an element is fixed (iOS): the sound goes through a gain, and the element, which keeps
 * the browser pulling the stream, is silent.
 */
export class PlayerGain {
  readonly #audio: HTMLAudioElement;
  readonly #context = new AudioContext();
  readonly #gain = this.#context.createGain();
  #source: MediaStreamAudioSourceNode | undefined;
  #stream: MediaStream | null = null;

  constructor(audio: HTMLAudioElement) {
    this.#audio = audio;
    this.#gain.connect(this.#context.destination);
    // Interrupted by a telephone call, it does not go on by itself.
    this.#context.addEventListener('statechange', () => this.#resume());
    audio.addEventListener('playing', () => this.#resume());
  }

  set(stream: MediaStream | null, volume: number): void {
    this.#gain.gain.value = volume;
    // As loud as the element itself: then the element plays, and nothing is between.
    const needed = volume < 1 && (stream?.getAudioTracks().length ?? 0) > 0;
    this.#audio.muted = needed;
    const wanted = needed ? stream : null;
    if (wanted === this.#stream) return;
    this.#stream = wanted;
    this.#source?.disconnect();
    this.#source = wanted ? this.#context.createMediaStreamSource(wanted) : undefined;
    this.#source?.connect(this.#gain);
    this.#resume();
  }

  close(): void {
    this.set(null, 1);
    void this.#context.close().catch(() => undefined);
  }

  #resume(): void {
    if (this.#source && this.#context.state !== 'running' && this.#context.state !== 'closed')
      void this.#context.resume().catch(() => undefined);
  }
}
