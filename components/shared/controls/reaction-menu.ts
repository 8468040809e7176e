/** Eight reactions at a button: a small menu, moved through with all four arrows. */
import { html, render } from 'lit';
import { REACTIONS, type Reaction } from '../../core/messaging/reactions.js';
import type { Localize } from '../localize.js';
import { showMenu } from '../menu.js';

/** A second press closes it. */
export function showReactions(anchor: HTMLElement, text: Localize, react: (emoji: Reaction) => Promise<void>): void {
  const root = anchor.getRootNode() as ShadowRoot;
  const open = root.querySelector('.menu.reactions');
  if (open) {
    open.dispatchEvent(new Event('close'));
    return;
  }
  const holder = document.createElement('div');
  const close = (back: boolean): void => {
    hide();
    holder.remove();
    if (back) anchor.focus();
  };
  const choose = (emoji: Reaction): void => {
    close(true);
    react(emoji).catch(() => undefined); // too many at once
  };
  render(
    html`<div
      part="menu"
      class="menu reactions"
      role="menu"
      popover="manual"
      tabindex="-1"
      dir=${text.dir()}
      aria-label=${text.term('react')}
      @close=${() => close(false)}
      @keydown=${inRows}
    >
      ${REACTIONS.map(
        (emoji) =>
          html`<button
            class="item"
            type="button"
            role="menuitem"
            tabindex="-1"
            aria-label=${text.term('reactionName', emoji)}
            title=${text.term('reactionName', emoji)}
            @click=${() => choose(emoji)}
          >
            ${emoji}
          </button>`,
      )}
    </div>`,
    holder,
  );
  root.append(holder);
  const hide = showMenu(holder.querySelector<HTMLElement>('.menu') ?? holder, anchor, close);
}

/** It has two rows: up and down go by a row, and the menu itself knows only one after the other. */
function inRows(event: KeyboardEvent): void {
  const menu = event.currentTarget as HTMLElement;
  const items = [...menu.querySelectorAll<HTMLElement>('[role=menuitem]')];
  const at = items.findIndex((item) => item === event.composedPath()[0]);
  const step = getComputedStyle(menu).direction === 'rtl' ? -1 : 1;
  const half = items.length / 2;
  const by = { ArrowRight: step, ArrowLeft: -step, ArrowDown: half, ArrowUp: -half }[event.key];
  if (by === undefined || at < 0) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  items.at((at + by) % items.length)?.focus();
}
