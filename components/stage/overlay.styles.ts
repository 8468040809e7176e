/** What lies beside and over the tiles: leafing, carrying our own picture, bringing it back. */
import { css } from 'lit';

export const overlayStyles = css`
  .pager {
    position: absolute;
    inset-inline-start: var(--_x, 0);
    inset-block-start: var(--_y, 0);
    inline-size: var(--_w, 100%);
    block-size: var(--_h, 44px);
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 2px;
  }
  .turn {
    display: grid;
    place-items: center;
    inline-size: max(24px, var(--_h, 44px));
    block-size: 100%;
    padding: 0;
    border: 0;
    border-radius: var(--_button-radius);
    background: none;
    color: var(--_fg);
    font: inherit;
    cursor: pointer;
  }
  .turn:hover {
    background: var(--_control-bg);
  }
  .turn:focus-visible {
    outline-offset: -3px;
  }
  .turn[aria-disabled] {
    color: var(--_fg2);
    opacity: 0.5;
    cursor: default;
  }
  .turn .icon {
    inline-size: 1.25em;
    block-size: 1.25em;
  }
  :host(:dir(rtl)) .turn .icon {
    scale: -1 1;
  }
  .dots {
    display: flex;
    gap: 8px;
    padding-inline: 6px;
  }
  .dots i {
    inline-size: 8px;
    block-size: 8px;
    border-radius: 99px;
    background: var(--_fg2);
    opacity: 0.45;
    transition: opacity 120ms;
  }
  .dots i.here {
    background: var(--_accent-bg);
    opacity: 1;
  }
  .where {
    min-inline-size: 2.5em;
    color: var(--_fg);
    font-size: 0.875em;
    font-variant-numeric: tabular-nums;
    font-weight: 600;
    text-align: center;
  }

  .handle,
  .hidden-self button {
    display: grid;
    place-items: center;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: rgb(18 19 18 / 0.74);
    color: #fff;
    font: inherit;
    cursor: pointer;
  }
  .handle {
    position: absolute;
    inset-block-start: 6px;
    inset-inline-start: 6px;
    inline-size: 32px;
    block-size: 32px;
    cursor: inherit;
    opacity: 0;
    transition: opacity 120ms;
  }
  .handle .icon {
    inline-size: min(1.05em, 22px);
    block-size: min(1.05em, 22px);
  }
  webrtc-video-tile:hover .handle,
  webrtc-video-tile:focus-within .handle {
    opacity: 1;
  }
  :is(.handle, .hidden-self button):focus-visible {
    outline-color: #fff;
    outline-offset: -4px;
  }
  .hidden-self {
    position: absolute;
    z-index: 1;
    margin: 10px;
  }
  .hidden-self button {
    inline-size: 44px;
    block-size: 44px;
    box-shadow:
      0 0 0 1.5px rgb(255 255 255 / 0.55),
      0 6px 22px rgb(0 0 0 / 0.28);
  }
  .start-start,
  .start-end {
    inset-block-start: 0;
  }
  .end-start,
  .end-end {
    inset-block-end: 0;
  }
  .start-start,
  .end-start {
    inset-inline-start: 0;
  }
  .start-end,
  .end-end {
    inset-inline-end: 0;
  }
  @media (forced-colors: active) {
    .turn,
    .handle,
    .hidden-self button {
      border: 1px solid ButtonBorder;
    }
    .dots i {
      background: ButtonText;
      forced-color-adjust: none;
    }
    .dots i.here {
      background: Highlight;
    }
  }
`;
