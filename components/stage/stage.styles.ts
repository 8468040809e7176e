/** Tiles are placed by numbers that the stage sets on them as custom properties: CSP-safe, and they glide. */
import { css } from 'lit';

export const stageStyles = css`
  :host {
    display: block;
    min-block-size: 0;
    min-inline-size: 0;
    block-size: 100%;
  }
  .box {
    position: relative;
    overflow: hidden;
    overflow: clip;
  }
  .list {
    position: absolute;
    inset: 0;
    /* Read by the element, so that any unit may be used. */
    column-gap: var(--_gap);
    --_line: 1;
  }
  .list[dir='rtl'] {
    --_line: -1;
  }
  webrtc-video-tile {
    position: absolute;
    inset-inline-start: 0;
    inset-block-start: 0;
    translate: calc(var(--_x, 0px) * var(--_line) + var(--_dx, 0px)) calc(var(--_y, 0px) + var(--_dy, 0px));
    inline-size: var(--_w, 100%);
    block-size: var(--_h, 100%);
    aspect-ratio: auto;
    transition-property: translate, inline-size, block-size;
    transition-duration: 260ms;
    transition-timing-function: cubic-bezier(0.3, 0.8, 0.3, 1);
    animation: appear 220ms ease-out;
  }
  /* A new size of the box is followed at once; only people coming and going glide. */
  .list.resizing webrtc-video-tile,
  webrtc-video-tile[data-carried] {
    transition: none;
  }
  /* On another page: heard, and back without a pause. */
  webrtc-video-tile.away {
    display: none;
  }
  webrtc-video-tile.floats {
    z-index: 1;
    touch-action: none;
    cursor: grab;
    --_tile-shadow: 0 0 0 1.5px rgb(255 255 255 / 0.55), 0 6px 22px rgb(0 0 0 / 0.28);
  }
  webrtc-video-tile[data-carried] {
    cursor: grabbing;
  }
  /* One knows oneself; only being muted is worth a word there. */
  webrtc-video-tile.floats:not([microphone-off])::part(name-tag) {
    display: none;
  }
  @keyframes appear {
    from {
      opacity: 0;
      scale: 0.96;
    }
  }
`;
