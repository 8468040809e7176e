/** What a telephone shows while it rings, here or there. Templates. */
import { html, nothing, type TemplateResult } from 'lit';
import type { IncomingCall, OutgoingRing, Party, PhoneState } from '../core/phone/phone-state.js';
import { initials } from '../shared/avatar.js';
import { icon } from '../shared/icons.js';
import type { Localize } from '../shared/localize.js';
import { moreIcon } from '../shared/more-icons.js';
import { phoneIcon } from './icons.js';

/** How somebody is called: by name, else by address, shortened to what tells it apart. */
export function nameOf(text: Localize, { displayName, address }: Party): string {
  return displayName || shortAddress(address ?? '') || text.term('unknownCaller');
}

export function shortAddress(address: string): string {
  return address.length > 30 ? `${address.slice(0, 9)}…${address.slice(-4)}` : address;
}

export function callingFace(text: Localize, ring: OutgoingRing, hangUp: () => void): TemplateResult {
  const name = shortAddress(ring.to);
  return html`<div class="face" tabindex="-1" data-focus>
    ${medal(ring.to, '')}
    <h2>${text.term('callingName', name)}</h2>
    <div class="answers">
      <button class="round danger" type="button" data-act="hang-up" @click=${hangUp}>
        ${moreIcon('endCall')}<span>${text.term('hangUp')}</span>
      </button>
    </div>
  </div>`;
}

export interface AnswerActs {
  accept(video: boolean): void;
  decline(): void;
}

export function ringingFace(
  text: Localize,
  incoming: IncomingCall,
  { answering, address }: Pick<PhoneState, 'address' | 'answering'>,
  withVideo: boolean,
  { accept, decline }: AnswerActs,
): TemplateResult {
  const name = nameOf(text, incoming.from);
  const video = withVideo && incoming.video;
  return html`<div class="face" role="group" aria-labelledby="who" tabindex="-1" data-focus>
    ${medal(incoming.from.address ?? name, incoming.from.displayName)}
    <h2 id="who">${text.term('incomingCall', name)}</h2>
    ${incoming.from.displayName && incoming.from.address ? html`<p class="mono">${shortAddress(incoming.from.address)}</p>` : nothing}
    ${incoming.to === address ? nothing : html`<p>${text.term('incomingFor', incoming.to)}</p>`}
    <div class="answers">
      <button class="round danger" type="button" data-act="decline" @click=${decline}>
        ${moreIcon('endCall')}<span>${text.term('decline')}</span>
      </button>
      ${
        video
          ? html`<button
              class="round quiet"
              type="button"
              data-act="accept-audio"
              title=${text.term('answerAudio')}
              aria-disabled=${answering}
              @click=${() => accept(false)}
            >
              ${icon('microphone')}<span>${text.term('answerAudio')}</span>
            </button>`
          : nothing
      }
      <button class="round accept" type="button" data-act="accept" aria-disabled=${answering} @click=${() => accept(video)}>
        ${video ? icon('camera') : phoneIcon('phone')}<span>${answering ? text.term('connecting') : text.term('answer')}</span>
      </button>
    </div>
  </div>`;
}

function medal(of: string, name: string): TemplateResult {
  return html`<span class="pulse" aria-hidden="true"
    ><span part="avatar" class="avatar" data-of=${of}>${initials(name) || phoneIcon('phone')}</span></span
  >`;
}
