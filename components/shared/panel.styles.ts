/** What the panels beside the stage (people, chat, settings) have in common: a quiet card, its title, a round button. */
import { css } from 'lit';

export const panelCard = css`
  :host {
    display: block;
    min-inline-size: 0;
    block-size: 100%;
  }
  .panel {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    min-block-size: 0;
    border-radius: var(--_tile-radius);
    background: var(--_bg2);
    box-shadow: 0 0 0 1px var(--_border-color);
    overflow: hidden;
  }
  h2,
  h3 {
    margin: 0;
    outline: none;
    min-inline-size: 0;
    letter-spacing: -0.01em;
    overflow-wrap: break-word;
  }
  h2 {
    font-size: 1.125em;
    font-weight: 650;
  }
  .plain {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 44px;
    block-size: 44px;
    border: 0;
    border-radius: 50%;
    background: none;
    color: var(--_fg);
    font: inherit;
    cursor: pointer;
  }
  .plain:hover {
    background: var(--_bg3);
  }
  .plain .icon {
    /* However large the text: it stays inside its circle. */
    inline-size: min(1.2em, 28px);
    block-size: min(1.2em, 28px);
  }
`;

/** A switch: words, and a slider that only shows. */
export const switchStyles = css`
  .switch {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
    inline-size: 100%;
    min-block-size: 52px;
    padding: 6px 10px;
    border: 0;
    border-radius: 12px;
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
    cursor: pointer;
  }
  .switch i {
    flex: none;
    inline-size: 40px;
    block-size: 24px;
    padding: 3px;
    border-radius: 99px;
    background: color-mix(in srgb, var(--_fg2) 80%, var(--_bg2));
    transition: background-color 120ms;
  }
  .switch i::after {
    content: '';
    display: block;
    inline-size: 18px;
    block-size: 18px;
    border-radius: 50%;
    background: var(--_bg2);
    transition: margin 120ms;
  }
  .switch[aria-checked='true'] i {
    background: var(--_accent-bg);
  }
  .switch[aria-checked='true'] i::after {
    margin-inline-start: 16px;
  }
`;
