/**
 * The table of bad input, row by row, and where each is tested: a file of this folder and words of the
 * test's title or of its table. What a mesh server has no part in says so instead.
 */
export type Place = readonly [file: string, words: string];

export const ROWS: Readonly<Record<string, readonly Place[] | { readonly elsewhere: string }>> = {
  // Transport and protocol
  W1: [['gate.test.ts', 'before there is a WebSocket']],
  W2: [['gate.test.ts', '{}] as readonly']],
  W3: [['gate.test.ts', 'https://good.example.evil.com']],
  W4: [['transport.test.ts', 'an older Engine.IO']],
  W5: [['transport.test.ts', "'polling'"]],
  W6: [['transport.test.ts', 'of a frame above 128 KiB is closed with 1009']],
  W7: [['transport.test.ts', 'is never compressed, whoever asks for it']],
  W8: [['transport.test.ts', 'of a message in very many fragments is closed']],
  W9: [
    ['bad-input.test.ts', 'of half a protocol ends the line'],
    ['bad-input.test.ts', 'bytes inside'],
  ],
  W11: [['bad-input.test.ts', 'is answered with UNKNOWN_EVENT']],
  W12: [['bad-input.test.ts', 'to a namespace that is not there is refused']],
  W13: [
    ['closing.test.ts', 'a connection that never speaks'],
    ['membership.test.ts', 'nor is a line that asks for nothing'],
  ],
  W14: [['closing.test.ts', 'or never answers a ping is closed']],
  W15: [['closing.test.ts', 'loses its line over a real connection']],
  W16: [
    ['gate.test.ts', 'only so many lines at once'],
    ['gate.test.ts', 'only so many lines in ten seconds'],
  ],
  // Events
  E17: [['bad-input.test.ts', 'is answered with BAD_PAYLOAD']],
  E18: [['bad-input.test.ts', 'without an acknowledgement is told by server-error']],
  E19: [['bad-input.test.ts', 'with more arguments than there should be']],
  E20: [['bad-input.test.ts', 'something unknown']],
  E22: [['bad-input.test.ts', '{"constructor":{"prototype"']],
  E23: [['joining.test.ts', '__proto__']],
  E24: [['joining.test.ts', 'to the room name']],
  E25: [['joining.test.ts', 'to the room name']],
  E27: [['joining.test.ts', 'gives the same seat to the same attempt on the same line']],
  E28: [['joining.test.ts', 'is refused to a line that is in another room']],
  E29: [['joining.test.ts', 'is refused to one too many']],
  E30: [
    ['moderation.test.ts', 'a lock keeps newcomers out'],
    ['waiting-room.test.ts', 'newcomers wait, moderators hear who they are'],
  ],
  E31: [['signal-forwarder.test.ts', 'is not for those who did not join, or left']],
  E32: [['signal-forwarder.test.ts', 'finds nobody: oneself, a stranger, somebody in another room']],
  E34: [['descriptions.test.ts', 'BAD_PAYLOAD']],
  E35: [['descriptions.test.ts', 'SDP_REJECTED']],
  E36: [['descriptions.test.ts', 'session descriptions']],
  E37: [['descriptions.test.ts', 'leaves candidates out that may not be passed on']],
  E38: [
    ['descriptions.test.ts', 'intranet'],
    ['signal-forwarder.test.ts', 'at most 64 candidates of one generation'],
  ],
  E39: [['signal-forwarder.test.ts', 'may end the candidates of an m-line']],
  E41: [['signal-forwarder.test.ts', 'is refused when nobody offered']],
  E42: {
    elsewhere:
      'Chat goes from page to page; the server has no such event and answers UNKNOWN_EVENT. test/core/chat-text.test.ts holds both ends to it.',
  },
  E43: {
    elsewhere: 'As E42; test/elements/chat.test.ts shows that it stays text, test/core/chat-text.test.ts clamps the marks.',
  },
  E44: [['names.test.ts', 'a display name']],
  E45: [['names.test.ts', 'surrogate']],
  E46: [
    ['moderation.test.ts', 'may not ${event}, and nobody hears that they tried'],
    ['moderation.test.ts', 'finds nobody who is oneself, absent or next door'],
  ],
  E47: [['bad-input.test.ts', '{"role":"host"}']],
  E48: [['bad-input.test.ts', 'in a flood is held back with the time to wait']],
  E49: [['transport.test.ts', 'of somebody who joins and leaves in circles']],
  E50: [['bad-input.test.ts', 'of many rooms from one line stops at the first']],
  E51: { elsewhere: 'The protocol carries no free metadata; an unknown property is E20.' },
  E52: [
    ['joining.test.ts', 'can be undone twice'],
    ['signal-forwarder.test.ts', 'is not for those who did not join, or left'],
  ],
  E53: [
    ['membership.test.ts', 'is not given for a wrong token'],
    ['moderation.test.ts', 'does not come back, by seat or by token'],
  ],
  E54: [['joining.test.ts', 'of the protocol, and says which it speaks']],
  // Tokens
  T55: [['tokens.test.ts', 'and nobody hears of it']],
  T56: [['tokens.test.ts', 'aud']],
  T57: [['tokens.test.ts', 'jti']],
  T58: [['tokens.test.ts', 'TOKEN_EXPIRED']],
  T59: [['tokens.test.ts', 'FORBIDDEN']],
  T60: [['token-use.test.ts', 'is good once: not for another device']],
  T61: [['tokens.test.ts', 'in the address is not looked at']],
  // HTTP
  H62: [['rest-input.test.ts', 'malformed JSON']],
  H63: [['rest-input.test.ts', 'a number for a string']],
  H64: [['rest-input.test.ts', 'text/plain']],
  H65: [['rest-input.test.ts', 'more than 16 KiB']],
  H66: [['site.test.ts', 'answers an address that cannot be read']],
  H67: [['rest-input.test.ts', 'two lengths']],
  H68: [['transport.test.ts', 'a request that never ends']],
  H69: [['gate.test.ts', 'believes X-Forwarded-For from the proxies it knows']],
  H70: [['site.test.ts', 'answers what is not there']],
  H71: [['transport.test.ts', 'asks for ICE servers ten times a minute']],
  H72: [['site.test.ts', 'gives a stranger no access to anything but the bundle']],
  H73: [['operations.test.ts', 'are not on the public listener without a token']],
};
