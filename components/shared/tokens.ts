/**
 * The look that every element shares: `--webrtc-*` as the page may set them on any ancestor, with our
 * own values behind, light and dark by the `color-scheme` in force. Inside, styles use the short `--_*`.
 */
import { css, unsafeCSS, type CSSResult } from 'lit';

/** Public stem, light, dark. Warm paper and ink, one deep green, one honest red. */
const COLORS: readonly (readonly [stem: string, light: string, dark: string])[] = [
  ['bg', '#f5f2ec', '#121413'],
  ['bg2', '#fffdf9', '#1c1f1d'],
  ['bg3', '#e9e4da', '#2a2e2b'],
  ['fg', '#1c1a17', '#f3f2ee'],
  ['fg2', '#5c564d', '#abaea8'],
  ['border-color', '#dcd5c8', '#343936'],
  ['accent-bg', '#0f6b57', '#5dd6b4'],
  ['accent-fg', '#ffffff', '#05261d'],
  ['danger', '#c8362b', '#d63f36'],
  ['danger-fg', '#ffffff', '#ffffff'],
  ['success', '#12805f', '#4cc79d'],
  ['control-bg', '#e9e4da', '#2e3330'],
  ['control-fg', '#1c1a17', '#f3f2ee'],
  ['control-hover-bg', '#ddd6c9', '#3b413d'],
  ['control-active-bg', '#cfc7b8', '#484f4a'],
  ['tile-bg', '#ded8cc', '#1f2321'],
  ['speaking-color', '#0c9a74', '#4fe3b6'],
];

function block(value: (light: string, dark: string) => string): string {
  return `:host{${COLORS.map(([stem, light, dark]) => `--_${stem}:var(--webrtc-${stem},${value(light, dark)})`).join(';')}}`;
}

export const tokens: CSSResult = css`
  ${unsafeCSS(block((light, dark) => `light-dark(${light},${dark})`))}
  @supports not (color: light-dark(red, red)) {
    ${unsafeCSS(block((light) => light))}
    @media (prefers-color-scheme: dark) {
      ${unsafeCSS(block((_, dark) => dark))}
    }
  }
  :host {
    --_focus-ring: var(--webrtc-focus-ring, var(--_accent-bg));
    --_radius: var(--webrtc-border-radius, 14px);
    --_tile-radius: var(--webrtc-tile-radius, 18px);
    --_button-radius: var(--webrtc-button-radius, 999px);
    --_gap: var(--webrtc-grid-gap, 10px);
  }
  /* Not on the element itself: whatever the page says of every element would win there. */
  .box {
    display: block;
    inline-size: 100%;
    block-size: 100%;
    min-block-size: inherit;
    max-block-size: inherit;
    /* Never below 16 px because of a page that shrinks its rem, yet larger for whoever enlarges text. */
    font: 400 calc(var(--webrtc-font-size, max(1rem, 16px)) * var(--_zoom, 1)) / 1.45
      var(--webrtc-font-family, ui-sans-serif, system-ui, sans-serif);
    font-kerning: normal;
    letter-spacing: normal;
    text-align: start;
    text-indent: 0;
    text-shadow: none;
    text-transform: none;
    white-space: normal;
    word-break: normal;
    word-spacing: normal;
    hyphens: manual;
    user-select: text;
    cursor: auto;
    color: var(--_fg);
    -webkit-text-fill-color: currentcolor;
    -webkit-text-size-adjust: 100%;
    text-size-adjust: 100%;
  }
  /* The element is inline, and its own width and height say nothing. */
  .box.bare {
    inline-size: inherit;
    block-size: inherit;
  }
  :host([theme='light']) {
    color-scheme: light;
  }
  :host([theme='dark']) {
    color-scheme: dark;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  .icon {
    display: block;
    inline-size: 1.375em;
    block-size: 1.375em;
    flex: none;
  }
  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  :focus-visible {
    outline: 3px solid var(--_focus-ring);
    outline-offset: 2px;
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation-duration: 1ms !important;
      animation-iteration-count: 1 !important;
      transition-duration: 1ms !important;
    }
  }
`;

/** Buttons as they look everywhere outside the toolbar. */
export const buttons: CSSResult = css`
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.5em;
    min-block-size: 44px;
    flex-shrink: 0;
    max-inline-size: 100%;
    /* With large text in a narrow box the words need the room more than the air around them does. */
    padding: 0.55em min(1.25em, 6.25cqi);
    border: 1px solid transparent;
    border-radius: var(--_button-radius);
    background: var(--_control-bg);
    color: var(--_control-fg);
    font: inherit;
    font-weight: 600;
    text-align: center;
    overflow-wrap: anywhere;
    cursor: pointer;
    transition:
      background-color 120ms,
      transform 120ms;
  }
  .button:hover {
    background: var(--_control-hover-bg);
  }
  .button:active {
    transform: scale(0.98);
  }
  .button.primary {
    background: var(--_accent-bg);
    color: var(--_accent-fg);
  }
  .button.primary:hover {
    background: color-mix(in srgb, var(--_accent-bg) 88%, var(--_fg));
  }
  .button[aria-disabled='true'] {
    cursor: progress;
    opacity: 0.75;
  }
  .button .icon {
    inline-size: 1.2em;
    block-size: 1.2em;
  }
  @media (forced-colors: active) {
    .button {
      border-color: ButtonBorder;
    }
  }
`;
