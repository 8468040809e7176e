/** Every state worth looking at, by name, as the state of a call. */
import type { ParticipantInfo } from '../../server/protocol/schemas.js';
import type { CallFact } from '../../components/core/facts.js';
import type { ChatMessage } from '../../components/core/messaging/chat-log.js';
import { CallError, type CallErrorCode, type DeviceError } from '../../components/core/call-error.js';
import { INITIAL_STATE, type CallState } from '../../components/core/call-state.js';
import { joinFailure } from '../../components/core/endings.js';
import {
  GUEST,
  NOBODY,
  NO_STREAMS,
  SOURCE_OFF,
  type LocalParticipant,
  type LocalSource,
  type Participant,
} from '../../components/core/participant.js';
import { NO_NETWORK, type NetworkStats } from '../../components/core/network.js';
import type { ViewPreferences } from '../../components/shared/view.js';
import { person, slide } from './pictures.js';

const NAMES = [
  'Ana Souza',
  'Kwame Mensah',
  'Freya Lindqvist',
  'Rahul Menon',
  'Elsa Bauer',
  'Amara Okafor',
  'Jonas Weber',
  'Mei Tanaka',
  'Tariq Haddad',
];
const ON: LocalSource = { status: 'on', wanted: true, deviceId: 'one', error: null };

export interface Scene {
  readonly state: CallState;
  readonly attributes?: Readonly<Record<string, string>>;
  /** How the visitor looks at it. */
  readonly view?: Partial<ViewPreferences>;
  /** What is pressed once it stands, by selector, inside any element; `a >>> b` for a `b` in the shadow of an `a`. */
  readonly press?: string;
  /** Keys that are pressed then, by `key`. */
  readonly keys?: string;
  /** What happens once it stands. */
  readonly facts?: readonly CallFact[];
  /** What the call tells of its links. */
  readonly network?: NetworkStats;
  /** The browser knows of no network. */
  readonly offline?: boolean;
  /** Opens the settings there. */
  readonly pane?: 'connection';
  readonly levels?: readonly (readonly [string, number])[];
}

function other(
  index: number,
  change: Partial<Participant> & { readonly silent?: boolean; readonly dark?: boolean } = {},
): Participant {
  const { silent = false, dark = false, ...rest } = change;
  return {
    id: `p${index}`,
    displayName: NAMES[index % NAMES.length]!,
    avatarUrl: null,
    externalId: null,
    sequence: index + 2,
    role: 'speaker',
    presence: 'present',
    media: { microphone: !silent, camera: !dark, screen: false, screenAudio: false },
    link: 'connected',
    handRaised: false,
    handOrder: 0,
    mayChat: true,
    streams: dark ? NO_STREAMS : { camera: person(index + 1), screen: null },
    ...rest,
  };
}

function me(change: Partial<LocalParticipant> = {}): LocalParticipant {
  return {
    ...NOBODY,
    id: 'me',
    displayName: 'Nora Keller',
    microphone: ON,
    camera: ON,
    streams: { camera: person(0), screen: null },
    ...change,
  };
}

function call(participants: readonly Participant[], change: Partial<CallState> = {}): Scene {
  return {
    state: {
      ...INITIAL_STATE,
      meeting: 'joined',
      connection: 'connected',
      room: 'standup',
      limit: 8,
      local: me(),
      participants,
      ...change,
    },
    levels: [['p0', 0.4]],
  };
}

const crowd = (count: number): readonly Participant[] =>
  Array.from({ length: count }, (_, index) => other(index, { silent: index % 3 === 1, dark: index === 4 }));

function door(change: Partial<CallState> = {}): Scene {
  return {
    state: {
      ...INITIAL_STATE,
      meeting: 'prejoin',
      connection: 'connected',
      room: 'standup',
      occupancy: { participants: 2, limit: 8, full: false },
      ...change,
    },
    levels: [['local', 0.3]],
  };
}

function failed(kind: 'microphone' | 'camera', reason: DeviceError['reason'], blockedBy: DeviceError['blockedBy']): LocalSource {
  const error = new CallError(reason === 'policy' ? 'POLICY_BLOCKED' : 'PERMISSION_DENIED');
  return { ...SOURCE_OFF, error: { kind, reason, blockedBy, error } };
}

const refusal = (reason: DeviceError['reason'], blockedBy: DeviceError['blockedBy'] = null): Scene =>
  door({
    local: { ...NOBODY, microphone: failed('microphone', reason, blockedBy), camera: failed('camera', reason, blockedBy) },
  });

/** Turned away after the press on Join: everything is closed again, and the door stays. */
const refusedAt = (code: CallErrorCode, inside: CallState['occupancy'] = { participants: 2, limit: 8, full: false }): Scene => {
  const failure = joinFailure(new CallError(code));
  const outcome =
    failure.type === 'left' ? ({ meeting: 'left', leftReason: failure.reason } as const) : ({ meeting: failure.back } as const);
  return door({ ...outcome, error: failure.error, occupancy: inside, connection: 'disconnected' });
};

const error = (code: CallErrorCode): Scene => ({
  state: { ...INITIAL_STATE, meeting: 'error', room: 'standup', error: new CallError(code) },
  attributes: { prejoin: 'off' },
});

/** Not inside any more, or never: there is no door to go back to. */
const gone = (leftReason: CallState['leftReason'], code?: CallErrorCode): Scene => ({
  state: { ...INITIAL_STATE, meeting: 'left', room: 'standup', leftReason, error: code ? new CallError(code) : null },
  ...(code && { attributes: { prejoin: 'off' } }),
});

const newcomer = (displayName: string): ParticipantInfo => ({
  id: displayName,
  displayName,
  sequence: 9,
  presence: 'present',
  media: { microphone: true, camera: true, screen: false, screenAudio: false },
});

const host = () => ({ ...me(), role: 'host', grants: { ...GUEST, moderate: true } }) as const;
const WAITING = [
  { waitingId: 'w1', displayName: 'Priya Raman' },
  { waitingId: 'w2', displayName: 'Oskar Nyström' },
];
const DEVICES = {
  microphones: [
    { id: 'default', label: 'Default - Jabra Evolve2 65' },
    { id: 'one', label: 'Jabra Evolve2 65 (Bluetooth)' },
    { id: 'two', label: 'MacBook Pro Microphone (Built-in)' },
  ],
  cameras: [
    { id: 'one', label: 'FaceTime HD Camera (3A71:F4B5)' },
    { id: 'two', label: 'Logitech BRIO' },
  ],
  speakers: [
    { id: 'default', label: 'Default - Jabra Evolve2 65' },
    { id: 'one', label: 'MacBook Pro Speakers (Built-in)' },
  ],
};

const MINUTE = 60_000;
const NINE = new Date(2026, 4, 12, 9, 0).getTime();
function said(minute: number, by: number | 'me', text: string, change: Partial<ChatMessage> = {}): ChatMessage {
  const own = by === 'me';
  const displayName = own ? 'Nora Keller' : NAMES[by % NAMES.length]!;
  const from = own ? 'me' : `p${by}`;
  const id = `message-${minute}-${text.length}`;
  return { id, from, displayName, text, sentAt: NINE + minute * MINUTE, own, status: 'sent', receivedFrom: null, ...change };
}
const CHAT = [
  said(0, 1, 'Good morning! Did everyone get the agenda?', { receivedFrom: 'p0' }),
  said(1, 2, 'Yes, thanks', { receivedFrom: 'p0' }),
  said(9, 0, 'The draft is at https://docs.example.org/plan/2026?tab=overview (second page), the numbers come later.'),
  said(9, 0, 'Comments by Friday, please.'),
  said(10, 'me', 'Reading it now'),
  said(10, 'me', 'Looks great! One question:\n1. who signs it off?\n2. until when?'),
  said(12, 1, 'صباح الخير، سأتأخر خمس دقائق'),
  said(14, 2, 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'),
  said(15, 0, '<b>not bold</b>, javascript:alert(1), and 👏👏'),
  said(16, 'me', 'On it', { status: 'pending' }),
  said(17, 'me', 'Can you hear me?', { status: 'failed' }),
];

const still = { width: 1280, height: 720, frameRate: 30 };
const NETWORK: NetworkStats = {
  ...NO_NETWORK,
  connections: [
    {
      participantId: 'p0',
      path: 'direct',
      protocol: 'udp',
      sendBitsPerSecond: 1_640_000,
      recvBitsPerSecond: 1_210_000,
      sendPacketLoss: 0,
      recvPacketLoss: 0,
      roundTripTime: 24,
      jitter: 2,
      availableOutgoingBitrate: 4_000_000,
      sent: { camera: { ...still, limitation: 'cpu' }, screen: null },
    },
    {
      participantId: 'p1',
      path: 'relay',
      protocol: 'tls',
      sendBitsPerSecond: 310_000,
      recvBitsPerSecond: 85_000,
      sendPacketLoss: 0.012,
      recvPacketLoss: 0.083,
      roundTripTime: 310,
      jitter: 44,
      availableOutgoingBitrate: 400_000,
      sent: { camera: { width: 320, height: 180, frameRate: 15, limitation: 'bandwidth' }, screen: null },
    },
  ],
  participants: [
    { participantId: 'p0', quality: 'excellent', reasons: [], received: { camera: still, screen: null } },
    { participantId: 'p1', quality: 'poor', reasons: ['receive-loss'], received: { camera: null, screen: null } },
  ],
};

export const SCENES: Readonly<Record<string, () => Scene>> = {
  door: () => door(),
  'door-empty': () => door({ occupancy: { participants: 0, limit: 8, full: false } }),
  'door-open': () => door({ local: me({ id: null }) }),
  'door-camera-off': () => door({ local: me({ id: null, camera: SOURCE_OFF, streams: NO_STREAMS }) }),
  'door-full': () => refusedAt('ROOM_FULL', { participants: 8, limit: 8, full: true }),
  'door-blocked': () => refusal('permissions', 'user'),
  'door-blocked-system': () => refusal('permissions', 'system'),
  'door-policy': () => refusal('policy', 'page'),
  'door-insecure': () => refusal('insecure'),
  'door-busy': () => door({ local: { ...me({ id: null }), camera: failed('camera', 'in-use', 'system'), streams: NO_STREAMS } }),
  'door-all-busy': () => refusal('in-use', 'system'),
  'door-absent': () => refusal('not-found'),
  'door-no-camera': () =>
    door({ local: { ...me({ id: null }), camera: failed('camera', 'not-found', null), streams: NO_STREAMS } }),
  'door-no-microphone': () => door({ local: me({ id: null, microphone: failed('microphone', 'not-found', null) }) }),
  'door-two-troubles': () =>
    door({
      local: { ...NOBODY, microphone: failed('microphone', 'permissions', 'user'), camera: failed('camera', 'not-found', null) },
    }),
  'door-locked': () => refusedAt('ROOM_LOCKED'),
  'door-denied': () => refusedAt('FORBIDDEN'),
  'door-token': () => refusedAt('UNAUTHENTICATED'),
  'door-origin': () => refusedAt('ORIGIN_NOT_ALLOWED', null),
  'door-unreachable': () => refusedAt('SIGNAL_UNREACHABLE', null),
  'door-offline': () => ({ ...refusedAt('SIGNAL_UNREACHABLE', null), offline: true }),
  'door-firewall': () => refusedAt('SIGNAL_BLOCKED', null),
  'door-server-busy': () => refusedAt('SERVER_BUSY', null),
  'door-browser': () => refusedAt('UNSUPPORTED_BROWSER', null),
  'door-joining': () => door({ meeting: 'joining', local: me({ id: null }) }),
  joining: () => ({ state: { ...INITIAL_STATE, meeting: 'joining', room: 'standup' }, attributes: { prejoin: 'off' } }),
  alone: () => call([]),
  two: () => call(crowd(1)),
  three: () => call(crowd(2)),
  four: () => call(crowd(3)),
  people: () => ({
    ...call([other(0, { role: 'moderator' }), ...crowd(4).slice(1)], { local: host(), waiting: WAITING }),
    press: '[data-control=people]',
  }),
  'people-guest': () => ({
    ...call([other(0, { role: 'host' }), other(1, { silent: true, presence: 'away' }), other(2)]),
    press: '[data-control=people]',
  }),
  chat: () => ({ ...call(crowd(4), { chat: CHAT }), press: '[data-control=chat]' }),
  'chat-new': () => ({
    ...call(crowd(3), { chat: CHAT.slice(2, 9), chatUnread: 2 }),
    press: '[data-control=chat]',
  }),
  'chat-empty': () => ({ ...call(crowd(1)), press: '[data-control=chat]' }),
  'chat-viewer': () => ({
    ...call(crowd(2), { chat: CHAT.slice(2, 4), local: me({ grants: { ...GUEST, chat: false } }) }),
    press: '[data-control=chat]',
  }),
  hands: () => ({
    ...call([other(0), other(1, { handRaised: true, handOrder: 1 }), other(2, { handRaised: true, handOrder: 3 })], {
      local: { ...host(), handRaised: true, handOrder: 2 },
      chatUnread: 3,
    }),
    press: '[data-control=people]',
  }),
  reactions: () => ({
    ...call(crowd(3)),
    facts: [
      { type: 'reaction', participantId: 'p0', emoji: '🎉' },
      { type: 'reaction', participantId: 'p0', emoji: '❤️' },
      { type: 'reaction', participantId: 'me', emoji: '👏' },
      { type: 'reaction', participantId: 'p1', emoji: '👍' },
    ],
  }),
  'menu-reactions': () => ({ ...call(crowd(2)), press: '[data-control=reactions]' }),
  waiting: () => ({
    state: {
      ...INITIAL_STATE,
      meeting: 'waiting',
      connection: 'connected',
      room: 'standup',
      local: me(),
      occupancy: { participants: 2, limit: 8, full: false, hosted: true },
    },
  }),
  'waiting-absent': () => ({
    state: {
      ...INITIAL_STATE,
      meeting: 'waiting',
      connection: 'connected',
      room: 'standup',
      local: me(),
      occupancy: { participants: 0, limit: 8, full: false, hosted: false },
    },
  }),
  knock: () => call(crowd(2), { waiting: WAITING.slice(0, 1), local: host() }),
  'knock-alone': () => call([], { waiting: WAITING.slice(0, 1), local: host() }),
  'knock-many': () => call(crowd(3), { waiting: WAITING, local: host() }),
  'only-one': () => call([]),
  notes: () => ({
    ...call(crowd(3)),
    facts: [
      { type: 'participant-joined', participant: newcomer('Priya Raman') },
      {
        type: 'chat-changed',
        chat: [],
        unread: 1,
        message: {
          id: 'm',
          from: 'p0',
          displayName: 'Ana Souza',
          text: 'I put the numbers of last week into the document, please have a look before we start.',
          sentAt: 0,
          own: false,
          status: 'sent',
          receivedFrom: null,
        },
      },
    ],
  }),
  invite: () => ({ ...call([]), press: '.empty .ways .button' }),
  'door-recorded': () => door({ occupancy: { participants: 3, limit: 8, full: false, hosted: true, recording: true } }),
  'door-named': () => ({
    ...door({ local: me() }),
    attributes: { token: `x.${btoa(JSON.stringify({ name: 'Priya Raman' }))}.x` },
  }),
  viewer: () =>
    call(crowd(2), {
      local: me({
        role: 'viewer',
        grants: { ...GUEST, publish: [] },
        microphone: SOURCE_OFF,
        camera: SOURCE_OFF,
        streams: NO_STREAMS,
      }),
    }),
  'menu-microphone': () => ({ ...call(crowd(3), { devices: DEVICES }), press: '[data-menu=microphone]' }),
  'menu-camera': () => ({ ...call(crowd(1), { devices: DEVICES }), press: '[data-menu=camera]' }),
  'door-menu': () => ({ ...door({ devices: DEVICES, local: me({ id: null }) }), press: '[data-menu=microphone]' }),
  more: () => ({ ...call(crowd(2), { waiting: WAITING, local: host() }), press: '[data-control=more]' }),
  settings: () => ({ ...call(crowd(2), { devices: DEVICES }), press: '[data-control=settings]' }),
  network: () => ({
    ...call([
      other(0, { networkQuality: 'poor' }),
      other(1, { networkQuality: 'lost', silent: true }),
      other(2, { networkQuality: 'excellent' }),
      other(3, {
        displayName: 'Maximiliane Konstantinopoulou-Featherstonehaugh von und zu Hohenlohe-Waldenburg',
        networkQuality: 'poor',
        silent: true,
      }),
    ]),
    view: {
      volumes: new Map([
        ['p2', 0],
        ['p3', 0],
      ]),
    },
  }),
  'settings-connection': () => ({
    ...call(crowd(2), { devices: DEVICES }),
    network: NETWORK,
    pane: 'connection',
  }),
  keys: () => ({ ...call(crowd(1)), keys: '?' }),
  talking: () => ({
    ...call(crowd(1), { local: me({ microphone: SOURCE_OFF }) }),
    levels: [['local', 0.5]],
  }),
  six: () => call(crowd(5)),
  five: () => call(crowd(4)),
  seven: () => call(crowd(6)),
  eight: () => call(crowd(7)),
  nine: () => call(crowd(8)),
  twelve: () => call(crowd(11)),
  crowd: () => call(crowd(29)),
  pinned: () => ({ ...call(crowd(4)), view: { pinned: 'p1' } }),
  'pinned-crowd': () => ({ ...call(crowd(15)), view: { pinned: 'p1' } }),
  'self-hidden': () => ({ ...call(crowd(1)), view: { selfView: false, corner: 'end-end' } }),
  'self-corner': () => ({ ...call(crowd(1)), view: { corner: 'end-start' } }),
  'tile-menu': () => ({ ...call(crowd(3), { local: host() }), press: '.more', view: { volumes: new Map([['p0', 0.6]]) } }),
  'tile-menu-self': () => ({ ...call(crowd(1)), press: 'webrtc-video-tile[local] >>> .more' }),
  'two-screens': () => {
    const people = crowd(4).map((each, index) =>
      index < 2 ? { ...each, media: { ...each.media, screen: true }, streams: { ...each.streams, screen: slide() } } : each,
    );
    return call(people);
  },
  'screen-crowd': () => {
    const [first, ...rest] = crowd(14);
    return call([
      { ...first!, media: { ...first!.media, screen: true }, streams: { ...first!.streams, screen: slide() } },
      ...rest,
    ]);
  },
  'two-dark': () =>
    call([other(0, { dark: true, silent: true })], {
      local: me({ camera: SOURCE_OFF, microphone: SOURCE_OFF, streams: NO_STREAMS }),
    }),
  audio: () => ({ ...call(crowd(5)), attributes: { layout: 'audio' } }),
  spotlight: () => ({ ...call(crowd(4), { activeSpeaker: 'p0' }), attributes: { layout: 'spotlight' } }),
  links: () =>
    call([
      other(0, { link: 'connecting', streams: NO_STREAMS }),
      other(1, { link: 'reconnecting' }),
      other(2, { link: 'failed', dark: true }),
      other(3, { displayName: 'Maximiliane Konstantinopoulou-Featherstonehaugh von und zu Hohenlohe-Waldenburg', silent: true }),
    ]),
  screen: () => {
    const shown = other(0);
    const sharing = { ...shown, media: { ...shown.media, screen: true }, streams: { ...shown.streams, screen: slide() } };
    return call([sharing, ...crowd(4).slice(1)]);
  },
  pending: () =>
    call(crowd(2), {
      local: me({
        camera: { ...ON, status: 'turning-on' },
        microphone: SOURCE_OFF,
        streams: NO_STREAMS,
        screen: { ...ON, status: 'on' },
      }),
    }),
  trouble: () =>
    call(crowd(2), {
      connection: 'reconnecting',
      playbackBlocked: true,
      local: me({ camera: failed('camera', 'in-use', 'system'), streams: NO_STREAMS }),
    }),
  left: () => gone('voluntary'),
  kicked: () => gone('kicked'),
  ended: () => gone('ended'),
  duplicate: () => gone('duplicate'),
  lost: () => gone('network'),
  stopped: () => gone('server-shutdown'),
  'turned-away': () => gone('denied', 'FORBIDDEN'),
  'error-unreachable': () => error('SIGNAL_UNREACHABLE'),
  'error-origin': () => error('ORIGIN_NOT_ALLOWED'),
  'error-room': () => error('ROOM_NAME_INVALID'),
};
