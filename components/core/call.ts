/**
 * The call without a screen, as elements and host pages use it. `createCall()` makes one;
 * the elements are views of it and hold no call state of their own.
 */
import type { CallState } from './call-state.js';
import type { CallFact } from './facts.js';
import type { TokenSource } from './entry-proofs.js';
import type { DeviceKind } from './local-media.js';
import type { NetworkStats } from './network.js';
import type { Observable } from './observable.js';
import type { NoiseSuppression, ParticipantId, VideoSource } from './participant.js';
import type { VideoSize } from './media/video-requests.js';

/** What can be set, before or during a call. No change rebuilds the call. */
export interface CallOptions {
  /** Room id: 1 to 64 of `A-Z a-z 0-9 _ -`, starting with a letter or digit. Changing it while joined moves to the other room. */
  readonly room: string;
  /** Origin of the server, e.g. `https://calls.example.org`. */
  readonly serverUrl: string;
  /** Where the server asks for one: a token of the site, or a function that fetches one whenever one is needed. */
  readonly token: TokenSource;
  readonly displayName: string;
  readonly avatarUrl: string | null;
  readonly externalId: string | null;
  /** State at join. */
  readonly audio: boolean;
  readonly video: boolean;
  /** Default `all`; `relay` hides our address from the others and needs a TURN server. */
  readonly iceTransportPolicy: RTCIceTransportPolicy;
  /** Small picture, few frames: for paid-by-the-byte lines and weak machines. */
  readonly lowData: boolean;
  /** Behind us: `none`, `blur`, the address of a picture, or `builtin:` and the name of one of ours. */
  readonly background: string;
  readonly noiseSuppression: NoiseSuppression;
  /** The size of our own picture, as `640x360`; empty: as large as the link carries. */
  readonly resolution: string;
  /** Used instead of the devices, for as many of sound and picture as it has; its tracks stay the page's. Null: the devices. */
  readonly localStream: MediaStream | null;
  /** Used instead of what the server hands out; null: the server's. */
  readonly iceServers: readonly RTCIceServer[] | null;
}

/** What a call starts from when nothing is said. */
export const DEFAULT_OPTIONS: CallOptions = Object.freeze({
  room: '',
  serverUrl: '',
  token: null,
  displayName: '',
  avatarUrl: null,
  externalId: null,
  audio: true,
  video: true,
  lowData: false,
  background: 'none',
  noiseSuppression: 'on',
  resolution: '',
  iceTransportPolicy: 'all',
  localStream: null,
  iceServers: null,
});

/** Loudness, in the fast lane beside the snapshot: 0 to 1 by participant; our own under `local`. */
export type Levels = ReadonlyMap<ParticipantId | 'local', number>;

export interface Call {
  readonly state: Observable<CallState>;
  /** About ten times a second while somebody watches; measures nothing otherwise. */
  readonly levels: Observable<Levels>;
  /** Hears every fact right after it went into the state. Announce from here; do not decide from here. */
  onFact(listener: (fact: CallFact, state: CallState) => void, signal?: AbortSignal): () => void;
  configure(options: Partial<CallOptions>): void;
  /**
   * Opens the connection to the server and asks how many are inside; announces nobody. Call on the first sign of intent. `soon`: the visitor
   * is about to join (the pointer is on the button), so connections to those inside are made already, without sound or picture.
   * Both browsers learn each other's addresses by that, unless `iceTransportPolicy` is `relay`.
   */
  prepare(soon?: boolean): Promise<void>;
  /** Opens camera and microphone for a look before joining. Never rejects; failures are in the state. */
  preview(): Promise<void>;
  /** Idempotent; joins with whatever devices can be had. Rejects with `CallError`. */
  join(): Promise<void>;
  /** Back to the door, while waiting to be let in. */
  cancelKnock(): Promise<void>;
  /** Idempotent, aborts a join under way. Resolves when devices and connections are closed; never rejects. */
  leave(): Promise<void>;
  /** Each resolves when it is so and rejects with `CallError` when it cannot be. Work before joining, too. */
  setMicrophone(on: boolean): Promise<void>;
  setCamera(on: boolean): Promise<void>;
  setScreenshare(on: boolean): Promise<void>;
  switchActiveDevice(kind: DeviceKind, id: string | null): Promise<void>;
  /** `none`, `blur`, the address of a picture, or `builtin:` and the name of one of ours. Loads what it needs; rejects with `CallError`. */
  setBackground(background: string): Promise<void>;
  /**
   * Keeps the call in a file on this machine: all sound, and a picture of everybody. All in the room are told. Call it from
   * a click: where the browser asks for a place, the file goes there as it grows. Needs the grant `record`.
   */
  startRecording(): Promise<void>;
  /** Resolves when the file is whole. Leaving does it, too. */
  stopRecording(): Promise<void>;
  /** True is `on`, the browser's own; `strong` is loaded when asked for. */
  setNoiseSuppression(level: NoiseSuppression | boolean): Promise<void>;
  /** For those whose grants allow it; each rejects with `CallError` otherwise. */
  muteParticipants(ids: readonly ParticipantId[]): Promise<void>;
  kickParticipant(id: ParticipantId): Promise<void>;
  lockRoom(locked: boolean): Promise<void>;
  setWaitingRoom(enabled: boolean): Promise<void>;
  acceptWaitingParticipant(waitingId: string): Promise<void>;
  rejectWaitingParticipant(waitingId: string): Promise<void>;
  /** Takes somebody's raised hand down. */
  lowerHand(id: ParticipantId): Promise<void>;
  /** Ends the call for everybody. */
  endMeeting(): Promise<void>;
  /**
   * To everybody here, from page to page; at most 2,000 characters. Resolves when somebody has it, or nobody else is here;
   * rejects when nobody can be reached: the message stands as failed then, and `retryChatMessage(id)` tries again.
   */
  sendChatMessage(text: string): Promise<void>;
  retryChatMessage(id: string): Promise<void>;
  /** The visitor has seen the chat: nothing is unread any more. */
  markChatRead(): void;
  /** Anything of the page's own, as JSON of at most 16 KiB; to one participant or to all. Resolves when they have it. */
  sendAppMessage(data: unknown, to?: ParticipantId): Promise<void>;
  /** One of 👍 ❤️ 😂 😮 👏 🎉 🤔 👎, shown over our tile for a moment, by everybody. */
  sendReaction(emoji: string): Promise<void>;
  setHandRaised(on: boolean): Promise<void>;
  /** Speaker chosen with `switchActiveDevice('speaker', …)`; '' is the system's default. */
  readonly speakerId: Observable<string>;
  /**
   * A player tells that the browser refused to start its sound, and how to try again. The returned
   * function takes the report back: the player is gone or plays now.
   */
  reportPlaybackBlocked(retry: () => Promise<void>): () => void;
  /**
   * How large somebody's picture is shown, in device pixels, and whether it is seen; null: nowhere any more. The tiles
   * say it by themselves. Others are asked for no more than that, and for nothing of what is not shown once anything was told.
   */
  requestVideo(participantId: ParticipantId, source: VideoSource, view: VideoSize | null): void;
  /**
   * How media travels to and from everybody, as measured in the last seconds: relay or direct, times, losses, rates,
   * pictures, and what limits them. Measures no more often than every few seconds. Rejects with `CallError` outside of a call.
   */
  getNetworkStats(): Promise<NetworkStats>;
  /** Starts every refused sound; call it from a click. */
  startAudio(): Promise<void>;
  /** Leaves, and ends the object: nothing works afterwards. */
  close(): void;
}
