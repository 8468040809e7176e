/** What went wrong at the door and how to mend it. Comes when something did. */
import { css, html, nothing, type TemplateResult } from 'lit';
import type { CallError } from '../core/call-error.js';
import type { LocalParticipant } from '../core/participant.js';
import { deviceHelp, deviceTroubles, type DeviceTrouble } from '../shared/device-help.js';
import { errorWords } from '../shared/error-words.js';
import { moreIcon } from '../shared/more-icons.js';
import type { Localize } from '../shared/localize.js';

export { enMore as texts } from '../lang/en-more.js';
export const styles = css`
  .notice {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 10px;
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
    margin-block-start: 8px;
    padding: 0 0 0 10px;
  }
  .notice code {
    flex: 1;
    min-inline-size: 0;
    /* An address can be endless; the button copies all of it. */
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
    overflow: hidden;
    direction: ltr;
    text-align: start;
    font:
      500 0.875em ui-monospace,
      monospace;
    user-select: all;
  }
  .notice > .icon {
    inline-size: 1.3em;
    block-size: 1.3em;
    margin-block-start: 0.05em;
    color: color-mix(in srgb, var(--_danger) 80%, var(--_fg));
  }
  .notice button {
    display: grid;
    place-items: center;
    inline-size: 44px;
    block-size: 40px;
    padding: 0;
    border: 0;
    border-radius: 8px;
    background: none;
    color: inherit;
    cursor: pointer;
  }
  .notice button:hover {
    background: var(--_control-hover-bg);
  }
  .notice button .icon {
    inline-size: 1.1em;
    block-size: 1.1em;
  }
  .notice button:not([data-copied]) .icon-check,
  .notice [data-copied] .icon-copy {
    display: none;
  }
  @container prejoin (width < 420px) and (height < 340px) {
    .notice p {
      font-size: 0.875em;
    }
  }
`;

const troublesOf = ({ microphone, camera }: LocalParticipant): readonly DeviceTrouble[] =>
  deviceTroubles([microphone.error, camera.error]);

const wordsOf = ({ code }: CallError): ReturnType<typeof errorWords> => errorWords(code, navigator.onLine);
export const mayRetry = (error: CallError): boolean => wordsOf(error).retry;
/** What stands where the door asked whether one is ready. */
export const heading = (text: Localize, error: CallError): string => text.term(wordsOf(error).title);

/** Asking for the devices again cannot help: somebody else has to act first. */
export function hopeless(local: LocalParticipant): boolean {
  const [first] = troublesOf(local);
  return first !== undefined && !deviceHelp(first).retry;
}

export function notices(text: Localize, local: LocalParticipant): readonly TemplateResult[] {
  return troublesOf(local).map((trouble) => problem(text, trouble));
}

/** Why joining failed. @param titled The heading says it already: only the announcement needs the title then. */
export function refused(text: Localize, error: CallError, titled: boolean): TemplateResult {
  const { title, help } = wordsOf(error);
  return html`<div part="notification" class="notice" role="alert">
    ${moreIcon('warning')}
    <div><strong class=${titled ? 'visually-hidden' : ''}>${text.term(title)}</strong> ${text.term(help)}</div>
  </div>`;
}

function problem(text: Localize, trouble: DeviceTrouble): TemplateResult {
  const help = deviceHelp(trouble);
  // Over http: the same page is mostly there over https: as well.
  const secure =
    trouble.reason === 'insecure' && location.protocol === 'http:' ? location.href.replace(/^http:/, 'https:') : null;
  const code = help.code ?? secure;
  return html`<div part="notification" class="notice" role="alert">
    ${moreIcon('warning')}
    <div>
      <p>${text.term(help.key, help.device)}</p>
      ${
        code
          ? html`<div class="code" dir="ltr">
              <code>${code}</code>
              <button
                type="button"
                aria-label=${text.term('copyCode')}
                title=${text.term('copyCode')}
                @click=${(event: Event) => copy(code, event)}
              >
                ${moreIcon('copy')}${moreIcon('check')}
              </button>
            </div>`
          : nothing
      }
    </div>
  </div>`;
}

/** Where there is no clipboard, a click on the code marks all of it. */
function copy(code: string, { currentTarget }: Event): void {
  void navigator.clipboard
    ?.writeText(code)
    .then(() => (currentTarget as Element).toggleAttribute('data-copied', true))
    .catch(() => undefined);
}
