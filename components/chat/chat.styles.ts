/** The list of messages: a quiet card beside the stage, or over it. */
import { css } from 'lit';

export const chatStyles = css`
  header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    min-block-size: 56px;
    padding-inline: 18px 8px;
  }
  .list {
    position: relative;
    flex: 1;
    min-block-size: 0;
  }
  .scroll {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    padding: 4px 14px 10px;
    overflow: auto;
    overscroll-behavior: contain;
    /* Done by reading-place.ts, in every browser alike. */
    overflow-anchor: none;
    outline-offset: -3px;
  }
  /* Few messages stand below, where one writes. */
  .scroll > :first-child {
    margin-block-start: auto;
  }
  p {
    margin: 0;
  }
  .group {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    gap: 3px;
    padding-block-start: 14px;
  }
  .group.own {
    align-items: flex-end;
  }
  .who {
    display: flex;
    align-items: center;
    gap: 8px;
    max-inline-size: 100%;
    min-inline-size: 0;
    padding-block-end: 2px;
    font-size: 0.8125em;
    font-weight: 600;
  }
  .who bdi {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  time {
    flex: none;
    color: var(--_fg2);
    font-weight: 400;
    font-variant-numeric: tabular-nums;
  }
  .avatar {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 24px;
    block-size: 24px;
    border-radius: 50%;
    background: hsl(var(--_hue, 160) 34% 34%);
    color: #fff;
    font-size: 0.75em;
  }
  .avatar .icon {
    inline-size: 14px;
    block-size: 14px;
  }
  .message {
    max-inline-size: min(100%, 34em);
    padding: 8px 13px;
    border-radius: 6px 16px 16px 6px;
    background: var(--_bg3);
    color: var(--_fg);
    font-size: 0.9375em;
    line-height: 1.45;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    unicode-bidi: isolate;
    user-select: text;
  }
  :dir(rtl) .message,
  .own .message {
    border-radius: 16px 6px 6px 16px;
  }
  :dir(rtl) .own .message {
    border-radius: 6px 16px 16px 6px;
  }
  .own .message {
    max-inline-size: 88%;
    background: color-mix(in srgb, var(--_accent-bg) 17%, var(--_bg2));
  }
  .message.pending {
    opacity: 0.65;
  }
  .message.failed {
    box-shadow: inset 0 0 0 1.5px color-mix(in srgb, var(--_danger) 72%, var(--_fg));
  }
  .message a {
    color: color-mix(in srgb, var(--_accent-bg) 80%, var(--_fg));
    text-decoration: underline;
    text-underline-offset: 0.15em;
  }
  .failed:not(.message) {
    display: flex;
    align-items: center;
    gap: 6px;
    color: color-mix(in srgb, var(--_danger) 72%, var(--_fg));
    font-size: 0.8125em;
  }
  .failed .icon {
    inline-size: 1.1em;
    block-size: 1.1em;
  }
  .link {
    min-block-size: 32px;
    padding-inline: 8px;
    border: 0;
    border-radius: 99px;
    background: none;
    color: var(--_fg);
    font: inherit;
    font-weight: 600;
    text-decoration: underline;
    text-underline-offset: 0.2em;
    cursor: pointer;
  }
  .note {
    padding: 8px 4px 0;
    color: var(--_fg2);
    font-size: 0.8125em;
    text-align: center;
    overflow-wrap: anywhere;
  }
  .divider {
    display: flex;
    align-items: center;
    gap: 10px;
    padding-block-start: 14px;
    color: color-mix(in srgb, var(--_accent-bg) 85%, var(--_fg));
    font-size: 0.8125em;
    font-weight: 600;
  }
  .divider::before,
  .divider::after {
    content: '';
    flex: 1;
    block-size: 1px;
    background: currentColor;
    opacity: 0.5;
  }
  .empty {
    display: grid;
    justify-items: center;
    gap: 8px;
    margin-block: auto;
    padding: 16px;
    text-align: center;
  }
  .empty p {
    max-inline-size: 24em;
    color: var(--_fg2);
    font-size: 0.875em;
    text-wrap: pretty;
  }
  .medal {
    display: grid;
    place-items: center;
    inline-size: 56px;
    block-size: 56px;
    border-radius: 50%;
    background: color-mix(in srgb, var(--_accent-bg) 14%, var(--_bg2));
    color: color-mix(in srgb, var(--_accent-bg) 85%, var(--_fg));
  }
  .jump {
    position: absolute;
    inset-block-end: 10px;
    inset-inline: 0;
    inline-size: fit-content;
    margin-inline: auto;
    min-block-size: 40px;
    padding-inline: 1.1em 1.3em;
    font-size: 0.875em;
    box-shadow: 0 4px 16px rgb(0 0 0 / 0.25);
  }
  @media (forced-colors: active) {
    .panel,
    .plain,
    .message {
      border: 1px solid ButtonBorder;
    }
    .own .message {
      border-width: 2px;
    }
  }
`;
