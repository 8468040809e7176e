/** Soft notes on a chosen speaker: to hear whether it is the right one, and for what happens in a call. */

/** Hertz, and seconds after the start. */
export type Note = readonly [hertz: number, at: number];

const NOTES: readonly Note[] = [
  [659.25, 0],
  [987.77, 0.16],
];
const LENGTH = 0.55;
const SILENCE_MS = 100;

/** Whether this is the right speaker. */
export const chime = (speakerId: string): Promise<void> => playNotes(NOTES, speakerId, 0.2);

export async function playNotes(notes: readonly Note[], speakerId: string, volume: number): Promise<void> {
  const context = new AudioContext();
  const out = context.createMediaStreamDestination();
  for (const [hertz, at] of notes) {
    const start = context.currentTime + 0.05 + at;
    const loudness = new GainNode(context, { gain: 0 });
    const note = new OscillatorNode(context, { frequency: hertz });
    loudness.gain.setValueAtTime(0, start);
    loudness.gain.linearRampToValueAtTime(volume, start + 0.02);
    loudness.gain.exponentialRampToValueAtTime(0.001, start + LENGTH);
    note.connect(loudness).connect(out);
    note.start(start);
    note.stop(start + LENGTH);
  }
  const player = new Audio();
  player.srcObject = out.stream;
  try {
    if (speakerId && 'setSinkId' in player) await player.setSinkId(speakerId);
    await player.play();
    const seconds = Math.max(...notes.map(([, at]) => at)) + LENGTH;
    await new Promise((resolve) => setTimeout(resolve, seconds * 1_000 + SILENCE_MS));
  } catch {
    // The speaker is gone, or sound is refused: silence is the answer.
  } finally {
    player.srcObject = null;
    await context.close();
  }
}
