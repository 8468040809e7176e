/** The toolbar: a floating pill where there is room, an even row where there is little. */
import { css } from 'lit';

export const controlsStyles = css`
  :host {
    display: block;
    min-inline-size: 0;
  }
  .box {
    container: controls / inline-size;
  }
  .bar {
    position: relative;
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    inline-size: fit-content;
    max-inline-size: 100%;
    --_height: var(--webrtc-control-bar-height, calc(64px * var(--_zoom, 1)));
    min-block-size: var(--_height);
    margin-inline: auto;
    padding: 8px;
    border-radius: calc(var(--_height) / 2);
    background: var(--_bg2);
    box-shadow:
      0 0 0 1px var(--_border-color),
      0 8px 28px rgb(0 0 0 / 0.08);
  }
  ::slotted(*) {
    flex: none;
  }
  .idle {
    visibility: hidden;
  }
  button {
    position: relative;
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.5em;
    flex: none;
    min-inline-size: calc(48px * var(--_zoom, 1));
    min-block-size: calc(48px * var(--_zoom, 1));
    padding: 0;
    border: 0;
    border-radius: var(--_button-radius);
    background: var(--_control-bg);
    color: var(--_control-fg);
    font: inherit;
    font-weight: 600;
    cursor: pointer;
    -webkit-tap-highlight-color: transparent;
    touch-action: manipulation;
    transition:
      background-color 120ms,
      color 120ms,
      transform 120ms;
  }
  button:hover {
    background: var(--_control-hover-bg);
  }
  button:active {
    background: var(--_control-active-bg);
    transform: scale(0.96);
  }
  /* Off is told three times: the struck-out icon, the words, the colour. */
  button.off {
    background: color-mix(in srgb, var(--_danger) 16%, var(--_bg2));
    color: color-mix(in srgb, var(--_danger) 72%, var(--_fg));
  }
  button.off:hover {
    background: color-mix(in srgb, var(--_danger) 24%, var(--_bg2));
  }
  button.sharing {
    background: var(--_accent-bg);
    color: var(--_accent-fg);
  }
  button.leave {
    margin-inline-start: 6px;
    padding-inline: 1.1em;
    background: var(--_danger);
    color: var(--_danger-fg);
  }
  button.leave:hover {
    background: color-mix(in srgb, var(--_danger) 86%, #000);
  }
  /* However large the text: it stays inside its circle. */
  button > .icon {
    inline-size: min(1.375em, 30px * var(--_zoom, 1));
    block-size: min(1.375em, 30px * var(--_zoom, 1));
  }
  button.leave .icon {
    rotate: 135deg;
  }
  button[aria-disabled='true'] {
    cursor: progress;
  }
  button[aria-busy='true'] > .icon {
    opacity: 0.45;
  }
  button[aria-busy='true']::after {
    content: '';
    position: absolute;
    inset: 5px;
    border: 2.5px solid transparent;
    border-block-start-color: currentColor;
    border-radius: 50%;
    animation: turn 800ms linear infinite;
  }
  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }
  .dot {
    position: absolute;
    inset-block-start: 1px;
    inset-inline-end: 1px;
    inline-size: 14px;
    block-size: 14px;
    border: 2px solid var(--_bg2);
    border-radius: 50%;
    background: var(--_danger);
  }

  @container controls (width < 420px) {
    .bar {
      gap: 6px;
    }
    button.leave {
      padding: 0;
    }
    button.leave .word {
      display: none;
    }
  }
  @container controls (width < 380px) {
    .bar {
      gap: 5px;
      padding: 6px;
    }
    button {
      min-inline-size: 44px;
      min-block-size: 44px;
    }
    .caret {
      min-inline-size: 26px;
      padding-inline-end: 2px;
    }
    .many .caret {
      display: none;
    }
  }
  @container controls (width < 300px) {
    .caret {
      display: none;
    }
  }
  @container controls (width < 280px) {
    .bar {
      gap: 4px;
      min-block-size: 0;
      padding: 4px;
    }
    .bar.many {
      gap: 2px;
      padding-inline: 3px;
    }
    button {
      min-inline-size: 44px;
      min-block-size: 44px;
    }
    button.leave {
      margin-inline-start: 2px;
    }
    .tooltip {
      display: none;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    button[aria-busy='true']::after {
      animation: none;
    }
  }
  @media (forced-colors: active) {
    .bar,
    button,
    .tooltip {
      border: 1px solid ButtonBorder;
    }
    button.off {
      border-style: dashed;
    }
  }
`;
