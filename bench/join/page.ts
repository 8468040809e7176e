/**
 * What runs in every page before its own scripts, for all systems alike: the camera is open before anybody joins,
 * media goes the long way, and the first picture of somebody else is timed.
 */

/** What the pages of the bench are asked to do; each system has its own behind it. */
export interface BenchPage {
  /** Opens the camera and puts a picture of it away: from now on a camera is there at once. */
  cameraReady(): Promise<void>;
  /** The clock starts. */
  start(): void;
  /** Milliseconds from the start until a frame of so many others was shown; null until then. */
  faces(count: number): number | null;
  /** What came before it, in milliseconds from the start: each step the first time. */
  steps(): Readonly<Record<string, number>>;
}

declare global {
  interface Window {
    bench: BenchPage;
    /** Told by the bench: the port that stands for an address. */
    relay(address: string, port: number): Promise<number>;
  }
}

export function preparePage(): void {
  const remote = new Set<string>();
  let startedAt = 0;
  /** When each of the others was first shown. */
  let shown = new Map<string, number>();
  let camera: MediaStream | undefined;
  let steps: Record<string, number> = {};
  const step = (name: string): void => {
    steps[name] ??= Math.round(performance.now() - startedAt);
  };

  const media = navigator.mediaDevices;
  if (media) {
    const open = media.getUserMedia.bind(media);
    const small = { width: 320, height: 180, frameRate: 30 };
    media.getUserMedia = async (wanted) => {
      const whole = (camera ??= await open({ audio: true, video: small }));
      return new MediaStream(
        whole.getTracks().flatMap((track) => (wanted?.[track.kind as 'audio' | 'video'] ? [track.clone()] : [])),
      );
    };
  }

  // Candidates one after the other for each connection: finding the long way takes a moment.
  const turns = new WeakMap<RTCPeerConnection, Promise<void>>();
  const inTurn = (pc: RTCPeerConnection, task: () => Promise<void>): Promise<void> => {
    const done = (turns.get(pc) ?? Promise.resolve()).then(task, task);
    turns.set(pc, done);
    return done;
  };
  const CANDIDATE = /^(candidate:\S+ \d+ udp \d+) ([\d.]+) (\d+) (.*)/i;
  /** A candidate leads through its relay. Null: it would be a short cut. */
  const longWay = async (candidate: string): Promise<string | null> => {
    const [, head, address, port, rest] = CANDIDATE.exec(candidate) ?? [];
    return head ? `${head} 127.0.0.1 ${await window.relay(`${address}`, Number(port))} ${rest}` : null;
  };

  const Real = RTCPeerConnection;
  const native = Real.prototype as {
    setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void>;
    addIceCandidate(candidate?: RTCIceCandidateInit | null): Promise<void>;
  };
  const { setRemoteDescription, addIceCandidate } = native;
  const add = async (pc: RTCPeerConnection, init: RTCIceCandidateInit): Promise<void> => {
    const candidate = await longWay(init.candidate ?? '');
    const { sdpMid = null, sdpMLineIndex = null, usernameFragment = null } = init;
    if (candidate !== null)
      await addIceCandidate.call(pc, {
        candidate,
        sdpMid,
        sdpMLineIndex,
        ...(usernameFragment !== null && { usernameFragment }),
      });
  };
  window.RTCPeerConnection = class extends Real {
    constructor(config?: RTCConfiguration) {
      super(config);
      step('connection made');
      this.addEventListener('track', ({ track }) => {
        remote.add(track.id);
        if (track.kind !== 'video') return;
        step('track');
        track.addEventListener('unmute', () => step('picture arrives'));
      });
      this.addEventListener('connectionstatechange', () => step(this.connectionState));
      this.addEventListener('icegatheringstatechange', () => step(`gathering ${this.iceGatheringState}`));
      this.addEventListener('signalingstatechange', () => step(this.signalingState));
    }
    /** At once, as always: the candidates in a description follow it. */
    override setRemoteDescription({ type, sdp = '' }: RTCSessionDescriptionInit): Promise<void> {
      const lines = sdp.split('\r\n');
      const about = lines.filter((line) => !/^a=(candidate|end-of-candidates)/.test(line));
      const done = setRemoteDescription.call(this, { type, sdp: about.join('\r\n') });
      let section = -1;
      for (const line of lines) {
        if (line.startsWith('m=')) section += 1;
        if (!line.startsWith('a=candidate:')) continue;
        const sdpMLineIndex = section;
        void inTurn(this, () => done.then(() => add(this, { candidate: line.slice(2), sdpMLineIndex }))).catch(() => undefined);
      }
      return done;
    }
    override addIceCandidate(candidate?: RTCIceCandidateInit | null): Promise<void> {
      return inTurn(this, () => (candidate?.candidate ? add(this, candidate) : addIceCandidate.call(this, candidate)));
    }
  };

  /** The picture of somebody else, on whichever player the page itself shows it. */
  const srcObject = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'srcObject') as PropertyDescriptor;
  Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', {
    ...srcObject,
    set(this: HTMLMediaElement, stream: MediaStream | null) {
      srcObject.set?.call(this, stream);
      if (stream?.getVideoTracks().some(({ id }) => remote.has(id))) step('player');
      if (!(this instanceof HTMLVideoElement) || !stream) return;
      const frame = (): void => {
        if (shown.has(stream.id) || this.srcObject !== stream) return;
        if (stream.getVideoTracks().some(({ id }) => remote.has(id))) shown.set(stream.id, performance.now());
        else this.requestVideoFrameCallback(frame);
      };
      this.requestVideoFrameCallback(frame);
    },
  });

  window.bench = {
    cameraReady: async () => {
      await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
    },
    start: () => {
      startedAt = performance.now();
      shown = new Map();
      steps = {};
    },
    steps: () => steps,
    faces: (count) => {
      const at = [...shown.values()][count - 1];
      return at === undefined ? null : at - startedAt;
    },
  };
}
