/** Where one writes. */
import { css } from 'lit';

export const composerStyles = css`
  form {
    padding: 0 10px 10px;
  }
  .hint {
    padding-inline: 12px;
    color: var(--_fg2);
    font-size: 0.8125em;
    font-variant-numeric: tabular-nums;
  }
  .hint:not(:empty) {
    padding-block-end: 4px;
  }
  .hint.over {
    color: color-mix(in srgb, var(--_danger) 72%, var(--_fg));
    font-weight: 600;
  }
  .field {
    display: flex;
    align-items: flex-end;
    gap: 4px;
    padding: 3px;
    border: 1px solid color-mix(in srgb, var(--_fg2) 75%, var(--_bg2));
    border-radius: 24px;
    background: var(--_bg);
  }
  .field:focus-within {
    border-color: var(--_focus-ring);
    box-shadow: 0 0 0 1px var(--_focus-ring);
  }
  .field.over {
    border-color: var(--_danger);
  }
  textarea {
    flex: 1;
    min-inline-size: 0;
    min-block-size: 40px;
    max-block-size: 8.5em;
    padding: 8px 4px 8px 14px;
    padding-inline: 14px 4px;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    /* Smaller, and phones zoom in. */
    font-size: max(16px, 1em);
    line-height: 1.4;
    resize: none;
    field-sizing: content;
  }
  /* The field around it shows the focus. */
  textarea:focus-visible {
    outline: none;
  }
  textarea::placeholder {
    color: var(--_fg2);
    opacity: 1;
  }
  .send {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 44px;
    block-size: 40px;
    border: 0;
    border-radius: 99px;
    background: var(--_accent-bg);
    color: var(--_accent-fg);
    cursor: pointer;
  }
  .send[aria-disabled='true'] {
    background: none;
    color: var(--_fg2);
    cursor: default;
  }
  .send .icon {
    inline-size: 1.2em;
    block-size: 1.2em;
  }
  :dir(rtl) .send .icon {
    scale: -1 1;
  }
  .quiet {
    padding: 12px 18px 16px;
    color: var(--_fg2);
    font-size: 0.875em;
    text-align: center;
  }
  @media (forced-colors: active) {
    .send {
      border: 1px solid ButtonBorder;
    }
  }
`;
