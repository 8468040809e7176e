/** For JSX of React 19: `/// <reference types="webrtc-elements/types/react" />`, or `types` in the tsconfig. */
import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { AttributesByTag, Listeners } from './attributes.js';

type Props<Tag extends keyof AttributesByTag> = Omit<
  DetailedHTMLProps<HTMLAttributes<HTMLElementTagNameMap[Tag]>, HTMLElementTagNameMap[Tag]>,
  keyof AttributesByTag[Tag]
> &
  AttributesByTag[Tag] &
  Listeners & { class?: string };

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'webrtc-room': Props<'webrtc-room'>;
      'webrtc-prejoin': Props<'webrtc-prejoin'>;
      'webrtc-stage': Props<'webrtc-stage'>;
      'webrtc-video-tile': Props<'webrtc-video-tile'>;
      'webrtc-controls': Props<'webrtc-controls'>;
      'webrtc-chat': Props<'webrtc-chat'>;
      'webrtc-participants': Props<'webrtc-participants'>;
      'webrtc-settings': Props<'webrtc-settings'>;
    }
  }
}
