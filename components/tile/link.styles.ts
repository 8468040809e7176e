/** How a tile tells whether media arrives, and who speaks. */
import { css } from 'lit';

export const linkStyles = css`
  .status {
    position: absolute;
    inset: 0;
    display: grid;
    place-content: center;
    place-items: center;
    gap: 0.7em;
    padding: 0.5em;
    background: rgb(18 19 18 / 0.62);
    color: #fff;
    font-size: clamp(12px, 3cqmin + 5px, 17px);
    font-weight: 500;
    text-align: center;
  }
  .status .icon {
    inline-size: 1.8em;
    block-size: 1.8em;
  }
  /* While somebody is only arriving, their colour stays bright and a small badge tells. */
  .status.connecting {
    inset: auto;
    inset-block-start: clamp(5px, 2.2cqmin, 14px);
    inset-inline-start: clamp(5px, 2.2cqmin, 14px);
    display: flex;
    gap: 0.5em;
    padding: 0.26em 0.8em;
    border-radius: 999px;
    background: rgb(18 19 18 / 0.74);
    font-size: clamp(12px, 2.6cqmin + 6px, 15px);
  }
  .spinner {
    inline-size: 1.7em;
    block-size: 1.7em;
    border: 0.2em solid rgb(255 255 255 / 0.3);
    border-block-start-color: #fff;
    border-radius: 50%;
    animation: turn 900ms linear infinite;
  }
  .connecting .spinner {
    inline-size: 1em;
    block-size: 1em;
    border-width: 0.15em;
  }
  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }

  .ring {
    position: absolute;
    inset: 0;
    border-radius: inherit;
    pointer-events: none;
    box-shadow: inset 0 0 0 0 var(--_speaking-color);
    /* Stays through the gaps between words. At once or not at all: a ring that fades is painted anew for every frame. */
    transition: box-shadow 0s 500ms;
  }
  :host([speaking]) .ring {
    transition-delay: 0s;
    box-shadow:
      inset 0 0 0 3px var(--_speaking-color),
      inset 0 0 0 5px rgb(0 0 0 / 0.25);
  }

  @container tile (width < 150px) or (height < 84px) {
    .status span:not(.spinner) {
      display: none;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .spinner {
      animation: none;
    }
  }
  @media (forced-colors: active) {
    .status {
      background: Canvas;
      color: CanvasText;
    }
    :host([speaking]) .ring {
      border: 4px solid Highlight;
    }
  }
`;
