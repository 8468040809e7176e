/** The settings: a quiet card beside the stage, or over it. */
import { css } from 'lit';

export const settingsStyles = css`
  .head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    padding-block: 10px 2px;
    padding-inline: 18px 8px;
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
  .field {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 4px;
    margin-block-start: 10px;
    font-size: 0.9375em;
    font-weight: 600;
    overflow-wrap: break-word;
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
  .own webrtc-video-tile {
    margin-block-start: 8px;
    border-radius: 14px;
  }
  .told {
    margin: 4px 0 0;
    color: var(--_fg2);
    font-size: 0.875em;
    overflow-wrap: anywhere;
  }
  .links {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .links li {
    margin-block-start: 10px;
  }
  .who {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 8px;
    font-size: 0.9375em;
  }
  .who b {
    font-weight: 600;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .who span {
    color: var(--_fg2);
    font-size: 0.875em;
  }
  .switch {
    margin-block-start: 8px;
    padding-inline: 0;
  }
  .switch > span {
    min-inline-size: 0;
    overflow-wrap: anywhere;
    hyphens: auto;
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
