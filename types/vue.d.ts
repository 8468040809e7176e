/** For templates of Vue 3: `/// <reference types="webrtc-elements/types/vue" />`, or `types` in the tsconfig. */
import type { WebrtcEventMap } from '../dist/components/elements.js';
import type { AttributesByTag } from './attributes.js';

type Camel<Name extends string> = Name extends `${infer Head}-${infer Tail}` ? `${Head}${Capitalize<Camel<Tail>>}` : Name;

/** `@call-joined` in a template is `onCallJoined` to Vue. */
type Handlers = {
  [Name in keyof WebrtcEventMap as `on${Capitalize<Camel<Name>>}`]?: (event: WebrtcEventMap[Name]) => void;
};
/** In templates attributes may be written either way. */
type Both<Attributes> = Attributes & { [Name in keyof Attributes as Camel<Name & string>]?: Attributes[Name] };
type Component<Tag extends keyof AttributesByTag> = new () => { $props: Both<AttributesByTag[Tag]> & Handlers };

declare module 'vue' {
  interface GlobalComponents {
    'webrtc-room': Component<'webrtc-room'>;
    'webrtc-prejoin': Component<'webrtc-prejoin'>;
    'webrtc-stage': Component<'webrtc-stage'>;
    'webrtc-video-tile': Component<'webrtc-video-tile'>;
    'webrtc-controls': Component<'webrtc-controls'>;
    'webrtc-chat': Component<'webrtc-chat'>;
    'webrtc-participants': Component<'webrtc-participants'>;
    'webrtc-settings': Component<'webrtc-settings'>;
  }
}
