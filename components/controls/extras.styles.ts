/** What hangs on the buttons of the toolbar: the narrow half of a split button, the count, the tooltip. */
import { css } from 'lit';

export const extrasStyles = css`
  /* In the menu now. Still there to be measured, for the moment when there is room again. */
  .bar .over {
    position: absolute;
    inset-block-start: 0;
    inset-inline-start: 0;
    visibility: hidden;
  }
  .split {
    display: inline-flex;
    flex: none;
    border-radius: var(--_button-radius);
    background: var(--_control-bg);
  }
  .split.off {
    background: color-mix(in srgb, var(--_danger) 16%, var(--_bg2));
  }
  .bar .split button {
    background: transparent;
  }
  .bar .split button:hover {
    background: var(--_control-hover-bg);
  }
  .bar .split.off button:hover {
    background: color-mix(in srgb, var(--_danger) 24%, var(--_bg2));
  }
  .caret {
    min-inline-size: 30px;
    padding-inline-end: 4px;
    margin-inline-start: -8px;
    border-start-start-radius: 0;
    border-end-start-radius: 0;
  }
  .split.off .caret {
    color: color-mix(in srgb, var(--_danger) 72%, var(--_fg));
  }
  .caret .icon {
    inline-size: 1.05em;
    block-size: 1.05em;
  }
  button.open {
    background: color-mix(in srgb, var(--_accent-bg) 16%, var(--_bg2));
    color: color-mix(in srgb, var(--_accent-bg) 85%, var(--_fg));
  }
  .count {
    position: absolute;
    inset-block-start: 0;
    inset-inline-end: -2px;
    min-inline-size: 19px;
    padding-inline: 5px;
    border: 2px solid var(--_bg2);
    border-radius: 99px;
    background: var(--_fg);
    color: var(--_bg2);
    font-size: 11px;
    font-weight: 700;
    line-height: 15px;
    text-align: center;
  }
  .count::after {
    content: attr(data-count);
  }
  .count.news {
    background: var(--_danger);
    color: var(--_danger-fg);
  }
  .tooltip {
    position: absolute;
    z-index: 3;
    inset-block-end: calc(100% + 12px);
    inset-inline-start: 50%;
    inline-size: max-content;
    max-inline-size: min(240px, 90cqi);
    padding: 0.35em 0.75em;
    border-radius: 9px;
    background: var(--_fg);
    color: var(--_bg2);
    font-size: 0.8125em;
    font-weight: 500;
    line-height: 1.4;
    pointer-events: none;
    opacity: 0;
    visibility: hidden;
    translate: -50% 4px;
    transition:
      opacity 120ms 0ms,
      translate 120ms,
      visibility 0ms 120ms;
  }
  .tooltip kbd {
    margin-inline-start: 0.7em;
    padding: 0 0.45em;
    border-radius: 5px;
    background: color-mix(in srgb, var(--_bg2) 22%, transparent);
    font: inherit;
    font-size: 0.9em;
  }
  :dir(rtl) .tooltip,
  [dir='rtl'] .tooltip {
    translate: 50% 4px;
  }
  button:focus-visible .tooltip {
    opacity: 1;
    visibility: visible;
    transition-delay: 0ms;
  }
  @media (hover: hover) {
    button:hover .tooltip {
      opacity: 1;
      visibility: visible;
      transition-delay: 350ms, 350ms, 350ms;
    }
  }
  .quiet .tooltip {
    display: none;
  }
`;
