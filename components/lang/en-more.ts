/** English, the rest: what is said on panels, in menus, about trouble. Comes with the parts that say it. */
import type { en } from './en.js';
import type { BlockedWord, Translation } from './translation.js';

const NAMES: Readonly<Record<BlockedWord, string>> = {
  microphone: 'microphone',
  camera: 'camera',
  screen: 'screen',
  devices: 'camera and microphone',
};
const list = (names: readonly string[]): string => new Intl.ListFormat('en').format(names);

export const enMore: Omit<Translation, keyof typeof en> = {
  firstHere: 'You’re the first one here',
  firstHereHelp: 'Send someone the link and they’ll appear right here.',
  copyLink: 'Copy invite link',
  copied: 'Link copied',
  tapToHear: 'Tap to hear everyone',
  dismiss: 'Dismiss',

  youLeft: 'You left the call',
  rejoin: 'Rejoin',
  kicked: 'You were removed from the call',
  ended: 'The call has ended',
  lost: 'The connection was lost',
  duplicate: 'You joined from another tab or device',
  serverStopped: 'The server is restarting',
  denied: 'You were not let in',

  joinedSpoken: (names) => (names.length > 3 ? `${names.length} people joined.` : `${list(names)} joined.`),
  leftSpoken: (names) => (names.length > 3 ? `${names.length} people left.` : `${list(names)} left.`),
  youJoinedSpoken: 'You joined the call.',
  connectionLostSpoken: 'Connection lost. Reconnecting.',
  connectionBackSpoken: 'Connected again.',

  errorTitle: 'Something went wrong',
  errorHelp: 'The call could not be started. Please try again.',
  fullTitle: 'This room is full',
  fullHelp: 'When somebody leaves, there is a seat for you.',
  lockedTitle: 'This room is locked',
  lockedHelp: 'Ask someone inside to let you in.',
  badRoomTitle: 'This room doesn’t exist',
  badRoomHelp: 'Check the link you were given: a room name has letters, digits, “-” and “_” only.',
  deniedTitle: 'You can’t enter this room',
  deniedHelp: 'Your invitation is missing or has expired. Ask for a new link.',
  originTitle: 'Calls aren’t allowed on this site',
  originHelp: 'The owner of this page has to allow it on the call server.',
  unreachableTitle: 'The call server doesn’t answer',
  unreachableHelp: 'Check your internet connection and try again.',
  blockedTitle: 'Your network blocks the call',
  blockedHelp: 'A firewall, proxy or VPN is in the way. Another network usually works.',
  busyTitle: 'The call server is busy',
  busyHelp: 'Wait a moment and try again.',
  browserTitle: 'This browser can’t make video calls',
  browserHelp: 'Open this page in a current Chrome, Edge, Firefox or Safari.',
  outdatedTitle: 'This page is out of date',
  outdatedHelp: 'Reload the page to get the current version.',

  deviceKind: (kind) => (kind === 'microphone' ? 'Microphone' : kind === 'camera' ? 'Camera' : 'Speaker'),
  systemDefault: 'System default',
  flipCamera: 'Switch to the other camera',
  testSound: 'Play a test sound',

  moreActions: 'More',

  pin: 'Pin',
  unpin: 'Unpin',
  pinName: (name) => `Pin ${name}`,
  unpinName: (name) => `Unpin ${name}`,
  optionsFor: (name) => `Options: ${name}`,
  tileFullScreen: 'Full screen',
  mirrorOn: 'Mirror my picture',
  mirrorOff: 'Don’t mirror my picture',
  hideSelfView: 'Hide my picture from me',
  showSelfView: 'Show my picture',
  moveSelfView: 'Move my picture (arrow keys)',
  volumeForYou: 'Volume, only for you',
  silenceForYou: 'Silent for you',
  pages: 'Pages of people',
  pageOf: (page, count) => `Page ${page} of ${count}`,
  previousPage: 'Previous page',
  nextPage: 'Next page',

  people: 'People',
  close: 'Close',
  inTheCall: 'In the call',
  waitingHere: 'Waiting to come in',
  admit: 'Let in',
  reject: 'Turn away',
  admitName: (name) => `Let ${name} in`,
  rejectName: (name) => `Turn ${name} away`,
  host: 'Host',
  moderator: 'Moderator',
  viewer: 'Viewer',
  away: 'connection lost',
  muteName: (name) => `Mute ${name}`,
  muteAll: 'Mute everyone',
  kickName: (name) => `Remove ${name}`,
  kickAsk: (name) => `Remove ${name} from the call?`,
  kick: 'Remove',
  cancel: 'Cancel',
  lockRoom: 'Lock the room',
  lockRoomHelp: 'Nobody new can come in.',
  waitingRoom: 'Waiting room',
  waitingRoomHelp: 'Newcomers wait until you let them in.',
  endMeeting: 'End call for everyone',
  endMeetingAsk: 'End the call for everyone?',
  waitingTitle: 'You’re almost in',
  waitingHelp: 'Someone in the call will let you in soon.',
  waitingSpoken: (names) =>
    names.length > 3
      ? `${names.length} people are waiting to come in.`
      : `${list(names)} ${names.length === 1 ? 'is' : 'are'} waiting to come in.`,
  mutedByHost: 'A host muted you.',

  deviceInsecure: (device) =>
    `Browsers don’t give this page your ${NAMES[device]}, because its address doesn’t start with https://.`,
  devicePolicy: (device) => `This page may not use your ${NAMES[device]}. Its owner has to add this to the frame:`,
  deviceBlockedByUser: (device) =>
    `This site is not allowed to use your ${NAMES[device]}. Click the icon beside the address, allow access, and try again.`,
  deviceBlockedBySystem: (device) =>
    `Your computer doesn’t let the browser use the ${NAMES[device]}. Allow it in the system’s privacy settings, then try again.`,
  deviceInUse: (device) => `Another app is using the ${NAMES[device]}. Close it and try again.`,
  deviceNotFound: (device) =>
    `No ${device === 'devices' ? 'camera or microphone' : NAMES[device]} was found. Plug one in, or join without.`,
  deviceConstraints: (device) => `Your ${NAMES[device]} can’t do what was asked. Choose another device.`,
};
