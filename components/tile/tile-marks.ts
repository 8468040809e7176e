/**
 * Small signs at the edge of somebody's tile: their connection is weak, or we have silenced them. Shown only when
 * there is something to say; part of what comes with the first tile of a room.
 */
import { css, html, nothing, type TemplateResult } from 'lit';
import type { CallState } from '../core/call-state.js';
import type { NetworkQuality } from '../core/network.js';
import type { Localize } from '../shared/localize.js';
import { networkBars, networkBarStyles } from '../shared/network-bars.js';
import { tileIcon } from '../shared/tile-icons.js';
import type { TileIdentity } from './tile-options.js';

export interface Marks {
  /** Null: nothing worth a sign. */
  readonly quality: NetworkQuality | null;
  readonly silenced: boolean;
}

/** No DOM. A link that is being mended says so on the whole tile; a sign beside it would be noise. */
export function marksOf(
  { participantId, local, screen }: TileIdentity,
  linkState: string,
  { participants }: Pick<CallState, 'participants'>,
  volume: number | undefined,
): Marks {
  const other = local ? undefined : participants.find(({ id }) => id === participantId);
  const quality = screen || linkState !== 'connected' ? null : (other?.networkQuality ?? null);
  return { quality: quality === 'poor' || quality === 'lost' ? quality : null, silenced: other !== undefined && volume === 0 };
}

export function marks({ quality, silenced }: Marks, text: Localize): TemplateResult | typeof nothing {
  if (!quality && !silenced) return nothing;
  const sign = (part: string, picture: TemplateResult, words: string): TemplateResult =>
    html`<span part=${part} class="mark" title=${words}>${picture}<span class="visually-hidden">, ${words}</span></span>`;
  return html`<span class="marks"
    >${silenced ? sign('silenced-icon', tileIcon('soundOff'), text.term('silenceForYou')) : nothing}${
      quality ? sign('network-indicator', networkBars(quality), text.term('quality', quality)) : nothing
    }</span
  >`;
}

export const markStyles = css`
  ${networkBarStyles}
  .marks {
    position: absolute;
    inset-block-end: var(--_edge);
    inset-inline-end: var(--_clear-end-end, var(--_edge));
    display: flex;
    gap: 4px;
    font-size: clamp(12px, 2.6cqmin + 6px, 16px);
    line-height: 1;
    --_poor: #ffb454;
  }
  .mark {
    display: grid;
    place-items: center;
    padding: 0.36em;
    border-radius: 999px;
    background: rgb(18 19 18 / 0.74);
    color: #fff;
  }
  .mark .icon {
    inline-size: 1.25em;
    block-size: 1.25em;
  }
  /* The name keeps clear of them. */
  .tile:has(> .marks) .name-tag {
    max-inline-size: calc(100% - var(--_clear-end-start, var(--_edge)) - var(--_clear-end-end, var(--_edge)) - 2.4em);
  }
  .tile:has(> .marks > :nth-child(2)) .name-tag {
    max-inline-size: calc(100% - var(--_clear-end-start, var(--_edge)) - var(--_clear-end-end, var(--_edge)) - 4.6em);
  }
  @container tile (width < 76px) or (height < 50px) {
    .mark {
      padding: 0.2em;
    }
  }
  /* A stamp of a tile has room for one sign and no name. */
  @container tile (width < 76px) {
    .tile:has(> .marks) .name-tag:not(.muted) {
      display: none;
    }
  }
  @media (forced-colors: active) {
    .mark {
      border: 1px solid CanvasText;
      background: Canvas;
      color: CanvasText;
    }
  }
`;
