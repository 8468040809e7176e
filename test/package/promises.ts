/** What the package promises to people who write pages and run servers, as one table. Knows nothing of how it is kept. */

export const words = (text: string): readonly string[] => text.split(/\s+/).filter(Boolean);

/** Attribute: its values, or its type. A property of the same name in camelCase belongs to each. */
export const ROOM_ATTRIBUTES = {
  room: 'string',
  'server-url': 'string',
  token: 'string (() => Promise<string>)',
  'display-name': 'string',
  'avatar-url': 'string',
  'external-id': 'string',
  audio: 'on off',
  video: 'on off',
  prejoin: 'on off',
  autojoin: 'boolean',
  layout: 'auto grid spotlight audio',
  'video-fit': 'cover contain',
  mirror: 'on off',
  controls: 'string',
  minimal: 'boolean',
  theme: 'auto light dark',
  'low-data': 'on off auto',
  topology: 'auto mesh sfu',
  'ice-transport-policy': 'all relay',
  e2ee: 'on required',
  background: 'string',
  resolution: 'string',
  'noise-suppression': 'off on strong',
  'persist-user-choices': 'on off',
  shortcuts: 'on off',
  'leave-on-unmount': 'on off',
  'invite-url': 'string',
  sounds: 'on off',
  notifications: 'on off',
} as const;

export const ROOM_PROPERTIES = words(`iceServers localStream translations participants localParticipant devices meetingState
  connectionState topologyState call callFactory`);

/** Those that give a promise, and those that are done when they return. */
export const ROOM_METHODS = {
  async: words(`join leave endMeeting knock cancelKnock preload toggleMicrophone toggleCamera toggleScreenshare
    switchActiveDevice cycleCamera startAudio toggleRaiseHand requestPictureInPicture sendChatMessage sendAppMessage
    sendReaction muteParticipants kickParticipant lockRoom acceptWaitingParticipant rejectWaitingParticipant lowerHand
    testConnection getNetworkStats startRecording stopRecording`),
  sync: words('setParticipantVolume toggleChat togglePeople openInvitation openSettings pinParticipant'),
};

/** Event: the names in its detail; of an error its class. */
export const ROOM_EVENTS = {
  'call-ready': '',
  'call-joining': '',
  'call-joined': 'room participantId',
  'call-left': 'reason',
  'before-join': '',
  'before-leave': '',
  'token-needed': 'reason',
  'participant-joined': 'participant',
  'participant-updated': 'participant',
  'participant-left': 'participantId reason',
  'active-speaker-change': 'participantId',
  'microphone-toggle': 'enabled',
  'camera-toggle': 'enabled',
  'screenshare-toggle': 'enabled',
  'chat-toggle': 'open',
  'people-toggle': 'open',
  'pip-toggle': 'open',
  'raise-hand': 'participantId raised',
  reaction: 'participantId emoji',
  'chat-message': 'message',
  'app-message': 'data from',
  'available-devices-updated': 'microphones cameras speakers',
  'selected-devices-updated': 'microphone camera speaker',
  'device-error': 'DeviceError',
  'playback-blocked': 'blocked',
  'connection-state-change': 'from to',
  'network-quality-change': 'NetworkQualityDetail',
  'waiting-participant-added': 'WaitingParticipant',
  'waiting-participant-removed': 'waitingId',
  'recording-status-change': 'participantId recording',
  'call-error': 'CallError',
  'call-warning': 'CallError',
} as const;

export const LEFT_REASONS = words('voluntary kicked ended network duplicate server-shutdown full denied');

export const ROOM_SLOTS = ['', ...words('header prejoin stage controls side empty ended')];
export const ROOM_PARTS =
  words(`container stage tile video avatar name-tag network-indicator mic-off-icon hand-icon silenced-icon tile-actions
  pager controlbar controlbar-button icon label tooltip menu dialog chat message participants settings notification prejoin preview`);
/** `sfu` is for calls of another kind, which a page may bring: nothing of ours is in that state. */
export const ROOM_STATES = words('joined reconnecting muted video-off low-data mesh');
export const TILE_STATES = words('speaking muted video-off screen local pinned reconnecting');
export const VARIABLES = words(`bg bg2 bg3 fg fg2 border-color accent-bg accent-fg danger danger-fg success control-bg control-fg
  control-hover-bg control-active-bg control-bar-height font-family font-size border-radius grid-gap tile-bg tile-radius
  tile-aspect-ratio button-radius speaking-color focus-ring connection-excellent connection-good connection-poor`);

/** The other elements: attributes, methods and events of their own, slots. */
export const OTHERS: Readonly<Record<string, { attributes: string; members?: string; events?: string; slots?: string }>> = {
  'webrtc-prejoin': { attributes: 'for mirror', members: 'focus', slots: 'heading' },
  'webrtc-stage': { attributes: 'for layout video-fit mirror' },
  'webrtc-video-tile': {
    attributes: `participant-id display-name avatar-url local screen mirror video-fit muted-audio microphone-off camera-off
      hand-raised speaking pinned link-state`,
    members: 'stream',
    slots: '-',
  },
  'webrtc-controls': { attributes: 'for controls', members: 'focus', slots: 'start end' },
  'webrtc-chat': { attributes: 'for', members: 'focus' },
  'webrtc-participants': { attributes: 'for', members: 'focus' },
  'webrtc-phone': {
    attributes: `server-url token address display-name video resolution ring-timeout ringtone strategy presence history theme`,
    members: 'translations phoneFactory callFactory phone ownAddress phoneState call accept decline hangUp',
    events: 'phone-ready incoming-call call-answered call-declined call-missed call-joined call-left call-error',
  },
  'webrtc-call-button': {
    attributes: 'to label server-url token display-name video resolution ring-timeout ringtone presence theme',
    members: 'translations phoneFactory callFactory phone call hangUp',
    events: 'call-answered call-declined call-missed call-joined call-left call-error',
    slots: '- missed',
  },
  'webrtc-settings': { attributes: 'for pane', members: 'focus' },
};
export const FLAGS = words(
  'autojoin minimal local screen mirror muted-audio microphone-off camera-off hand-raised speaking pinned',
);

export const ENTRIES =
  words(`. ./elements.js ./call ./phone ./server ./react ./testing ./custom-elements.json ./vscode.html-custom-data.json
  ./vscode.css-custom-data.json ./types/react ./types/vue ./types/svelte ./types/preact ./types/solid ./package.json`);

/** Route: what it answers without more ado. */
export const ROUTES = {
  'GET /': 200,
  'GET /webrtc-elements.js': 200,
  'GET /embed.js': 200,
  'GET /r/standup': 200,
  'GET /embed/standup': 200,
  'GET /oembed?url=http%3A%2F%2Flocalhost%2Fr%2Fstandup&format=json': 200,
  'GET /oembed?url=http%3A%2F%2Flocalhost%2Fr%2Fstandup&format=xml': 200,
  'GET /doctor': 200,
  'GET /playground': 200,
  'GET /docs/': 200,
  'GET /healthz': 200,
  'GET /readyz': 200,
  'GET /metrics': 401,
  'POST /api/v1/tokens': 401,
  'GET /api/v1/rooms': 401,
  'GET /api/v1/rooms/standup': 401,
  'PATCH /api/v1/rooms/standup': 401,
  'DELETE /api/v1/rooms/standup': 401,
  'GET /api/v1/rooms/standup/participants/a': 401,
  'DELETE /api/v1/rooms/standup/participants/a': 401,
  'POST /api/v1/rooms/standup/participants/a/mute': 401,
} as const;
export const WEBHOOKS = words('room.started room.ended participant.joined participant.left call.missed');
