/** The controls for talking without a voice: chat, reactions, a raised hand. */
import { css } from 'lit';
import { moreIcon } from '../more-icons.js';
import type { Controls } from './control.js';
import { showReactions } from './reaction-menu.js';

export const TALK = {
  chat: ({ state: { chatUnread }, room, text }) => {
    const open = room.chatOpen;
    const words = text.term(open ? 'hideChat' : 'showChat');
    return {
      icon: moreIcon('chat'),
      label: words,
      ...(chatUnread > 0 ? { ariaLabel: `${words} (${text.term('unread', chatUnread)})` } : {}),
      ...(open ? { variant: 'open' } : {}),
      count: chatUnread,
      attention: chatUnread > 0,
      press: () => room.toggleChat(),
    };
  },
  reactions: ({ state, room: { call }, text }) => {
    if (!state.local.grants.chat) return null;
    return {
      icon: moreIcon('reactions'),
      label: text.term('react'),
      press: (anchor) => showReactions(anchor, text, (emoji) => call.sendReaction(emoji)),
    };
  },
  'raise-hand': ({ state: { local }, room, text }) => ({
    icon: moreIcon('hand'),
    label: text.term(local.handRaised ? 'lowerHand' : 'raiseHand'),
    ...(local.handRaised ? { variant: 'sharing' } : {}),
    press: () => room.toggleRaiseHand(!local.handRaised),
  }),
} as const satisfies Controls;

export const talkStyles = css`
  .menu.reactions {
    display: grid;
    grid-template-columns: repeat(4, auto);
    gap: 2px;
    min-inline-size: 0;
  }
  .menu.reactions .item {
    justify-content: center;
    inline-size: 48px;
    block-size: 48px;
    padding: 0;
    font-size: 1.5em;
    line-height: 1;
  }
`;
