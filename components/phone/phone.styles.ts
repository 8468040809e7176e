/** The telephone: its faces while it rings and talks. What lies on the desk is in desk.styles. */
import { css } from 'lit';

export const phoneStyles = css`
  :host {
    display: block;
    min-inline-size: 0;
    block-size: 34rem;
    max-inline-size: 100%;
    border-radius: var(--_radius);
  }
  .box {
    container: phone / inline-size;
    border-radius: inherit;
    background: var(--_bg);
  }
  .phone {
    display: grid;
    block-size: 100%;
    min-block-size: 0;
    border-radius: inherit;
    overflow: auto;
  }
  /* The room has its own corners. */
  .phone.in-call {
    border-radius: 0;
    overflow: hidden;
  }
  .room {
    block-size: 100%;
    min-block-size: 0;
    inline-size: 100%;
  }
  .face {
    display: grid;
    place-content: safe center;
    justify-items: center;
    gap: 10px;
    padding: 20px;
    text-align: center;
    outline: none;
  }
  .face h2 {
    margin: 14px 0 0;
    font-size: clamp(1.25em, 1em + 2.4cqi, 1.875em);
    font-weight: 650;
    line-height: 1.2;
    letter-spacing: -0.02em;
    text-wrap: balance;
    overflow-wrap: anywhere;
  }
  .face p {
    margin: 0;
    color: var(--_fg2);
  }
  .mono {
    font-family: ui-monospace, 'SFMono-Regular', Menlo, Consolas, monospace;
    font-size: 0.9375em;
  }
  .pulse {
    position: relative;
    display: grid;
    place-items: center;
  }
  .pulse::before,
  .pulse::after {
    content: '';
    position: absolute;
    inset: 0;
    border: 2px solid var(--_accent-bg);
    border-radius: 50%;
    opacity: 0.5;
    animation: ring 2.2s ease-out infinite;
  }
  .pulse::after {
    animation-delay: 0.7s;
  }
  @keyframes ring {
    from {
      scale: 1;
      opacity: 0.6;
    }
    to {
      scale: 1.55;
      opacity: 0;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .pulse::before {
      inset: -8px;
      opacity: 0.6;
      animation: none;
    }
    .pulse::after {
      inset: -16px;
      opacity: 0.3;
      animation: none;
    }
  }
  .avatar {
    --_avatar: hsl(var(--_hue, 160) 42% 36%);
    display: grid;
    place-items: center;
    inline-size: clamp(56px, 22cqi, 104px);
    aspect-ratio: 1;
    border-radius: 50%;
    background: var(--_avatar);
    color: #fff;
    font-size: clamp(1.25em, 7cqi, 2.125em);
    font-weight: 650;
  }
  .answers {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 10px clamp(10px, 5cqi, 28px);
    margin-block-start: 22px;
  }
  .round {
    position: relative;
    display: grid;
    justify-items: center;
    align-content: start;
    gap: 8px;
    inline-size: 7em;
    padding: 0;
    border: 0;
    background: none;
    color: var(--_fg);
    font: inherit;
    font-size: 0.875em;
    line-height: 1.25;
    cursor: pointer;
  }
  .round .icon {
    box-sizing: content-box;
    inline-size: 26px;
    block-size: 26px;
    padding: 17px;
    border-radius: 50%;
    background: var(--_control-bg);
    color: var(--_control-fg);
    transition: filter 120ms;
  }
  .round:hover .icon {
    filter: brightness(1.08);
  }
  .round.danger .icon {
    background: var(--_danger);
    color: var(--_danger-fg);
  }
  .round.accept .icon {
    background: var(--_accent-bg);
    color: var(--_accent-fg);
  }
  .round:focus-visible {
    outline-offset: 6px;
    border-radius: var(--_radius);
  }
  .round[aria-disabled='true'] {
    cursor: progress;
    opacity: 0.7;
  }
  .spinner {
    flex: none;
    display: inline-block;
    inline-size: 1.15em;
    block-size: 1.15em;
    border: 2.5px solid var(--_bg3);
    border-block-start-color: var(--_accent-bg);
    border-radius: 50%;
    animation: turn 900ms linear infinite;
  }
  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }
  .joining {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 0.6em;
    padding: 12px;
    color: var(--_fg2);
  }
  .plain {
    display: grid;
    place-items: center;
    flex: none;
    min-inline-size: 44px;
    min-block-size: 44px;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: none;
    color: inherit;
    cursor: pointer;
  }
  .plain:hover {
    background: var(--_control-bg);
  }
  .plain .icon {
    inline-size: 1.2em;
    block-size: 1.2em;
  }
  .adding {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    padding: 8px 10px 0;
    font-size: 0.9375em;
  }
  .adding .button {
    padding-inline: 1em;
  }
  .adding form {
    display: flex;
    flex: 1 1 14em;
    gap: 8px;
  }
  .adding .notes {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 10px;
    color: var(--_fg2);
  }
  .adding .invited {
    display: inline-flex;
    align-items: center;
  }
  @container phone (inline-size < 20rem) {
    .face {
      padding: 12px;
    }
    .answers {
      margin-block-start: 10px;
      gap: 8px;
    }
    .round {
      inline-size: 5.2em;
      font-size: 0.8125em;
    }
    .round .icon {
      inline-size: 22px;
      block-size: 22px;
      padding: 13px;
    }
  }
  /* A stamp: what can be pressed, and by whom. */
  @container phone (inline-size < 16.5rem) {
    .face {
      gap: 6px;
      padding: 8px;
    }
    .face h2 {
      margin: 0;
    }
    .face .pulse {
      display: none;
    }
    .round {
      inline-size: auto;
    }
    .round span {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }
  }
  @media (forced-colors: active) {
    :host {
      border: 1px solid CanvasText;
    }
    .round .icon {
      border: 1px solid ButtonBorder;
    }
  }
`;
