/** Each framework's own way to name what a tag takes. The names of tags and settings come from `elements.d.ts` beside them. */

const reference = (/** @type {string} */ name) =>
  `\`/// <reference types="webrtc-elements/types/${name}" />\`, or \`types\` in the tsconfig`;

export const TEMPLATES = {
  react: `/** For JSX of React 19: ${reference('react')}. */
import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { Listeners, Settings, Tag } from './elements.js';

type Props<Name extends Tag> = Omit<
  DetailedHTMLProps<HTMLAttributes<HTMLElementTagNameMap[Name]>, HTMLElementTagNameMap[Name]>,
  keyof Settings<Name>
> &
  Settings<Name> &
  Listeners & { class?: string };
type Elements = { [Name in Tag]: Props<Name> };

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements extends Elements {}
  }
}
`,

  preact: `/** For JSX of Preact 10: ${reference('preact')}. */
import type { HTMLAttributes } from 'preact';
import type { Listeners, Settings, Tag } from './elements.js';

type Props<Name extends Tag> = Omit<HTMLAttributes<HTMLElementTagNameMap[Name]>, keyof Settings<Name>> & Settings<Name> & Listeners;
type Elements = { [Name in Tag]: Props<Name> };

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements extends Elements {}
  }
}
`,

  solid: `/** For JSX of Solid: ${reference('solid')}. */
import type { JSX } from 'solid-js';
import type { Attributes, Properties, Settings, Tag, WebrtcEventMap } from './elements.js';

/** \`prop:\` and \`attr:\` say which is meant, where Solid would choose by itself. */
type Explicit<Name extends Tag> = {
  [Key in keyof Properties[Name] as \`prop:\${Key & string}\`]?: Properties[Name][Key];
} & { [Key in keyof Attributes[Name] as \`attr:\${Key & string}\`]?: Attributes[Name][Key] };
type Handlers = { [Name in keyof WebrtcEventMap as \`on:\${Name}\`]?: (event: WebrtcEventMap[Name]) => void };
type Props<Name extends Tag> = Omit<JSX.HTMLAttributes<HTMLElementTagNameMap[Name]>, keyof Settings<Name>> &
  Settings<Name> &
  Explicit<Name> &
  Handlers;
type Elements = { [Name in Tag]: Props<Name> };

declare module 'solid-js' {
  namespace JSX {
    interface IntrinsicElements extends Elements {}
  }
}
`,

  svelte: `/** For markup of Svelte: ${reference('svelte')}. */
import type { HTMLAttributes } from 'svelte/elements';
import type { Listeners, Settings, Tag, WebrtcEventMap } from './elements.js';

/** \`on:call-joined\`, as Svelte 4 writes it. */
type Directives = { [Name in keyof WebrtcEventMap as \`on:\${Name}\`]?: (event: WebrtcEventMap[Name]) => void };
type Props<Name extends Tag> = Omit<HTMLAttributes<HTMLElementTagNameMap[Name]>, keyof Settings<Name>> &
  Settings<Name> &
  Listeners &
  Directives;
type Elements = { [Name in Tag]: Props<Name> };

declare module 'svelte/elements' {
  interface SvelteHTMLElements extends Elements {}
}
`,

  vue: `/** For templates of Vue 3: ${reference('vue')}. */
import type { HTMLAttributes } from 'vue';
import type { Attributes, Camel, Properties, Tag, WebrtcEventMap } from './elements.js';

/** \`@call-joined\` in a template is \`onCallJoined\` to Vue. */
type Handlers = {
  [Name in keyof WebrtcEventMap as \`on\${Capitalize<Camel<Name>>}\`]?: (event: WebrtcEventMap[Name]) => void;
};
/** In templates names may be written either way; bound values are set as properties. */
type Both<Name extends Tag> = Attributes[Name] & {
  [Key in Exclude<keyof Properties[Name] | Camel<keyof Attributes[Name] & string>, keyof Attributes[Name]>]?:
    | (Key extends keyof Properties[Name] ? Properties[Name][Key] : never)
    | (Key extends keyof Attributes[Name] ? Attributes[Name][Key] : never);
};
type Component<Name extends Tag> = new () => { $props: Omit<HTMLAttributes, keyof Both<Name>> & Both<Name> & Handlers };
type Components = { [Name in Tag]: Component<Name> };

declare module 'vue' {
  interface GlobalComponents extends Components {}
}
`,
};
