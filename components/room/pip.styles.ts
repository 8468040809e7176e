/** The small window: faces as large as can be, the buttons over them. */
import { css } from 'lit';

export const pipStyles = css`
  * {
    box-sizing: border-box;
  }
  body {
    margin: 0;
    background: var(--_bg);
    color: var(--_fg);
    font-size: 14px;
    line-height: 1.4;
  }
  main {
    position: fixed;
    inset: 0;
    display: grid;
    grid-template-rows: minmax(0, 1fr) auto;
  }
  .faces {
    display: grid;
    grid-auto-rows: minmax(0, 1fr);
    gap: 4px;
    margin: 0;
    padding: 4px 4px 0;
    list-style: none;
    min-block-size: 0;
  }
  @media (min-aspect-ratio: 1/1) {
    .of-2,
    .of-3,
    .of-4 {
      grid-template-columns: 1fr 1fr;
    }
    .of-3 > :first-child {
      grid-row: span 2;
    }
  }
  li {
    --_hue: 160;
    position: relative;
    display: grid;
    place-items: center;
    min-block-size: 0;
    overflow: hidden;
    border-radius: 10px;
    background: var(--_tile-bg);
    container-type: size;
  }
  video {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }
  .screen video {
    object-fit: contain;
  }
  .local video {
    scale: -1 1;
  }
  .hue-1 {
    --_hue: 45;
  }
  .hue-2 {
    --_hue: 90;
  }
  .hue-3 {
    --_hue: 135;
  }
  .hue-4 {
    --_hue: 180;
  }
  .hue-5 {
    --_hue: 225;
  }
  .hue-6 {
    --_hue: 270;
  }
  .hue-7 {
    --_hue: 315;
  }
  .avatar {
    display: grid;
    place-items: center;
    block-size: min(50cqb, 50cqi, 72px);
    aspect-ratio: 1;
    border-radius: 50%;
    background: hsl(var(--_hue) 34% 34%);
    color: #fff;
    font-size: min(20cqb, 20cqi, 26px);
    font-weight: 600;
  }
  .name {
    position: absolute;
    inset-block-end: 4px;
    inset-inline-start: 4px;
    max-inline-size: calc(100% - 8px);
    padding: 0 7px;
    overflow: hidden;
    border-radius: 7px;
    background: rgb(0 0 0 / 0.72);
    color: #fff;
    font-size: 12px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  @container (height < 60px) {
    .name {
      display: none;
    }
  }
  .bar {
    display: flex;
    justify-content: center;
    gap: 8px;
    padding: 6px;
  }
  button {
    display: grid;
    place-items: center;
    inline-size: 44px;
    block-size: 44px;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: var(--_control-bg);
    color: var(--_control-fg);
    font: inherit;
    font-size: 16px;
    cursor: pointer;
  }
  button.off {
    background: color-mix(in srgb, var(--_danger) 16%, var(--_bg2));
    color: color-mix(in srgb, var(--_danger) 72%, var(--_fg));
  }
  button.leave {
    background: var(--_danger);
    color: var(--_danger-fg);
  }
  button.leave .icon {
    rotate: 135deg;
  }
  button:focus-visible {
    outline: 3px solid var(--_accent-bg);
    outline-offset: 2px;
  }
  .icon {
    inline-size: 1.375em;
    block-size: 1.375em;
  }
  @media (forced-colors: active) {
    button,
    li {
      border: 1px solid ButtonBorder;
    }
  }
`;
