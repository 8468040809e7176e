/** The faces that are only words and a button. */
import { css } from 'lit';

export const panelStyles = css`
  .panel {
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: safe center;
    gap: 12px;
    block-size: 100%;
    padding: 20px;
    overflow: auto;
    text-align: center;
    overflow-wrap: anywhere;
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
    padding-inline: min(2em, 7cqi);
  }
  .medal {
    display: grid;
    place-items: center;
    flex: none;
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
  .panel > [role='status'] {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    justify-items: center;
    gap: 10px;
  }

  @container room (height < 380px) {
    .medal {
      display: none;
    }
    .panel {
      gap: 8px;
      padding: 12px;
    }
    .panel .button {
      margin-block-start: 4px;
    }
  }
  @container room (height < 300px) {
    .panel p {
      font-size: 0.8125em;
    }
    .panel h2 {
      font-size: 1.125em;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .spinner {
      animation: none;
    }
  }
`;
