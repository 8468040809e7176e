/** What is laid over a call and needs attention. */
import { css } from 'lit';

export const notesStyles = css`
  .notes {
    position: absolute;
    z-index: 2;
    inset-inline: 0;
    inset-block-start: clamp(8px, 2cqmin, 20px);
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    justify-items: center;
    gap: 8px;
    padding-inline: 10px;
    pointer-events: none;
  }
  .notes > * {
    pointer-events: auto;
    box-shadow: 0 8px 30px rgb(0 0 0 / 0.24);
  }
  .badge {
    display: flex;
    align-items: center;
    gap: 0.6em;
    overflow-wrap: anywhere;
    padding: 0.45em 1.1em;
    border-radius: 24px;
    background: var(--_fg);
    color: var(--_bg2);
    font-weight: 600;
    font-size: 0.9375em;
  }
  .badge .button.small {
    min-block-size: 36px;
    margin-block: -2px;
    margin-inline-end: -0.7em;
    padding: 0 1em;
    background: color-mix(in srgb, var(--_bg2) 18%, var(--_fg));
    color: inherit;
    font-size: 0.9375em;
  }
  .badge .button.small:hover {
    background: color-mix(in srgb, var(--_bg2) 28%, var(--_fg));
  }
  .badge .spinner {
    inline-size: 1em;
    block-size: 1em;
    border-width: 2px;
    border-color: color-mix(in srgb, currentColor 35%, transparent);
    border-block-start-color: currentColor;
  }
  .recording {
    position: absolute;
    z-index: 2;
    inset-inline-start: clamp(6px, 2cqmin, 20px);
    inset-block-start: clamp(6px, 2cqmin, 20px);
    display: flex;
    align-items: center;
    gap: 0.5em;
    padding: 0.3em 0.8em;
    border-radius: 999px;
    background: #8c1212;
    color: #fff;
    font-weight: 600;
    font-size: clamp(0.75rem, 2.4cqmin, 0.875rem);
    box-shadow: 0 2px 12px rgb(0 0 0 / 0.3);
  }
  .recording .lamp {
    inline-size: 0.7em;
    block-size: 0.7em;
    border-radius: 50%;
    background: currentColor;
    animation: lamp 2s ease-in-out infinite;
  }
  @keyframes lamp {
    50% {
      opacity: 0.35;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .recording .lamp {
      animation: none;
    }
  }
  .notice {
    display: flex;
    align-items: flex-start;
    gap: 12px;
    max-inline-size: 36rem;
    padding: 12px 6px 12px 16px;
    padding-inline: 16px 6px;
    border-radius: var(--_radius);
    background: var(--_bg2);
    font-size: 0.9375em;
  }
  .notice > .icon {
    margin-block-start: 1px;
    color: color-mix(in srgb, var(--_danger) 78%, var(--_fg));
  }
  .notice > div {
    flex: 1;
    min-inline-size: 0;
  }
  .notice code {
    font:
      500 0.875em ui-monospace,
      monospace;
    user-select: all;
    overflow-wrap: anywhere;
  }
  .dismiss {
    display: grid;
    place-items: center;
    inline-size: 44px;
    block-size: 44px;
    margin-block: -10px;
    border: 0;
    border-radius: 50%;
    background: none;
    color: inherit;
    font: inherit;
    cursor: pointer;
  }
  .hear {
    background: var(--_accent-bg);
  }

  /* The words over their button, not squeezed beside it. */
  @container room (width < 420px) {
    .badge:has(.button) {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr);
      padding-block: 0.7em;
      border-radius: var(--_radius);
    }
    .badge .button.small {
      grid-column: 1 / -1;
      margin: 0;
    }
  }
  /* A stamp: the button of the toolbar is next to it anyway. */
  @container room (width < 300px) {
    .badge {
      font-size: 0.8125em;
    }
    .badge:has(.button) .button {
      display: none;
    }
  }
  @container room (height < 380px) {
    .notes > * ~ * {
      display: none;
    }
  }
  @container room (height < 300px) {
    .notice,
    .hear {
      font-size: 0.8125em;
    }
  }
  @media (forced-colors: active) {
    .notice,
    .recording,
    .badge {
      border: 1px solid CanvasText;
    }
  }
`;
