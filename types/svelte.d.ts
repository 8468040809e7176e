/** For markup of Svelte: `/// <reference types="webrtc-elements/types/svelte" />`, or `types` in the tsconfig. */
import type { HTMLAttributes } from 'svelte/elements';
import type { WebrtcEventMap } from '../dist/components/elements.js';
import type { AttributesByTag, Listeners } from './attributes.js';

/** `on:call-joined`, as Svelte 4 writes it. */
type Directives = { [Name in keyof WebrtcEventMap as `on:${Name}`]?: (event: WebrtcEventMap[Name]) => void };
type Props<Tag extends keyof AttributesByTag> = Omit<HTMLAttributes<HTMLElementTagNameMap[Tag]>, keyof AttributesByTag[Tag]> &
  AttributesByTag[Tag] &
  Listeners &
  Directives;

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
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
