/** The call itself: a room for those who have a ticket, and a way to ring somebody else into it. Template. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Call, CallOptions } from '../core/call.js';
import type { OutgoingRing, PhoneCall } from '../core/phone/phone-state.js';
import type { Translations } from '../lang/translation.js';
import { moreIcon } from '../shared/more-icons.js';
import type { Localize } from '../shared/localize.js';
import { shortAddress } from './faces.js';
import { phoneIcon } from './icons.js';

export type CallFactory = (options: Partial<CallOptions>) => Call;

export interface Surroundings {
  readonly serverUrl: string;
  readonly displayName: string;
  readonly video: boolean;
  readonly resolution: string;
  readonly theme: string;
  readonly translations: Translations;
  readonly callFactory: CallFactory | undefined;
}

export interface Inviting {
  readonly adding: boolean;
  readonly inviting: readonly OutgoingRing[];
  readonly last: string | null;
  readonly wrong: boolean;
  toggleAdding(): void;
  add(address: string): void;
  cancel(id: string): void;
}

/** Buttons of a call without pictures. */
const AUDIO_CONTROLS = 'microphone chat people settings leave';

export function callFace(text: Localize, call: PhoneCall, around: Surroundings, inviting: Inviting | null): TemplateResult {
  const { serverUrl, displayName, video, resolution, theme, translations, callFactory } = around;
  return html`<webrtc-room
    class="room"
    exportparts="tile,video,avatar,controlbar,controlbar-button,icon,name-tag"
    prejoin="off"
    invite-url="off"
    persist-user-choices="off"
    room=${call.room}
    token=${call.ticket}
    server-url=${serverUrl}
    display-name=${displayName}
    video=${video && call.video ? 'on' : 'off'}
    controls=${video ? nothing : AUDIO_CONTROLS}
    layout=${video ? nothing : 'audio'}
    resolution=${resolution || nothing}
    theme=${theme}
    .translations=${translations}
    .callFactory=${callFactory ?? nothing}
  >
    ${inviting ? adding(text, inviting) : nothing}
    <div slot="empty" class="joining" role="status"><span class="spinner"></span>${text.term('connecting')}</div>
  </webrtc-room>`;
}

function adding(text: Localize, act: Inviting): TemplateResult {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    act.add(String(new FormData(event.target as HTMLFormElement).get('address')));
  };
  return html`<div slot="header" class="adding">
    <button class="button" type="button" data-act="add" aria-expanded=${act.adding} @click=${act.toggleAdding}>
      ${phoneIcon('add')}${text.term('addSomeone')}
    </button>
    ${
      act.adding
        ? html`<form @submit=${submit}>
            <input
              name="address"
              dir="ltr"
              autocomplete="off"
              autocapitalize="none"
              spellcheck="false"
              maxlength="128"
              aria-label=${text.term('dial')}
              placeholder=${text.term('dial')}
              aria-invalid=${act.wrong}
            />
            <button class="button primary">${text.term('callVideo')}</button>
          </form>`
        : nothing
    }
    <div role="status" class="notes">
      ${act.wrong ? text.term('notAnAddress') : nothing} ${act.last ?? nothing}
      ${act.inviting.map(
        ({ id, to }) =>
          html`<span class="invited"
            >${text.term('callingName', shortAddress(to))}
            <button class="plain" type="button" aria-label=${text.term('cancel')} @click=${() => act.cancel(id)}>
              ${moreIcon('close')}
            </button></span
          >`,
      )}
    </div>
  </div>`;
}
