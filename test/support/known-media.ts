/**
 * Cameras, microphones and screens that can be told apart in a file: one colour and one tone for each person. The
 * colour changes between bright and dark, so that a picture that stands still is seen to. Runs before the page does.
 */
export interface KnownMedia {
  /** Degrees. */
  readonly hue: number;
  readonly hertz: number;
  /** Of the screen that is shared. */
  readonly screenHue?: number;
}

/** How long the picture is bright, and how long dark. */
export const BLINK_MS = 500;

export const knownMedia = ({ hue, hertz, screenHue = 0 }: KnownMedia): string => `if (navigator.mediaDevices) {
  const film = (width, height, hue) => {
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    const context = canvas.getContext('2d', { alpha: false });
    const draw = () => {
      context.fillStyle = 'hsl(' + hue + ' 100% ' + (Math.floor(performance.now() / ${BLINK_MS}) % 2 ? 50 : 30) + '%)';
      context.fillRect(0, 0, width, height);
    };
    draw();
    // In a hidden tab timers are slow, and those of a worker are not.
    const clock = new Worker(URL.createObjectURL(new Blob(['setInterval(() => postMessage(0), 66)'])));
    if (!window.MediaStreamTrackGenerator) {
      clock.onmessage = draw;
      return canvas.captureStream(15).getVideoTracks()[0];
    }
    const track = new MediaStreamTrackGenerator({ kind: 'video' });
    const writer = track.writable.getWriter();
    clock.onmessage = () => {
      if (track.readyState === 'ended') return clock.terminate();
      draw();
      const frame = new VideoFrame(canvas, { timestamp: performance.now() * 1000 });
      writer.write(frame).catch(() => frame.close());
    };
    return track;
  };
  const tone = () => {
    const context = new AudioContext();
    const oscillator = new OscillatorNode(context, { frequency: ${hertz} });
    const out = context.createMediaStreamDestination();
    oscillator.connect(new GainNode(context, { gain: 0.3 })).connect(out);
    oscillator.start();
    return out.stream.getAudioTracks()[0];
  };
  navigator.mediaDevices.getUserMedia = async ({ audio, video }) =>
    new MediaStream([...(audio ? [tone()] : []), ...(video ? [film(320, 180, ${hue})] : [])]);
  navigator.mediaDevices.getDisplayMedia = async () => new MediaStream([film(640, 360, ${screenHue})]);
}`;
