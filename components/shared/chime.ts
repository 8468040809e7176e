/** Two soft notes on a chosen speaker, to hear whether it is the right one. */

const NOTES: readonly (readonly [hertz: number, at: number])[] = [
  [659.25, 0],
  [987.77, 0.16],
];
const LENGTH = 0.55;

export async function chime(speakerId: string): Promise<void> {
  const context = new AudioContext();
  const out = context.createMediaStreamDestination();
  for (const [hertz, at] of NOTES) {
    const start = context.currentTime + 0.05 + at;
    const loudness = new GainNode(context, { gain: 0 });
    const note = new OscillatorNode(context, { frequency: hertz });
    loudness.gain.setValueAtTime(0, start);
    loudness.gain.linearRampToValueAtTime(0.2, start + 0.02);
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
    await new Promise((resolve) => setTimeout(resolve, 1_200));
  } catch {
    // The speaker is gone, or sound is refused: silence is the answer.
  } finally {
    player.srcObject = null;
    await context.close();
  }
}
