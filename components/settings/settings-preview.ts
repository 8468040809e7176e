/** How the others see us: our own picture with the chosen background, as in a mirror. Sends nothing. */
import { html, nothing, type TemplateResult } from 'lit';
import type { LocalParticipant } from '../core/participant.js';
import type { Localize } from '../shared/localize.js';
import { looksAtUs } from '../shared/mirror.js';

export function preview(local: LocalParticipant, mirror: boolean, text: Localize): TemplateResult {
  const on = local.camera.status === 'on' || local.camera.status === 'turning-off';
  return html`<div class="own" role="group" aria-label=${text.term('preview')}>
    <webrtc-video-tile
      exportparts="video,avatar,icon"
      local
      ?mirror=${mirror && looksAtUs(local.streams.camera)}
      ?camera-off=${!on}
      .stream=${local.streams.camera}
      .displayName=${local.displayName}
      .avatarUrl=${local.avatarUrl ?? ''}
    ></webrtc-video-tile>
    ${on ? nothing : html`<p class="told">${text.term('cameraIsOff')}</p>`}
  </div>`;
}
