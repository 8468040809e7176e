/** A menu that lies over everything. */
import { css } from 'lit';

export const menuStyles = css`
  .menu {
    position: fixed;
    z-index: 10;
    inset: auto;
    left: var(--_x, 0);
    top: var(--_y, 0);
    inline-size: max-content;
    max-inline-size: min(20rem, var(--_wide, 100vw - 16px));
    min-inline-size: min(13rem, var(--_wide, 100vw - 16px));
    max-block-size: var(--_room, 60vh);
    margin: 0;
    padding: 6px;
    overflow: auto;
    overscroll-behavior: contain;
    border: 1px solid var(--_border-color);
    border-radius: 16px;
    background: var(--_bg2);
    color: var(--_fg);
    box-shadow: 0 12px 40px rgb(0 0 0 / 0.24);
    font-size: 0.9375em;
    outline: none;
  }
  .menu .group + .group,
  .menu .item + .group,
  .menu .item.first {
    margin-block-start: 6px;
    padding-block-start: 6px;
    border-block-start: 1px solid var(--_border-color);
  }
  .menu .heading {
    padding: 8px 12px 4px;
    color: var(--_fg2);
    font-size: 0.8125em;
    font-weight: 600;
  }
  .menu .item {
    display: flex;
    align-items: center;
    justify-content: flex-start;
    gap: 10px;
    inline-size: 100%;
    min-inline-size: 0;
    min-block-size: 44px;
    padding: 6px 12px;
    border: 0;
    border-radius: 10px;
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
    cursor: pointer;
  }
  .menu .item:hover,
  .menu .item:focus-visible {
    background: var(--_bg3);
  }
  .menu .item:focus-visible {
    outline-offset: -3px;
  }
  .menu .item > span {
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .menu .icon {
    inline-size: 1.2em;
    block-size: 1.2em;
    color: var(--_fg2);
  }
  .menu .icon-check {
    color: var(--_accent-bg);
  }
  .menu [aria-checked='false'] .icon-check {
    visibility: hidden;
  }
  .menu [aria-checked='true'] {
    font-weight: 600;
  }
  @media (forced-colors: active) {
    .menu .item:hover,
    .menu .item:focus-visible {
      outline: 2px solid Highlight;
    }
  }
`;
