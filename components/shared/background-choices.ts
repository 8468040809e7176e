/** What can be behind us, as entries of the camera's menu: nothing, blur, pictures of ours, one's own. */
import { html, type TemplateResult } from 'lit';
import type { BackgroundWord } from '../lang/translation.js';
import { moreIcon } from './more-icons.js';
import type { Localize } from './localize.js';

const PICTURES: readonly BackgroundWord[] = ['dusk', 'meadow', 'studio'];

export function backgroundChoices(current: string, text: Localize, choose: (background: string) => void): TemplateResult {
  const heading = text.term('background');
  const entries = [
    ['none', text.term('backgroundNone')],
    ['blur', text.term('backgroundBlur')],
    ...PICTURES.map((name) => [`builtin:${name}`, text.term('backgroundNamed', name)]),
  ] as const;
  const own = !entries.some(([value]) => value === current);
  const item = (words: string, checked: boolean, press: () => void): TemplateResult =>
    html`<button class="item" data-later type="button" role="menuitemradio" tabindex="-1" aria-checked=${checked} @click=${press}>
      ${moreIcon('check')}<span>${words}</span>
    </button>`;
  return html`<div class="group" role="group" aria-label=${heading}>
    <div class="heading" aria-hidden="true">${heading}</div>
    ${entries.map(([value = '', words = '']) => item(words, value === current, () => choose(value)))}
    ${item(text.term('backgroundUpload'), own, () => pick(choose))}
  </div>`;
}

/** It stays in the page: only its address in memory is passed on. */
function pick(choose: (background: string) => void): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = 'image/*';
  input.addEventListener('change', () => {
    const [file] = input.files ?? [];
    if (file) choose(URL.createObjectURL(file));
  });
  input.click();
}
