/**
 * Every text a visitor can meet. A language is one object of this shape; the compiler finds what is
 * missing. Texts with numbers or names are functions, because each language bends them its own way.
 */
export type DeviceWord = 'microphone' | 'camera' | 'screen';
/** `devices`: camera and microphone together, for one and the same reason. */
export type BlockedWord = DeviceWord | 'devices';

/** What a list of devices offers. */
export type DeviceListWord = 'microphone' | 'camera' | 'speaker';

/** Pictures of ours. */
export type BackgroundWord = 'dusk' | 'meadow' | 'studio';
/** How a ring ended, for who rang and for who was rung. */
export type RingWord =
  | 'answered'
  | 'answered-elsewhere'
  | 'busy'
  | 'cancelled'
  | 'declined'
  | 'do-not-disturb'
  | 'full'
  | 'missed'
  | 'no-answer'
  | 'own-address'
  | 'unavailable';

/** How well media travels, and what holds it back. */
export type QualityWord = 'excellent' | 'good' | 'poor' | 'lost';
export type LimitWord = 'cpu' | 'bandwidth' | 'other';

/** How the people are arranged, as far as a visitor chooses. */
export type LayoutWord = 'auto' | 'grid' | 'spotlight';

/** The eight reactions. */
export type ReactionWord = '👍' | '❤️' | '😂' | '😮' | '👏' | '🎉' | '🤔' | '👎';

export interface Translation {
  /** BCP 47, lower case. */
  readonly $code: string;
  /** In its own words. */
  readonly $name: string;
  readonly $dir: 'ltr' | 'rtl';

  readonly call: (room: string) => string;
  readonly guest: string;
  readonly you: (name: string) => string;
  readonly yourself: string;

  readonly readyToJoin: string;
  readonly inside: (count: number) => string;
  readonly yourName: string;
  readonly join: string;
  readonly joining: string;
  readonly preview: string;
  readonly turnOnDevices: string;
  readonly turnOnDevicesHint: string;
  readonly cameraIsOff: string;
  readonly level: string;
  readonly joinWithout: (device: DeviceWord) => string;
  readonly joinWith: (device: DeviceWord) => string;

  readonly controls: string;
  readonly turnOn: (device: DeviceWord) => string;
  readonly turnOff: (device: DeviceWord) => string;
  readonly hasProblem: (label: string) => string;
  readonly leave: string;
  readonly deviceOptions: (device: 'microphone' | 'camera') => string;
  readonly showPeople: string;
  readonly hidePeople: string;

  readonly participants: string;
  readonly microphoneOff: string;
  readonly cameraOff: string;
  readonly screenOf: (name: string) => string;
  readonly yourScreen: string;
  readonly connecting: string;
  readonly reconnecting: string;
  readonly cannotConnect: string;

  readonly firstHere: string;
  readonly firstHereHelp: string;
  readonly copyLink: string;
  readonly copied: string;
  readonly tapToHear: string;
  readonly dismiss: string;
  readonly tryAgain: string;

  readonly youLeft: string;
  readonly rejoin: string;
  readonly kicked: string;
  readonly kickedHelp: string;
  readonly endedTitle: string;
  readonly endedHelp: string;
  readonly lost: string;
  readonly duplicate: string;
  readonly duplicateHelp: string;
  readonly serverStopped: string;
  readonly denied: string;

  readonly joinedSpoken: (names: readonly string[]) => string;
  readonly leftSpoken: (names: readonly string[]) => string;
  readonly youJoinedSpoken: string;
  readonly connectionLostSpoken: string;
  readonly connectionBackSpoken: string;

  readonly errorTitle: string;
  readonly errorHelp: string;
  readonly fullTitle: string;
  readonly fullHelp: string;
  readonly lockedTitle: string;
  readonly lockedHelp: string;
  readonly badRoomTitle: string;
  readonly badRoomHelp: string;
  readonly deniedTitle: string;
  readonly deniedHelp: string;
  readonly refusedTitle: string;
  readonly refusedHelp: string;
  readonly offlineTitle: string;
  readonly offlineHelp: string;
  readonly originTitle: string;
  readonly originHelp: string;
  readonly unreachableTitle: string;
  readonly unreachableHelp: string;
  readonly blockedTitle: string;
  readonly blockedHelp: string;
  readonly busyTitle: string;
  readonly busyHelp: string;
  readonly serverUrlTitle: string;
  readonly serverUrlHelp: string;
  readonly partTitle: string;
  readonly partHelp: string;
  readonly localNetworkBlocked: string;
  readonly partMissing: string;
  readonly reloadPage: string;
  readonly browserTitle: string;
  readonly browserHelp: string;
  readonly outdatedTitle: string;
  readonly outdatedHelp: string;

  readonly deviceKind: (kind: DeviceListWord) => string;
  readonly systemDefault: string;
  readonly flipCamera: string;
  readonly testSound: string;

  readonly moreActions: string;
  readonly enterFullscreen: string;
  readonly leaveFullscreen: string;
  readonly openPip: string;
  readonly closePip: string;
  readonly shortcuts: string;
  readonly shortcutsHelp: string;
  readonly shortcutsShow: string;
  readonly spaceKey: string;
  readonly pushToTalk: string;
  readonly mutedHint: string;

  readonly settings: string;
  readonly devices: string;
  readonly soundAndPicture: string;
  readonly general: string;
  readonly language: string;
  readonly noiseSuppression: string;
  readonly lowData: string;
  readonly lowDataHelp: string;
  readonly noiseLevel: (level: 'off' | 'on' | 'strong') => string;
  readonly backgroundPicture: (number: number) => string;

  readonly pin: string;
  readonly unpin: string;
  readonly pinName: (name: string) => string;
  readonly unpinName: (name: string) => string;
  readonly optionsFor: (name: string) => string;
  readonly tileFullScreen: string;
  readonly mirrorOn: string;
  readonly mirrorOff: string;
  readonly hideSelfView: string;
  readonly showSelfView: string;
  readonly moveSelfView: string;
  readonly volumeForYou: string;
  readonly silenceForYou: string;
  readonly pages: string;
  readonly pageOf: (page: number, count: number) => string;
  readonly previousPage: string;
  readonly nextPage: string;

  readonly chat: string;
  readonly showChat: string;
  readonly hideChat: string;
  readonly unread: (count: number) => string;
  readonly writeMessage: string;
  readonly send: string;
  readonly chatEmpty: string;
  readonly chatEmptyHelp: string;
  readonly mayNotWrite: string;
  readonly newMessages: string;
  readonly receivedFrom: (name: string) => string;
  readonly notDelivered: string;
  readonly tooFast: string;
  readonly react: string;
  readonly reactionName: (emoji: ReactionWord) => string;
  readonly raiseHand: string;
  readonly lowerHand: string;
  readonly handRaised: string;
  readonly lowerHandOf: (name: string) => string;
  readonly handRaisedSpoken: (names: readonly string[]) => string;
  readonly messageSpoken: (names: readonly string[]) => string;
  readonly reactionSpoken: (emoji: ReactionWord, names: readonly string[]) => string;

  readonly people: string;
  readonly close: string;
  readonly inTheCall: string;
  readonly waitingHere: string;
  readonly admit: string;
  readonly reject: string;
  readonly host: string;
  readonly moderator: string;
  readonly viewer: string;
  readonly away: string;
  readonly muteName: (name: string) => string;
  readonly muteAll: string;
  readonly kickName: (name: string) => string;
  readonly kickAsk: (name: string) => string;
  readonly kick: string;
  readonly cancel: string;
  readonly lockRoom: string;
  readonly lockRoomHelp: string;
  readonly waitingRoom: string;
  readonly waitingRoomHelp: string;
  readonly endMeeting: string;
  readonly endMeetingAsk: string;
  readonly waitingTitle: string;
  readonly waitingHelp: string;
  readonly waitingSpoken: (names: readonly string[]) => string;
  readonly mutedByHost: string;

  readonly recording: string;
  readonly recordingBy: (names: readonly string[]) => string;
  readonly youRecord: string;
  readonly recordingOver: string;
  readonly startRecording: string;
  readonly stopRecording: string;
  readonly effectStopped: (source: 'camera' | 'microphone') => string;
  readonly background: string;
  readonly backgroundNone: string;
  readonly backgroundBlur: string;
  readonly backgroundNamed: (name: BackgroundWord) => string;
  readonly backgroundUpload: string;
  readonly backgroundFailed: string;
  readonly phone: string;
  readonly yourAddress: string;
  readonly copyAddress: string;
  readonly addressCopied: string;
  readonly showQr: string;
  readonly hideQr: string;
  readonly dial: string;
  readonly callVideo: string;
  readonly callAudio: string;
  readonly notAnAddress: string;
  readonly callingName: (name: string) => string;
  readonly hangUp: string;
  readonly incomingCall: (name: string) => string;
  /** Of several addresses, the one that was rung. */
  readonly incomingFor: (address: string) => string;
  readonly answer: string;
  readonly answerAudio: string;
  readonly decline: string;
  readonly unknownCaller: string;
  readonly ringOutcome: (outcome: RingWord, name: string) => string;
  readonly callWord: (outcome: RingWord, direction: 'in' | 'out') => string;
  readonly doNotDisturb: string;
  readonly notifyCalls: string;
  readonly recentCalls: string;
  readonly clearList: string;
  readonly callName: (name: string) => string;
  readonly blockName: (name: string) => string;
  readonly blockedCallers: (count: number) => string;
  readonly unblockAll: string;
  readonly addSomeone: string;
  readonly phoneReady: string;
  readonly notYoursTitle: string;
  readonly notYoursHelp: string;
  readonly notSignedInTitle: string;
  readonly notSignedInHelp: string;
  readonly manyCallsTitle: string;
  readonly manyCallsHelp: string;
  readonly ringOverTitle: string;
  readonly ringOverHelp: string;
  readonly callUs: string;
  readonly someoneThere: string;
  readonly allBusy: string;
  readonly nobodyThere: string;
  readonly nobodyAnswered: string;

  readonly quality: (quality: QualityWord) => string;
  readonly statistics: string;
  readonly statsAlone: string;
  /** Milliseconds there and back; null where nobody knows. */
  readonly statsPath: (name: string, relayed: boolean, ms: number | null) => string;
  readonly statsLoss: (percent: string) => string;
  readonly statsRates: (up: string, down: string) => string;
  readonly statsSent: (size: string, rate: number) => string;
  readonly statsReceived: (size: string, rate: number) => string;
  readonly statsLimit: (by: LimitWord) => string;

  readonly copyCode: string;
  readonly deviceInsecure: (device: BlockedWord) => string;
  readonly devicePolicy: (device: BlockedWord) => string;
  readonly deviceBlockedByUser: (device: BlockedWord) => string;
  readonly deviceBlockedBySystem: (device: BlockedWord) => string;
  readonly deviceInUse: (device: BlockedWord) => string;
  readonly deviceNotFound: (device: BlockedWord) => string;
  readonly deviceInterrupted: (device: BlockedWord) => string;
  readonly deviceNeedsClick: (device: BlockedWord) => string;
  readonly deviceConstraints: (device: BlockedWord) => string;

  readonly letAllIn: string;
  readonly hostAbsent: string;
  readonly hostAbsentHelp: string;
  readonly onlyOneHere: string;
  readonly invite: string;
  readonly inviteLink: string;
  readonly share: string;
  /** The browser refuses the clipboard; the link stands beside it, selected. */
  readonly copyByHand: string;
  readonly inviteByHost: string;
  readonly notifications: string;
  readonly notificationsHelp: string;
  readonly sounds: string;
  readonly beingRecorded: string;
  readonly nameIsSet: string;
  readonly presenting: string;
  readonly stopPresenting: string;
  readonly layout: string;
  readonly layoutName: (layout: LayoutWord) => string;
  readonly fillTiles: string;
  readonly callTime: string;
  readonly changeName: string;
  readonly save: string;
  readonly startPage: string;
}

/** Some texts of a language. What counts or names may also be said by one fixed text. */
export type Texts = { readonly [Key in keyof Translation]?: Translation[Key] | string };
/** By language: `de`, `pt-BR`, `zh-Hans`. */
export type Translations = Readonly<Record<string, Texts>>;
