/**
 * The panels that open beside the stage, or over it where there is no room; one at a time. A new one is one entry
 * here. The element itself is loaded when it is first opened.
 */
import { html, type TemplateResult } from 'lit';
import type { PanelName, SettingsPane } from '../shared/call-context.js';
import type { WebrtcEvent } from '../shared/events/call-events.js';
import { PeopleToggleEvent } from '../shared/events/people-events.js';
import { ChatToggleEvent } from '../shared/events/talk-events.js';
import { CHAT_PARTS, PEOPLE_PARTS, SETTINGS_PARTS } from './exported-parts.js';

export interface SidePanel {
  readonly tag: string;
  /** Gets the focus when it opens: by its `focus()`. */
  draw(pane: SettingsPane | ''): TemplateResult;
  /** What the page hears. */
  toggled?(open: boolean): WebrtcEvent<unknown>;
}

export const SIDE_PANELS: Readonly<Record<PanelName, SidePanel>> = {
  chat: {
    tag: 'webrtc-chat',
    draw: () => html`<webrtc-chat exportparts=${CHAT_PARTS}></webrtc-chat>`,
    toggled: (open) => new ChatToggleEvent({ open }),
  },
  people: {
    tag: 'webrtc-participants',
    draw: () => html`<webrtc-participants exportparts=${PEOPLE_PARTS}></webrtc-participants>`,
    toggled: (open) => new PeopleToggleEvent({ open }),
  },
  settings: {
    tag: 'webrtc-settings',
    draw: (pane) => html`<webrtc-settings exportparts=${SETTINGS_PARTS} .pane=${pane}></webrtc-settings>`,
  },
};
