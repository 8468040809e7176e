/** The button in the page, and what opens in its corner. */
import { css } from 'lit';

export const callButtonStyles = css`
  :host {
    display: inline-block;
    block-size: auto;
    border-radius: 0;
    vertical-align: middle;
  }
  .box {
    display: inline-block;
    container: none;
    inline-size: auto;
    block-size: auto;
    background: none;
    /* It stands on the page, not on a surface of ours. */
    color: inherit;
  }
  .place {
    display: inline-grid;
    justify-items: start;
    gap: 6px;
  }
  .call {
    min-block-size: 52px;
    padding-inline: 1.5em;
    box-shadow: 0 2px 10px rgb(0 0 0 / 14%);
  }
  .status {
    display: flex;
    align-items: center;
    gap: 0.45em;
    font-size: 0.875em;
  }
  .status:empty {
    display: none;
  }
  .status::before {
    content: '';
    flex: none;
    inline-size: 9px;
    block-size: 9px;
    border: 2px solid currentColor;
    border-radius: 50%;
    opacity: 0.7;
  }
  .status.available::before {
    border-color: var(--_success);
    background: var(--_success);
    opacity: 1;
  }
  .status.busy::before {
    border-style: dashed;
  }
  dialog {
    position: fixed;
    inset: auto;
    inset-block-end: 16px;
    inset-inline-end: 16px;
    z-index: 2147483000;
    container: phone / inline-size;
    inline-size: min(26rem, 100vw - 32px);
    block-size: min(24rem, 100dvh - 32px);
    margin: 0;
    padding: 0;
    border: 1px solid var(--_border-color);
    border-radius: var(--_tile-radius);
    background: var(--_bg);
    color: var(--_fg);
    box-shadow: 0 18px 60px rgb(0 0 0 / 28%);
    overflow: hidden;
  }
  dialog[open] {
    display: grid;
  }
  dialog.in-call {
    block-size: min(36rem, 100dvh - 32px);
    /* The room has its own corners: two round clips around a picture cost more than one. */
    overflow: visible;
  }
  dialog .room {
    border-radius: inherit;
  }
  dialog .face {
    overflow: auto;
  }
  dialog .face:has(.corner) {
    padding-block: 48px 16px;
  }
  .after {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 10px;
    margin-block-start: 14px;
  }
  .corner {
    position: absolute;
    inset-block-start: 6px;
    inset-inline-end: 6px;
  }
  @media (max-width: 30rem) {
    dialog,
    dialog.in-call {
      inset-block-end: 0;
      inset-inline-end: 0;
      inline-size: 100vw;
      border-end-start-radius: 0;
      border-end-end-radius: 0;
    }
    dialog.in-call {
      block-size: 100dvh;
      border-radius: 0;
    }
  }
  @media (forced-colors: active) {
    :host {
      border: 0;
    }
  }
`;
