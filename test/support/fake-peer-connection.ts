/**
 * RTCPeerConnection without a network, for tests in Node with the real mesh: negotiates, gathers as many candidates as it is
 * told, and is connected once both descriptions are there and a candidate of the other side came. `install` puts it, and
 * the little else the mesh takes from a browser, where the mesh looks for it.
 */
let made = 0;

type Init = RTCSessionDescriptionInit & { readonly sdp: string };

class FakeTransceiver {
  mid: string | null = null;
  readonly receiver: { readonly track: { readonly kind: string } };
  readonly sender = {
    track: null as MediaStreamTrack | null,
    replaceTrack: (track: MediaStreamTrack | null): Promise<void> => {
      this.sender.track = track;
      return Promise.resolve();
    },
    getParameters: () => ({ encodings: [] }),
  };
  direction: RTCRtpTransceiverDirection;

  constructor(
    readonly kind: string,
    direction: RTCRtpTransceiverDirection = 'sendrecv',
  ) {
    this.direction = direction;
    this.receiver = { track: { kind } };
  }

  setCodecPreferences(): void {}
}

export class FakePeerConnection extends EventTarget {
  /** How many addresses this machine has. */
  static candidates = 40;
  static readonly all = new Set<FakePeerConnection>();

  signalingState: RTCSignalingState = 'stable';
  connectionState: RTCPeerConnectionState = 'new';
  iceConnectionState: RTCIceConnectionState = 'new';
  iceGatheringState: RTCIceGatheringState = 'new';
  localDescription: Init | null = null;
  remoteDescription: Init | null = null;

  readonly #number = (made += 1);
  readonly #transceivers: FakeTransceiver[] = [];
  #config: RTCConfiguration;
  /** Changes with every ICE restart. */
  #generation = 1;
  #gathered = 0;
  #restarting = false;
  #asked = false;
  #stable: Init | null = null;
  #reached = false;

  constructor(config: RTCConfiguration = {}) {
    super();
    this.#config = config;
    FakePeerConnection.all.add(this);
  }

  addTransceiver(kind: string, { direction }: { direction?: RTCRtpTransceiverDirection } = {}): FakeTransceiver {
    const transceiver = new FakeTransceiver(kind, direction);
    this.#transceivers.push(transceiver);
    this.#needNegotiation();
    return transceiver;
  }

  getTransceivers = (): readonly FakeTransceiver[] => this.#transceivers;
  getReceivers = (): readonly never[] => [];
  getConfiguration = (): RTCConfiguration => this.#config;
  setConfiguration = (config: RTCConfiguration): void => void (this.#config = config);
  getStats = (): Promise<Map<string, never>> => Promise.resolve(new Map<string, never>());
  createDataChannel = () => ({ readyState: 'connecting', bufferedAmount: 0, send: (): void => undefined });

  restartIce(): void {
    this.#restarting = true;
    this.#needNegotiation();
  }

  async setLocalDescription(): Promise<void> {
    await Promise.resolve();
    if (this.signalingState === 'closed') return;
    const type = this.signalingState === 'have-remote-offer' ? 'answer' : 'offer';
    if (this.#restarting && type === 'offer') this.#generation += 1;
    for (const [index, transceiver] of this.#transceivers.entries()) transceiver.mid ??= String(index);
    if (type === 'offer') this.#stable = this.localDescription;
    this.localDescription = { type, sdp: this.#sdp() };
    if (type === 'answer') this.#restarting = false;
    this.signalingState = type === 'offer' ? 'have-local-offer' : 'stable';
    void this.#gather();
    this.#settle();
  }

  async setRemoteDescription(description: Init): Promise<void> {
    await Promise.resolve();
    if (description.type === 'offer') {
      if (this.signalingState === 'have-local-offer') {
        this.localDescription = this.#stable; // rolled back
        this.#asked = true;
      }
      const before = fragmentIn(this.remoteDescription?.sdp);
      // A restart of the other side is one of ours, too.
      if (before !== undefined && before !== fragmentIn(description.sdp)) this.#generation += 1;
      this.signalingState = 'have-remote-offer';
      for (const [index, signaling] of [...description.sdp.matchAll(/^m=(\w+)/gm)].entries()) {
        const kind = signaling[1] ?? '';
        this.#transceivers[index] ??= new FakeTransceiver(kind);
        this.#transceivers[index].mid = String(index);
      }
    } else {
      if (this.signalingState !== 'have-local-offer') throw new DOMException('no offer', 'InvalidStateError');
      this.signalingState = 'stable';
      this.#restarting = false;
    }
    this.remoteDescription = description;
    this.#settle();
  }

  async addIceCandidate(): Promise<void> {
    await Promise.resolve();
    if (!this.remoteDescription) throw new DOMException('no description', 'InvalidStateError');
    this.#reached = true;
    this.#settle();
  }

  close(): void {
    this.signalingState = 'closed';
    this.connectionState = 'closed';
    FakePeerConnection.all.delete(this);
  }

  #needNegotiation(): void {
    if (this.#asked) return;
    this.#asked = true;
    queueMicrotask(() => this.#negotiate());
  }

  #negotiate(): void {
    if (!this.#asked || this.signalingState !== 'stable') return;
    this.#asked = false;
    this.dispatchEvent(new Event('negotiationneeded'));
  }

  #settle(): void {
    if (this.signalingState !== 'stable') return;
    if (this.#asked && (this.#restarting || this.localDescription === null)) queueMicrotask(() => this.#negotiate());
    else this.#asked = false;
    if (!this.#reached || this.localDescription === null || this.connectionState === 'connected') return;
    this.iceConnectionState = 'connected';
    this.connectionState = 'connected';
    this.dispatchEvent(new Event('connectionstatechange'));
  }

  /** A few at a time, as a browser does. */
  async #gather(): Promise<void> {
    const generation = this.#generation;
    if (this.#gathered === generation) return;
    this.#gathered = generation;
    this.iceGatheringState = 'gathering';
    for (let index = 0; index < FakePeerConnection.candidates; index += 1) {
      if (index % 8 === 0) await new Promise((resolve) => setTimeout(resolve, 2));
      if (generation !== this.#generation || this.signalingState === 'closed') return;
      const candidate = {
        candidate: `candidate:${index} 1 udp 2122260223 192.168.${this.#number % 250}.${index + 1} ${50_000 + index} typ host`,
        sdpMid: '0',
        sdpMLineIndex: 0,
        usernameFragment: this.#fragment,
      };
      if (this.localDescription?.sdp)
        this.localDescription = { ...this.localDescription, sdp: `${this.localDescription.sdp}a=${candidate.candidate}\r\n` };
      this.dispatchEvent(Object.assign(new Event('icecandidate'), { candidate }));
    }
    this.iceGatheringState = 'complete';
    this.dispatchEvent(Object.assign(new Event('icecandidate'), { candidate: null }));
    this.dispatchEvent(new Event('icegatheringstatechange'));
  }

  get #fragment(): string {
    return `f${this.#number}g${this.#generation}`;
  }

  #sdp(): string {
    const fingerprint = Array.from({ length: 32 }, () => (this.#number % 256).toString(16).padStart(2, '0').toUpperCase()).join(
      ':',
    );
    const mids = this.#transceivers.map((_, index) => index);
    return [
      'v=0',
      `o=- ${this.#number} ${this.#generation} IN IP4 127.0.0.1`,
      's=-',
      't=0 0',
      `a=group:BUNDLE ${mids.join(' ')}`,
      ...this.#transceivers.flatMap(({ kind }, index) => [
        `m=${kind} 9 UDP/TLS/RTP/SAVPF 96`,
        'c=IN IP4 0.0.0.0',
        `a=mid:${index}`,
        `a=ice-ufrag:${this.#fragment}`,
        'a=ice-pwd:abcdefghijklmnopqrstuvwx',
        `a=fingerprint:sha-256 ${fingerprint}`,
        'a=setup:actpass',
      ]),
      '',
    ].join('\r\n');
  }
}

function fragmentIn(sdp: string | undefined): string | undefined {
  return /^a=ice-ufrag:(\S+)/m.exec(sdp ?? '')?.[1];
}

class FakeStream {
  readonly #tracks = new Set<unknown>();
  getTracks = (): readonly unknown[] => [...this.#tracks];
  getAudioTracks = (): readonly unknown[] => [];
  addTrack = (track: unknown): unknown => this.#tracks.add(track);
  removeTrack = (track: unknown): unknown => this.#tracks.delete(track);
}

export function installFakeWebRtc(): void {
  Object.assign(globalThis, { RTCPeerConnection: FakePeerConnection, MediaStream: FakeStream });
  // Node has one since 21: it has no capabilities to tell of.
  if (!('navigator' in globalThis)) Object.assign(globalThis, { navigator: {} });
}
