/** How a tile looks, from a thumbnail to a wall: everything is measured from the tile itself. */
import { css } from 'lit';

export const tileStyles = css`
  :host {
    display: block;
    aspect-ratio: var(--webrtc-tile-aspect-ratio, 16 / 9);
    min-inline-size: 0;
    --_hue: 160;
  }
  .box {
    position: relative;
    container: tile / size;
    aspect-ratio: var(--webrtc-tile-aspect-ratio, 16 / 9);
    isolation: isolate;
  }
  .tile {
    /* To what lies in its corners. */
    --_edge: clamp(5px, 2.2cqmin, 14px);
    position: absolute;
    inset: 0;
    /* A thumbnail with the corners of a large tile would be a pill. */
    border-radius: min(var(--_tile-radius), 11cqmin);
    overflow: hidden;
    overflow: clip;
    background: var(--_tile-bg);
    box-shadow: var(--_tile-shadow, none);
  }
  video {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
    /* Cut flat, a face is lost at the top first. */
    object-position: 50% 36%;
    opacity: 0;
    transition: opacity 180ms;
  }
  .shows-video video {
    opacity: 1;
  }
  :host([video-fit='contain']) video,
  :host([screen]) video {
    object-fit: contain;
    object-position: center;
  }
  :host([mirror]) video {
    transform: scaleX(-1);
  }

  .backdrop {
    position: absolute;
    inset: 0;
    display: grid;
    place-items: center;
    background: radial-gradient(120% 120% at 30% 15%, hsl(var(--_hue) 38% 82%), hsl(calc(var(--_hue) + 24) 30% 70%));
    background: radial-gradient(
      120% 120% at 30% 15%,
      light-dark(hsl(var(--_hue) 34% 86%), hsl(var(--_hue) 18% 23%)),
      light-dark(hsl(calc(var(--_hue) + 28) 24% 76%), hsl(calc(var(--_hue) + 28) 18% 14%))
    );
  }
  .shows-video .backdrop,
  .unreachable .avatar {
    visibility: hidden;
  }
  .avatar {
    display: grid;
    place-items: center;
    inline-size: clamp(34px, 38cqmin, 190px);
    block-size: clamp(34px, 38cqmin, 190px);
    border-radius: 50%;
    overflow: hidden;
    overflow: clip;
    background: linear-gradient(150deg, hsl(var(--_hue) 44% 40%), hsl(calc(var(--_hue) + 28) 48% 27%));
    color: #fff;
    font-size: clamp(14px, 15cqmin, 74px);
    font-weight: 600;
    line-height: 1;
    letter-spacing: 0.01em;
    box-shadow: 0 0.3em 1.2em rgb(0 0 0 / 0.14);
  }
  .avatar img {
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }
  .avatar .icon {
    inline-size: 48%;
    block-size: 48%;
  }

  .name-tag {
    position: absolute;
    inset-block-end: var(--_edge);
    inset-inline-start: var(--_clear-end-start, var(--_edge));
    display: flex;
    align-items: center;
    gap: 0.4em;
    max-inline-size: calc(100% - var(--_clear-end-start, var(--_edge)) - var(--_clear-end-end, var(--_edge)));
    padding: 0.26em 0.7em;
    border-radius: 999px;
    background: rgb(18 19 18 / 0.74);
    color: #fff;
    font-size: clamp(12px, 2.6cqmin + 6px, 16px);
    font-weight: 500;
    line-height: 1.5;
  }
  .name-tag bdi {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .name-tag .icon {
    inline-size: 1.1em;
    block-size: 1.1em;
  }
  .mic-off {
    display: contents;
    color: #ff9d92;
  }

  :host(:fullscreen) {
    aspect-ratio: auto;
    background: #000;
    --_tile-radius: 0px;
  }

  @container tile (width < 150px) or (height < 84px) {
    .name-tag {
      padding: 0.15em 0.5em;
      font-size: 11px;
    }
  }
  @container tile (width < 76px) {
    .name-tag bdi {
      display: none;
    }
  }
  @container tile (width < 76px) or (height < 50px) {
    .name-tag:not(.muted) {
      display: none;
    }
  }
  @media (forced-colors: active) {
    :host {
      border: 1px solid CanvasText;
    }
    .name-tag {
      background: Canvas;
      color: CanvasText;
    }
  }
`;
