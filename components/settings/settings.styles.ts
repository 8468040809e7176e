/** The settings: a quiet card beside the stage, or over it. */
import { css } from 'lit';

export const settingsStyles = css`
  :host {
    display: block;
    min-inline-size: 0;
    block-size: 100%;
  }
  .panel {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    min-block-size: 0;
    border-radius: var(--_tile-radius);
    background: var(--_bg2);
    box-shadow: 0 0 0 1px var(--_border-color);
    overflow: hidden;
  }
  .head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    padding-block: 10px 2px;
    padding-inline: 18px 8px;
  }
  h2,
  h3 {
    margin: 0;
    outline: none;
    letter-spacing: -0.01em;
  }
  h2 {
    font-size: 1.125em;
    font-weight: 650;
  }
  h3 {
    margin-block: 18px 4px;
    padding-block-start: 14px;
    border-block-start: 1px solid var(--_border-color);
    color: var(--_fg2);
    font-size: 0.8125em;
    font-weight: 600;
  }
  h3:first-child {
    margin-block-start: 0;
    border: 0;
  }
  .scroll {
    flex: 1;
    min-block-size: 0;
    padding: 0 18px 18px;
    overflow: auto;
    overscroll-behavior: contain;
  }
  .plain {
    display: grid;
    place-items: center;
    inline-size: 44px;
    block-size: 44px;
    border: 0;
    border-radius: 50%;
    background: none;
    color: inherit;
    font: inherit;
    cursor: pointer;
  }
  .plain:hover {
    background: var(--_bg3);
  }
  .field {
    display: grid;
    gap: 4px;
    margin-block-start: 10px;
    font-size: 0.9375em;
    font-weight: 600;
  }
  select {
    inline-size: 100%;
    min-inline-size: 0;
    min-block-size: 44px;
    padding-inline: 10px;
    border: 1px solid color-mix(in srgb, var(--_fg2) 70%, var(--_bg2));
    border-radius: 10px;
    background: var(--_bg);
    color: var(--_fg);
    font: inherit;
    font-weight: 400;
    text-overflow: ellipsis;
  }
  .row {
    margin-block-start: 8px;
  }
  meter {
    display: block;
    inline-size: 100%;
    block-size: 10px;
  }
  .button.small {
    font-size: 0.9375em;
  }
  .switch {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
    inline-size: 100%;
    min-block-size: 52px;
    margin-block-start: 8px;
    padding: 6px 0;
    border: 0;
    border-radius: 12px;
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
    cursor: pointer;
  }
  .switch > span > span {
    font-size: 0.9375em;
    font-weight: 600;
  }
  small {
    display: block;
    color: var(--_fg2);
    font-size: 0.8125em;
  }
  .switch i {
    flex: none;
    inline-size: 40px;
    block-size: 24px;
    padding: 3px;
    border-radius: 99px;
    background: color-mix(in srgb, var(--_fg2) 80%, var(--_bg2));
  }
  .switch i::after {
    content: '';
    display: block;
    inline-size: 18px;
    block-size: 18px;
    border-radius: 50%;
    background: var(--_bg2);
  }
  .switch[aria-checked='true'] i {
    background: var(--_accent-bg);
  }
  .switch[aria-checked='true'] i::after {
    margin-inline-start: 16px;
  }
  @media (forced-colors: active) {
    .panel,
    .plain,
    .switch i {
      border: 1px solid ButtonBorder;
    }
    .switch[aria-checked='true'] i {
      background: Highlight;
    }
  }
`;
