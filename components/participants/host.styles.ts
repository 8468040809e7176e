/** Switches of the room, and the question before something that cannot be undone. */
import { css } from 'lit';

export const hostStyles = css`
  .settings {
    margin-block-start: 8px;
    padding-block-start: 8px;
    border-block-start: 1px solid var(--_border-color);
  }
  .switch:hover {
    background: var(--_bg3);
  }
  footer {
    position: sticky;
    /* In sight where the room is high enough for people above it; otherwise below them, far out of reach of the edge. */
    inset-block-end: min(0px, (100cqb - 30em) * 99);
    margin-block-start: auto;
    padding: 10px 4px 12px;
    background: var(--_bg2);
  }
  footer .button {
    inline-size: 100%;
  }
  .button.danger {
    background: color-mix(in srgb, var(--_danger) 14%, var(--_bg2));
    color: color-mix(in srgb, var(--_danger) 72%, var(--_fg));
  }
  dialog {
    max-inline-size: min(22rem, 100% - 24px);
    padding: 20px;
    border: 0;
    border-radius: 20px;
    background: var(--_bg2);
    color: var(--_fg);
    box-shadow: 0 20px 60px rgb(0 0 0 / 0.35);
  }
  dialog::backdrop {
    background: rgb(0 0 0 / 0.45);
  }
  dialog p {
    margin: 0 0 18px;
    font-size: 1.0625em;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .answers {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 10px;
  }
`;
