/** What lies on the desk while nothing rings: the own address large, the dial field, the list. */
import { css } from 'lit';

export const deskStyles = css`
  .desk {
    display: grid;
    align-content: start;
    gap: 18px;
    inline-size: 100%;
    max-inline-size: 34rem;
    margin-inline: auto;
    padding: clamp(12px, 4.5cqi, 28px);
  }
  .desk h2 {
    display: flex;
    align-items: center;
    gap: 0.5em;
    margin: 0;
    font-size: 0.9375em;
    font-weight: 600;
    color: var(--_fg2);
  }
  .card {
    display: grid;
    gap: 10px;
    padding: clamp(14px, 4cqi, 22px);
    border: 1px solid var(--_border-color);
    border-radius: var(--_radius);
    background: var(--_bg2);
  }
  .dot {
    inline-size: 9px;
    block-size: 9px;
    border-radius: 50%;
    background: var(--_success);
  }
  .dot.off {
    background: none;
    border: 2px solid var(--_fg2);
  }
  .address {
    margin: 0;
    font-family: ui-monospace, 'SFMono-Regular', Menlo, Consolas, monospace;
    font-size: clamp(1.25em, 1em + 3cqi, 2em);
    font-weight: 600;
    line-height: 1.35;
    letter-spacing: 0.01em;
    overflow-wrap: anywhere;
    text-wrap: balance;
    user-select: all;
    text-align: start;
  }
  .address.long {
    font-size: clamp(1.0625em, 0.7em + 2.4cqi, 1.4em);
  }
  .group {
    white-space: nowrap;
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .tools .button:first-child {
    flex: 1 1 10em;
  }
  .button.square {
    align-self: center;
    inline-size: 48px;
    block-size: 48px;
    padding: 0;
  }
  .tools .button:first-child {
    padding-inline: 0.9em;
  }
  @container phone (inline-size < 21rem) {
    .tools .button:first-child {
      gap: 0.4em;
      padding-inline: 0.6em;
      font-size: 0.9375em;
    }
  }
  .code {
    justify-self: center;
    inline-size: min(100%, 13rem);
    padding: 6px;
    border-radius: var(--_radius);
    background: #fff;
    color: #111;
  }
  .code svg {
    display: block;
    inline-size: 100%;
  }
  .waits {
    display: flex;
    align-items: center;
    gap: 0.6em;
    margin: 0;
    font-weight: 600;
  }
  .help {
    margin: 0;
    font-size: 0.9375em;
    color: var(--_fg2);
    text-wrap: pretty;
  }
  .dial {
    display: grid;
    gap: 10px;
    margin: 0;
  }
  .dial label {
    display: grid;
    gap: 6px;
    font-size: 0.9375em;
    font-weight: 600;
  }
  input {
    inline-size: 100%;
    min-inline-size: 0;
    min-block-size: 48px;
    padding: 0 0.9em;
    border: 1px solid color-mix(in srgb, var(--_border-color) 40%, var(--_fg2));
    border-radius: var(--_radius);
    background: var(--_bg2);
    color: var(--_fg);
    font: inherit;
    font-size: max(16px, 1.0667em);
    font-weight: 400;
  }
  input[aria-invalid='true'] {
    border: 2px solid var(--_danger);
  }
  .wrong {
    margin: 0;
    font-size: 0.9375em;
    color: color-mix(in srgb, var(--_danger) 78%, var(--_fg));
  }
  .last {
    display: flex;
    align-items: center;
    gap: 8px;
    border-radius: var(--_radius);
    background: color-mix(in srgb, var(--_accent-bg) 10%, var(--_bg2));
    padding: 4px 4px 4px 14px;
    padding-inline: 14px 4px;
  }
  .last:not(:has(p)) {
    display: none;
  }
  .last p {
    display: flex;
    flex: 1;
    align-items: center;
    gap: 0.6em;
    min-inline-size: 0;
    margin: 0;
    overflow-wrap: anywhere;
  }
  .heading {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
  }
  .link {
    min-block-size: 44px;
    padding: 0 4px;
    border: 0;
    background: none;
    color: color-mix(in srgb, var(--_accent-bg) 85%, var(--_fg));
    font: inherit;
    font-size: 0.9375em;
    text-decoration: underline;
    text-underline-offset: 0.2em;
    cursor: pointer;
  }
  .recent ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .recent li {
    display: flex;
    align-items: center;
    gap: 10px;
    min-block-size: 56px;
    padding-block: 5px;
    border-block-start: 1px solid var(--_border-color);
  }
  .recent li > .icon {
    inline-size: 1.2em;
    block-size: 1.2em;
    color: var(--_fg2);
  }
  .recent .missed > .icon,
  .recent .missed bdi {
    color: color-mix(in srgb, var(--_danger) 78%, var(--_fg));
  }
  .who {
    display: grid;
    flex: 1;
    min-inline-size: 0;
  }
  .who bdi {
    justify-self: start;
    max-inline-size: 100%;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-weight: 600;
  }
  .who small {
    font-size: 0.875em;
    color: var(--_fg2);
  }
  .settings {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
  }
  .settings .button {
    font-size: 0.9375em;
    padding-inline: 1em;
  }
  .settings [aria-pressed='true'] {
    background: var(--_fg);
    color: var(--_bg);
  }
  @media (forced-colors: active) {
    .settings [aria-pressed='true'] {
      outline: 2px solid Highlight;
    }
  }
`;
