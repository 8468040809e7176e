/** The buttons over a tile, there when one points at it or reaches it by keyboard, and the menu. */
import { css } from 'lit';
import { menuStyles } from '../shared/menu.styles.js';
import { markStyles } from './tile-marks.js';

export const tileMenuStyles = css`
  ${menuStyles}
  ${markStyles}
  .actions {
    position: absolute;
    inset-block-start: clamp(4px, 2cqmin, 12px);
    inset-inline-end: var(--_clear-start-end, clamp(4px, 2cqmin, 12px));
    display: flex;
    border-radius: 999px;
    background: rgb(18 19 18 / 0.74);
    opacity: 0;
    transition: opacity 120ms;
  }
  :host(:hover) .actions,
  :host(:focus-within) .actions,
  .actions.stay {
    opacity: 1;
  }
  .actions button {
    display: grid;
    place-items: center;
    inline-size: 40px;
    block-size: 40px;
    padding: 0;
    border: 0;
    border-radius: 999px;
    background: none;
    color: #fff;
    font: inherit;
    cursor: pointer;
  }
  .actions button:hover {
    background: rgb(255 255 255 / 0.18);
  }
  .actions button:focus-visible {
    outline-color: #fff;
    outline-offset: -4px;
  }
  .actions .icon {
    inline-size: min(1.2em, 24px);
    block-size: min(1.2em, 24px);
  }
  /* Kept large: what says so stays, what else can be done comes when asked for. */
  :host([pinned]:not(:hover, :focus-within)) .actions.stay .more:not([aria-expanded='true']) {
    display: none;
  }

  .volume {
    padding: 8px 12px 4px;
  }
  .volume label {
    display: block;
    color: var(--_fg2);
    font-size: 0.8125em;
    font-weight: 600;
  }
  .volume > div {
    display: flex;
    align-items: center;
    gap: 8px;
    min-block-size: 44px;
  }
  .volume button {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 44px;
    block-size: 44px;
    margin-inline-start: -12px;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: none;
    color: inherit;
    cursor: pointer;
  }
  .volume button:hover {
    background: var(--_bg3);
  }
  .volume input {
    flex: 1;
    min-inline-size: 0;
    block-size: 44px;
    margin: 0;
    accent-color: var(--_accent-bg);
    cursor: pointer;
  }
  .volume:not(:first-child) {
    margin-block-start: 6px;
    padding-block-start: 10px;
    border-block-start: 1px solid var(--_border-color);
  }
  .question {
    margin: 0;
    padding: 10px 12px 8px;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .answers {
    display: flex;
    gap: 6px;
  }
  .answers .item {
    justify-content: center;
    background: var(--_control-bg);
    font-weight: 600;
  }
  .answers .danger {
    background: var(--_danger);
    color: var(--_danger-fg);
  }

  @container tile (width < 170px) or (height < 110px) {
    .actions button {
      inline-size: 32px;
      block-size: 32px;
      font-size: 14px;
    }
  }
  /* No room for both: what is in the menu as well. */
  @container tile (width < 110px) {
    .pin:not(:last-child) {
      display: none !important;
    }
  }
  @media (forced-colors: active) {
    .actions,
    .actions button {
      border: 1px solid ButtonBorder;
      background: ButtonFace;
      color: ButtonText;
    }
  }
`;
