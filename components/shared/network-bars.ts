/** How well media travels, as three bars: how many are full tells it, and the colour says it again. */
import { css, svg, type TemplateResult } from 'lit';
import type { NetworkQuality } from '../core/network.js';

const FULL: Readonly<Record<NetworkQuality, number>> = { excellent: 3, good: 2, poor: 1, lost: 0 };

/** Decoration: what it means is said in words beside it. Mirrored where one reads from right to left. */
export function networkBars(quality: NetworkQuality): TemplateResult {
  return svg`<svg part="icon" class="bars bars-${quality}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    ${[0, 1, 2].map(
      (bar) =>
        svg`<rect class=${bar < FULL[quality] ? 'full' : 'empty'} x=${2 + bar * 7.5} y=${14 - bar * 6} width="5" height=${8 + bar * 6} rx="1.5" />`,
    )}
    ${quality === 'lost' ? svg`<path class="cross" d="M3 3l8 8M11 3l-8 8" />` : ''}
  </svg>`;
}

export const networkBarStyles = css`
  .bars {
    display: block;
    flex: none;
    inline-size: 1.25em;
    block-size: 1.25em;
    --_bars: currentColor;
  }
  .bars:dir(rtl) {
    transform: scaleX(-1);
  }
  .bars-excellent {
    --_bars: var(--webrtc-connection-excellent, var(--_success));
  }
  .bars-good {
    --_bars: var(--webrtc-connection-good, var(--_success));
  }
  .bars-poor,
  .bars-lost {
    --_bars: var(--webrtc-connection-poor, var(--_poor, var(--_danger)));
  }
  .bars .full {
    fill: var(--_bars);
  }
  .bars .empty {
    fill: currentColor;
    opacity: 0.35;
  }
  .bars .cross {
    fill: none;
    stroke: var(--_bars);
    stroke-width: 2.5;
    stroke-linecap: round;
  }
  @media (forced-colors: active) {
    .bars {
      --_bars: CanvasText !important;
    }
    .bars .empty {
      fill: none;
      stroke: CanvasText;
      stroke-width: 1;
      opacity: 1;
    }
  }
`;
