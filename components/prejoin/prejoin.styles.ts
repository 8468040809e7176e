/** The door: picture and form side by side where there is room, one below the other where there is not. */
import { css } from 'lit';

export const prejoinStyles = css`
  :host {
    display: block;
    block-size: 100%;
    min-block-size: 0;
    min-inline-size: 0;
  }
  .box {
    container: prejoin / size;
  }
  .scroll {
    block-size: 100%;
    overflow: auto;
    scroll-padding-block-end: 80px;
    display: grid;
  }
  .form {
    display: grid;
    grid-template-columns: minmax(0, 1.35fr) minmax(15rem, 1fr);
    align-items: center;
    gap: clamp(20px, 4cqi, 56px);
    inline-size: 100%;
    max-inline-size: calc(72rem * var(--_zoom, 1));
    margin: auto;
    padding: clamp(14px, 3.5cqi, 48px);
  }

  .door {
    display: flex;
    flex-direction: column;
    gap: 14px;
    min-inline-size: 0;
  }
  h2 {
    margin: 0;
    font-size: clamp(1.375em, 1em + 2cqi, 2.25em);
    font-weight: 650;
    line-height: 1.15;
    letter-spacing: -0.02em;
    text-wrap: balance;
    overflow-wrap: break-word;
  }
  .room {
    margin: 0 0 -8px;
    color: var(--_fg2);
    font-size: 0.9375em;
    font-weight: 600;
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .hint {
    margin: -6px 0 0;
    color: var(--_fg2);
    font-size: 0.9375em;
  }
  .recorded {
    display: flex;
    align-items: center;
    gap: 0.5em;
    margin: 0;
    color: var(--_fg);
    font-weight: 600;
  }
  .recorded::before {
    content: '';
    flex: none;
    inline-size: 0.7em;
    block-size: 0.7em;
    border-radius: 50%;
    background: var(--_danger);
  }
  input[readonly] {
    border-color: transparent;
    background: var(--_bg3);
  }
  .inside {
    display: flex;
    align-items: center;
    gap: 0.5em;
    margin: 0 0 6px;
    min-block-size: 1.45em;
    color: var(--_fg2);
  }
  .inside .icon {
    inline-size: 1.2em;
    block-size: 1.2em;
  }
  .inside .live {
    flex: none;
    inline-size: 9px;
    block-size: 9px;
    margin-inline: 3px;
    border-radius: 50%;
    background: var(--_success);
  }
  label {
    display: grid;
    gap: 6px;
    font-size: 0.9375em;
    font-weight: 600;
  }
  input {
    inline-size: 100%;
    min-block-size: 48px;
    padding: 0 1em;
    border: 1px solid color-mix(in srgb, var(--_border-color) 40%, var(--_fg2));
    border-radius: var(--_radius);
    background: var(--_bg2);
    color: var(--_fg);
    font: inherit;
    font-size: max(16px, 1.0667em);
    font-weight: 400;
  }
  /* Seen whatever is told above it, in the smallest box too. */
  .join {
    position: sticky;
    inset-block-end: 6px;
    box-shadow: 0 0 0 6px var(--_bg);
    min-block-size: 52px;
    font-size: 1.0625em;
  }

  @container prejoin (width < 620px) {
    .form {
      grid-template-columns: minmax(0, 1fr);
      align-content: center;
      max-inline-size: 30rem;
      gap: 16px;
    }
    .preview {
      max-block-size: max(170px, 42cqb);
    }
    /* As tall as its words need, whatever their size. */
    .preview:has(.invite) {
      aspect-ratio: auto;
      min-block-size: max(170px, min(42cqb, 68cqi));
      max-block-size: none;
    }
    /* There is nothing to see: the room is for how to mend it. */
    .preview:has(.refused) {
      min-block-size: 140px;
    }
    .invite {
      padding-block: 14px 78px;
      gap: 8px;
    }
    /* Clear of the switches. */
    webrtc-video-tile::part(avatar) {
      translate: 0 -26px;
    }
    .invite .button {
      padding-inline: min(1em, 5cqi);
      font-size: 0.9375em;
      text-wrap: balance;
    }
    .door {
      gap: 10px;
    }
    .inside {
      margin: 0;
    }
  }
  /* Low as well: what one has to do fits without scrolling. */
  @container prejoin (width < 620px) and (height < 430px) {
    .preview {
      max-block-size: 132px;
    }
    .preview:has(.invite:not(.refused)) {
      min-block-size: 0;
    }
    .invite {
      padding-block: 8px 68px;
    }
    .invite:not(.refused) p {
      display: none;
    }
  }
  /* Words before ornament: most languages fit on one line then. */
  @container prejoin (width < 360px) {
    .invite .button .icon {
      display: none;
    }
  }
  /* Low and wide: the form keeps its place beside a smaller picture. */
  @container prejoin ((height < 340px) and (width >= 420px)) or ((height < 440px) and (width >= 520px)) {
    .form {
      grid-template-columns: minmax(0, 1fr) minmax(13rem, 1fr);
      max-inline-size: 56rem;
      gap: 16px;
      padding: 12px;
    }
    .preview {
      position: sticky;
      inset-block-start: 12px;
      align-self: start;
      aspect-ratio: auto;
      block-size: calc(100cqb - 24px);
      max-block-size: none;
    }
    .door {
      gap: 8px;
    }
    h2 {
      font-size: 1.25em;
    }
    .invite {
      padding-inline: 10px;
    }
    .invite .button {
      padding-inline: 0.9em;
      font-size: 0.875em;
    }
    .invite:not(.refused) p {
      display: none;
    }
  }
  /* A stamp: the name and the way in. */
  @container prejoin (width < 420px) and (height < 340px) {
    .room,
    .hint:not(.recorded) {
      display: none;
    }
    .form {
      padding: 10px 12px;
    }
    .preview {
      display: none;
    }
    h2 {
      font-size: 1.125em;
    }
    .door {
      gap: 7px;
    }
    .inside {
      font-size: 0.875em;
    }
    label span {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    input,
    .join {
      min-block-size: 44px;
    }
  }
  @media (forced-colors: active) {
    .device,
    .preview {
      border: 1px solid ButtonBorder;
    }
    .meter i.lit {
      background: Highlight;
    }
  }
`;
