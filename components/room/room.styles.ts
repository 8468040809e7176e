/**
 * The room as a box in somebody's page. It has a size of its own when the page gives none, takes any
 * that the page gives, and everything inside is measured from it, never from the window.
 */
import { css } from 'lit';

export const roomStyles = css`
  :host {
    display: block;
    min-block-size: 180px;
    min-inline-size: min(240px, 100%);
    border-radius: var(--_radius);
  }
  /* Everything that holds the room together is in here, where no rule of the page reaches. */
  .box {
    position: relative;
    border-radius: inherit;
    background: var(--_bg);
    isolation: isolate;
    /* What is larger than the room makes nothing scroll. */
    contain: layout;
  }
  /* Gives the height when the page does not; when it does, nobody sees how far this goes. */
  .box::before {
    content: '';
    display: block;
    visibility: hidden;
    /* The toolbar of a room in an empty page is never below the fold; the margin is that of such a page. */
    min-block-size: min(28rem, 100svh - 16px);
    /* 16 / 10: as a padding it says nothing of how wide the room wants to be. */
    padding-block-start: min(62.5%, 100svh - 16px);
  }
  /* And the width, where the room is as wide as what is in it. */
  .box::after {
    content: '';
    display: block;
    visibility: hidden;
    inline-size: 240px;
  }
  .room {
    position: absolute;
    inset: 0;
    border-radius: inherit;
    overflow: hidden;
    overflow: clip;
    container: room / size;
    color: var(--_fg);
    outline: none;
  }
  :host(:fullscreen) {
    border-radius: 0;
  }
  .frame {
    display: grid;
    grid-template: 'header header' auto 'stage side' minmax(0, 1fr) 'bar bar' auto / minmax(0, 1fr) auto;
    block-size: 100%;
  }
  slot[name='header'] {
    grid-area: header;
    display: block;
  }
  .whole {
    grid-area: stage;
    grid-column: 1 / -1;
    min-block-size: 0;
    min-inline-size: 0;
    position: relative;
  }

  /*
   * A round clip around round tiles has the browser draw the whole room aside, with every frame of every picture.
   * In a call nothing reaches into the corners instead.
   */
  .room:has(> .call) {
    border-radius: 0;
  }
  .call {
    --_space: clamp(6px, 1.2cqmin, 14px);
    padding: max(var(--_space), var(--_radius) / 4);
  }
  /* Each brings its own distance: a gap of the grid would also be kept from a header and a panel that are not there. */
  .call .bar {
    margin-block-start: var(--_space);
  }
  .call ::slotted([slot='header']) {
    margin-block-end: var(--_space);
  }
  .call .side,
  .call ::slotted([slot='side']) {
    margin-inline-start: var(--_space);
  }
  .stage {
    grid-area: stage;
    position: relative;
    min-block-size: 0;
    min-inline-size: 0;
  }
  .bar {
    grid-area: bar;
    min-inline-size: 0;
  }
  slot[name='side'] {
    grid-area: side;
    display: block;
  }

  .side {
    grid-area: side;
    inline-size: 20.5rem;
    min-block-size: 0;
  }
  /* No room beside the stage: over it. */
  @container room (width < 760px) {
    .call .side {
      grid-area: stage;
      grid-column: 1 / -1;
      z-index: 3;
      inline-size: auto;
      margin: 0;
      /* Its round corners show no tile. */
      background: var(--_bg);
    }
  }
  .incomplete {
    position: absolute;
    z-index: 4;
    inset: 12px 12px auto;
    inline-size: fit-content;
    max-inline-size: 34rem;
    margin-inline: auto;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 14px;
    padding: 10px 14px;
    border: 1px solid var(--_border-color);
    border-radius: var(--_radius);
    background: var(--_bg2);
  }
  /* On a wall people stand far away. */
  @container room (width >= 1900px) and (height >= 1000px) {
    .frame {
      --_zoom: 1.4;
      font-size: 1.4em;
    }
  }
`;
