/** The list of people: a quiet card beside the stage, or over it. */
import { css } from 'lit';

export const participantsStyles = css`
  header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    padding: 10px 8px 2px 18px;
    padding-inline: 18px 8px;
  }
  h3 {
    color: var(--_fg2);
    font-size: 0.8125em;
    font-weight: 600;
  }
  .number {
    font-variant-numeric: tabular-nums;
  }
  .scroll {
    flex: 1;
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    padding: 0 8px;
    overflow: auto;
    overscroll-behavior: contain;
  }
  .scroll > * {
    flex: none;
  }
  .scroll > :last-child:not(footer) {
    margin-block-end: 8px;
  }
  .invite {
    margin: 6px 10px 4px;
  }
  .heading {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
    min-block-size: 44px;
    padding-inline: 10px 2px;
  }
  .news h3 {
    color: color-mix(in srgb, var(--_accent-bg) 85%, var(--_fg));
  }
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  li {
    display: flex;
    align-items: center;
    gap: 4px;
    min-block-size: 52px;
    padding-inline: 10px 0;
    border-radius: 12px;
  }
  li.waits {
    margin-block-end: 6px;
    padding-inline-end: 8px;
    background: color-mix(in srgb, var(--_accent-bg) 12%, var(--_bg2));
  }
  /* Paler would be hard to read. */
  li.away .avatar {
    filter: grayscale(1);
  }
  li.away bdi {
    color: var(--_fg2);
  }
  .avatar {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 36px;
    block-size: 36px;
    margin-inline-end: 8px;
    border-radius: 50%;
    background: hsl(var(--_hue, 160) 34% 34%);
    color: #fff;
    font-size: min(0.8125em, 15px);
    font-weight: 600;
  }
  .name {
    flex: 1;
    min-inline-size: 0;
  }
  bdi {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
    overflow: hidden;
    overflow-wrap: anywhere;
    /* A name of another direction stands where ours would. */
    inline-size: fit-content;
    max-inline-size: 100%;
  }
  small {
    display: block;
    overflow-wrap: anywhere;
    color: var(--_fg2);
    font-size: 0.8125em;
  }
  .sign {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 44px;
    block-size: 44px;
    border: 0;
    border-radius: 50%;
    background: none;
    color: var(--_fg2);
    font: inherit;
  }
  .sign .icon {
    inline-size: min(1.2em, 28px);
    block-size: min(1.2em, 28px);
  }
  .hand {
    color: color-mix(in srgb, var(--_accent-bg) 85%, var(--_fg));
  }
  .sign.off {
    color: color-mix(in srgb, var(--_danger) 72%, var(--_fg));
  }
  .decide {
    display: flex;
    gap: 6px;
  }
  .button.small {
    inline-size: 44px;
    padding: 0;
  }
  .link {
    min-block-size: 36px;
    padding-inline: 10px;
    border: 0;
    border-radius: 99px;
    background: none;
    color: color-mix(in srgb, var(--_accent-bg) 85%, var(--_fg));
    font: inherit;
    font-size: 0.875em;
    font-weight: 600;
    cursor: pointer;
  }
  .link:hover {
    background: var(--_bg3);
  }
  @media (forced-colors: active) {
    .panel,
    .plain,
    .switch i,
    dialog {
      border: 1px solid ButtonBorder;
    }
    .switch[aria-checked='true'] i {
      background: Highlight;
    }
  }
`;
