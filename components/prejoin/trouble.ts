/** What went wrong at the door and how to mend it. Comes when something did. */
import { css, html, nothing, type TemplateResult } from 'lit';
import type { CallError } from '../core/call-error.js';
import type { LocalParticipant } from '../core/participant.js';
import { deviceHelp, deviceTroubles, type DeviceTrouble } from '../shared/device-help.js';
import { errorWords } from '../shared/error-words.js';
import type { Localize } from '../shared/localize.js';

export { enMore as texts } from '../lang/en-more.js';
export const styles = css`
  .notice {
    display: grid;
    gap: 8px;
    padding: 12px 14px;
    border-radius: var(--_radius);
    border: 1px solid color-mix(in srgb, var(--_danger) 34%, var(--_bg));
    background: color-mix(in srgb, var(--_danger) 9%, var(--_bg2));
    font-size: 0.9375em;
    overflow-wrap: anywhere;
  }
  .notice p,
  .notice strong {
    margin: 0;
    display: block;
  }
  .notice .code {
    display: flex;
    align-items: center;
    gap: 6px;
    border-radius: 8px;
    background: var(--_bg3);
    padding: 2px 2px 2px 10px;
    padding-block: 2px;
  }
  .notice code {
    flex: 1;
    min-inline-size: 0;
    direction: ltr;
    text-align: start;
    font:
      500 0.875em ui-monospace,
      monospace;
    user-select: all;
  }
  .notice .button {
    padding: 0 0.9em;
    border-radius: 8px;
    background: transparent;
  }
  @container prejoin (width < 420px) and (height < 340px) {
    .notice p {
      font-size: 0.875em;
    }
  }
`;

const troublesOf = ({ microphone, camera }: LocalParticipant): readonly DeviceTrouble[] =>
  deviceTroubles([microphone.error, camera.error]);

export const mayRetry = ({ code }: CallError): boolean => errorWords(code).retry;

/** Asking for the devices again cannot help: somebody else has to act first. */
export function hopeless(local: LocalParticipant): boolean {
  const [first] = troublesOf(local);
  return first !== undefined && !deviceHelp(first).retry;
}

export function notices(text: Localize, error: CallError | null, local: LocalParticipant): TemplateResult {
  return html`${error ? refused(text, error) : nothing} ${troublesOf(local).map((trouble) => problem(text, trouble))}`;
}

function refused(text: Localize, { code }: CallError): TemplateResult {
  const { title, help } = errorWords(code);
  return html`<div part="notification" class="notice" role="alert">
    <div><strong>${text.term(title)}</strong>${text.term(help)}</div>
  </div>`;
}

function problem(text: Localize, trouble: DeviceTrouble): TemplateResult {
  const help = deviceHelp(trouble);
  return html`<div part="notification" class="notice" role="alert">
    <p>${text.term(help.key, help.device)}</p>
    ${help.code ? html`<div class="code" dir="ltr"><code>${help.code}</code></div>` : nothing}
  </div>`;
}
