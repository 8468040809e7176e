/** The list of keys, as a dialog. */
import { css, html, type TemplateResult } from 'lit';
import { moreIcon } from '../shared/more-icons.js';
import type { Localize } from '../shared/localize.js';

export const helpStyles = css`
  .keys {
    inline-size: min(26rem, 100% - 24px);
    max-block-size: calc(100dvb - 24px);
    padding: 18px 20px 20px;
    border: 0;
    border-radius: 20px;
    background: var(--_bg2);
    color: var(--_fg);
    box-shadow: 0 20px 60px rgb(0 0 0 / 0.35);
  }
  .keys::backdrop {
    background: rgb(0 0 0 / 0.45);
  }
  .keys .head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
  }
  .keys h2 {
    margin: 0;
    font-size: 1.125em;
    font-weight: 650;
    letter-spacing: -0.01em;
    outline: none;
  }
  .keys .head button {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 44px;
    block-size: 44px;
    margin-inline-end: -10px;
    border: 0;
    border-radius: 50%;
    background: none;
    color: inherit;
    font: inherit;
    cursor: pointer;
  }
  .keys .head button:hover {
    background: var(--_bg3);
  }
  .keys p {
    margin: 0 0 10px;
    color: var(--_fg2);
    font-size: 0.9375em;
  }
  .keys dl {
    margin: 0;
  }
  .keys dl div {
    display: flex;
    flex-direction: row-reverse;
    align-items: center;
    justify-content: space-between;
    gap: 16px;
    padding-block: 7px;
  }
  .keys dl div + div {
    border-block-start: 1px solid var(--_border-color);
  }
  .keys dt {
    flex: none;
  }
  .keys dd {
    margin: 0;
  }
  .keys kbd {
    display: inline-block;
    min-inline-size: 2em;
    padding: 0.15em 0.6em;
    border: 1px solid var(--_border-color);
    border-block-end-width: 2px;
    border-radius: 7px;
    background: var(--_bg);
    font: inherit;
    font-size: 0.875em;
    font-weight: 600;
    text-align: center;
  }
`;

/** A key and what it does, in words. */
export type Keys = readonly (readonly [key: string, words: string])[];

export function helpDialog(text: Localize, keys: Keys, closed: () => void): TemplateResult {
  const close = (event: Event): void => (event.currentTarget as HTMLElement).closest('dialog')?.close();
  return html`<dialog part="dialog" class="keys" dir=${text.dir()} aria-labelledby="keys" @close=${closed}>
    <div class="head">
      <h2 id="keys" tabindex="-1">${text.term('shortcuts')}</h2>
      <button type="button" aria-label=${text.term('close')} @click=${close}>${moreIcon('close')}</button>
    </div>
    <p>${text.term('shortcutsHelp')}</p>
    <dl>
      ${keys.map(
        ([key, words]) =>
          html`<div>
            <dt><kbd>${key}</kbd></dt>
            <dd>${words}</dd>
          </div>`,
      )}
    </dl>
  </dialog>`;
}
