/** The faces that are only words and a button, and what is laid over a call: invitation, notices. */
import { css } from 'lit';

export const panelStyles = css`
  .panel {
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 12px;
    block-size: 100%;
    padding: 20px;
    overflow: auto;
    text-align: center;
    outline: none;
  }
  .panel h2 {
    margin: 0;
    max-inline-size: 22em;
    font-size: clamp(1.25em, 0.9em + 2.2cqi, 2em);
    font-weight: 650;
    line-height: 1.2;
    letter-spacing: -0.02em;
    text-wrap: balance;
  }
  .panel p {
    margin: 0;
    max-inline-size: 34em;
    color: var(--_fg2);
    text-wrap: pretty;
  }
  .panel .button {
    margin-block-start: 10px;
    padding-inline: 2em;
  }
  .medal {
    display: grid;
    place-items: center;
    inline-size: 72px;
    block-size: 72px;
    margin-block-end: 6px;
    border-radius: 50%;
    background: color-mix(in srgb, var(--_accent-bg) 14%, var(--_bg));
    color: color-mix(in srgb, var(--_accent-bg) 85%, var(--_fg));
    font-size: 1.3em;
  }
  .medal .icon-leave {
    rotate: 135deg;
  }
  .medal.trouble {
    background: color-mix(in srgb, var(--_danger) 13%, var(--_bg));
    color: color-mix(in srgb, var(--_danger) 78%, var(--_fg));
  }
  .spinner {
    inline-size: 34px;
    block-size: 34px;
    border: 3.5px solid var(--_bg3);
    border-block-start-color: var(--_accent-bg);
    border-radius: 50%;
    animation: turn 900ms linear infinite;
  }
  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }

  .empty {
    position: absolute;
    z-index: 1;
    inset-inline: 0;
    inset-block-end: clamp(10px, 5cqb, 44px);
    display: flex;
    align-items: center;
    gap: 12px 24px;
    inline-size: fit-content;
    max-inline-size: calc(100% - 20px);
    margin-inline: auto;
    padding: 14px 16px 14px 22px;
    padding-inline: 22px 16px;
    border-radius: calc(var(--_radius) + 6px);
    background: var(--_bg2);
    box-shadow: 0 10px 40px rgb(0 0 0 / 0.22);
    animation: rise 320ms ease-out;
  }
  @keyframes rise {
    from {
      opacity: 0;
      translate: 0 12px;
    }
  }
  .empty strong {
    font-size: 1.0625em;
    font-weight: 650;
  }
  .empty p {
    margin: 0;
    color: var(--_fg2);
    font-size: 0.9375em;
    text-wrap: pretty;
  }
  .empty .button {
    flex: none;
  }

  .notes {
    position: absolute;
    z-index: 2;
    inset-inline: 0;
    inset-block-start: clamp(8px, 2cqmin, 20px);
    display: grid;
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
    padding: 0.45em 1.1em;
    border-radius: 999px;
    background: var(--_fg);
    color: var(--_bg2);
    font-weight: 600;
    font-size: 0.9375em;
  }
  .badge .spinner {
    inline-size: 1em;
    block-size: 1em;
    border-width: 2px;
    border-color: color-mix(in srgb, currentColor 35%, transparent);
    border-block-start-color: currentColor;
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
`;
