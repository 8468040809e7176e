/** One's own picture at the door, or the invitation to turn it on, and the two switches over it. */
import { css } from 'lit';

export const previewStyles = css`
  .preview {
    position: relative;
    display: grid;
    aspect-ratio: 4 / 3;
    max-block-size: calc(100cqb - 2 * clamp(14px, 3.5cqi, 48px));
    inline-size: 100%;
    border-radius: var(--_tile-radius);
    overflow: hidden;
    overflow: clip;
    background: var(--_tile-bg);
  }
  webrtc-video-tile {
    position: absolute;
    inset: 0;
    aspect-ratio: auto;
    /* The preview clips it round; twice is drawn aside, with every frame. */
    --_tile-radius: 0px;
  }
  webrtc-video-tile::part(name-tag) {
    display: none;
  }
  .invite {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: center;
    justify-items: center;
    gap: 14px;
    padding: 16px 16px 84px;
    text-align: center;
    background:
      radial-gradient(90% 110% at 12% 0%, color-mix(in srgb, var(--_accent-bg) 24%, transparent), transparent 70%),
      radial-gradient(80% 90% at 100% 100%, color-mix(in srgb, #e9a23b 26%, transparent), transparent 70%), var(--_bg3);
  }
  .invite p {
    margin: 0;
    color: var(--_fg2);
    color: color-mix(in srgb, var(--_fg) 82%, var(--_fg2));
    font-size: 0.9375em;
  }
  .invite.refused p {
    display: flex;
    align-items: center;
    gap: 0.5em;
  }
  .invite .button {
    padding-inline: min(1.4em, 7cqi);
    box-shadow: 0 6px 20px rgb(0 0 0 / 0.14);
  }

  /* Once it failed, joining is the next step, and asking again the quiet one. */
  .invite .button:not(.primary) {
    background: var(--_bg2);
    color: var(--_fg);
  }

  .devices {
    position: absolute;
    inset-block-end: clamp(8px, 3cqi, 18px);
    inset-inline: 0;
    display: flex;
    justify-content: center;
    gap: 10px;
  }
  .device {
    position: relative;
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.5em;
    min-inline-size: 52px;
    min-block-size: 52px;
    padding: 0 14px;
    border: 0;
    border-radius: var(--_button-radius);
    background: var(--_bg2);
    color: var(--_fg);
    font: inherit;
    cursor: pointer;
    box-shadow: 0 2px 12px rgb(0 0 0 / 0.18);
    transition: background-color 120ms;
  }
  .device:hover {
    background: var(--_bg3);
  }
  .device.off {
    background: var(--_danger);
    color: var(--_danger-fg);
  }
  .device.off:hover {
    background: color-mix(in srgb, var(--_danger) 86%, #000);
  }
  .split {
    display: inline-flex;
    border-radius: var(--_button-radius);
    box-shadow: 0 2px 12px rgb(0 0 0 / 0.18);
  }
  .split .device {
    box-shadow: none;
  }
  .split .device:not(:last-child) {
    border-start-end-radius: 0;
    border-end-end-radius: 0;
    padding-inline-end: 8px;
  }
  .caret {
    min-inline-size: 34px;
    padding: 0 8px 0 4px;
    padding-inline: 4px 8px;
    border: 0;
    border-start-end-radius: var(--_button-radius);
    border-end-end-radius: var(--_button-radius);
    background: var(--_bg2);
    color: var(--_fg);
    cursor: pointer;
  }
  .caret:hover {
    background: var(--_bg3);
  }
  .device.off + .caret {
    background: var(--_danger);
    color: var(--_danger-fg);
  }
  .caret .icon {
    inline-size: 1.1em;
    block-size: 1.1em;
  }
  .device[aria-busy='true'] .icon {
    opacity: 0.4;
  }
  .dot {
    position: absolute;
    inset-block-start: 1px;
    inset-inline-end: 1px;
    display: grid;
    place-items: center;
    inline-size: 18px;
    block-size: 18px;
    border-radius: 50%;
    background: #ffd166;
    color: #2a1e00;
    font-size: 12px;
    font-weight: 800;
    line-height: 1;
  }
  .meter {
    display: flex;
    align-items: center;
    gap: 3px;
    block-size: 20px;
  }
  .meter i {
    inline-size: 4px;
    border-radius: 2px;
    background: currentColor;
    opacity: 0.22;
    transition: opacity 90ms;
  }
  .meter i:nth-child(1),
  .meter i:nth-child(5) {
    block-size: 8px;
  }
  .meter i:nth-child(2),
  .meter i:nth-child(4) {
    block-size: 14px;
  }
  .meter i:nth-child(3) {
    block-size: 20px;
  }
  .meter i.lit {
    background: var(--_speaking-color);
    opacity: 1;
  }
`;
