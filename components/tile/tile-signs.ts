/**
 * What somebody shows without a word: a raised hand, and reactions that float up for a moment. Hears of
 * reactions from the call the tile belongs to; knows nothing of pictures.
 */
import { css, html, nothing, type ReactiveController, type ReactiveElement, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import hand from 'lucide/dist/esm/icons/hand.mjs';
import type { CallSlot } from '../shared/call-slot.js';
import { draw } from '../shared/icons.js';

const SHOWN_MS = 4_000;
/** Of one person at a time; the oldest makes room. */
const MOST = 5;

interface Floating {
  readonly key: number;
  readonly emoji: string;
}

export class TileSigns implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #participantId: () => string;
  #floating: readonly Floating[] = [];
  #count = 0;
  #end = new AbortController();

  constructor(host: ReactiveElement, source: CallSlot, participantId: () => string) {
    this.#host = host;
    this.#participantId = participantId;
    host.addController(this);
    source.onCall((call) => {
      this.#end.abort();
      this.#end = new AbortController();
      call?.onFact((fact) => {
        if (fact.type === 'reaction' && fact.participantId === this.#participantId()) this.#show(fact.emoji);
      }, this.#end.signal);
    });
  }

  hostDisconnected(): void {
    this.#floating = [];
  }

  render(handRaised: boolean): TemplateResult | typeof nothing {
    if (!handRaised && !this.#floating.length) return nothing;
    return html`${handRaised ? html`<span part="hand-icon" class="hand" aria-hidden="true">${draw('hand', hand)}</span>` : nothing}
      <span class="reactions" aria-hidden="true">
        ${repeat(
          this.#floating,
          ({ key }) => key,
          ({ key, emoji }) => html`<span class="reaction lane-${key % 4}">${emoji}</span>`,
        )}
      </span>`;
  }

  #show(emoji: string): void {
    if (!this.#host.isConnected) return;
    this.#count += 1;
    const key = this.#count;
    this.#floating = [...this.#floating, { key, emoji }].slice(-MOST);
    this.#host.requestUpdate();
    setTimeout(() => {
      this.#floating = this.#floating.filter((each) => each.key !== key);
      this.#host.requestUpdate();
    }, SHOWN_MS);
  }
}

export const signStyles = css`
  .hand {
    position: absolute;
    inset-block-start: var(--_edge);
    inset-inline-start: var(--_clear-start-start, var(--_edge));
    display: grid;
    place-items: center;
    inline-size: clamp(26px, 10cqmin, 48px);
    block-size: clamp(26px, 10cqmin, 48px);
    border-radius: 50%;
    background: #f4c44e;
    color: #241a02;
    font-size: clamp(12px, 4.4cqmin, 22px);
    line-height: 1;
  }
  .reactions {
    position: absolute;
    inset: 0;
    overflow: hidden;
    overflow: clip;
    border-radius: inherit;
    pointer-events: none;
  }
  .reaction {
    position: absolute;
    inset-block-end: 14%;
    inset-inline-end: 8%;
    font-size: clamp(22px, 13cqmin, 64px);
    line-height: 1.2;
    animation: float 4s ease-out both;
  }
  .lane-1 {
    inset-inline-end: 20%;
  }
  .lane-2 {
    inset-inline-end: 14%;
  }
  .lane-3 {
    inset-inline-end: 26%;
  }
  @keyframes float {
    from {
      translate: 0 40%;
      scale: 0.5;
      opacity: 0;
    }
    12% {
      translate: 0 0;
      scale: 1.1;
      opacity: 1;
    }
    75% {
      opacity: 1;
    }
    to {
      translate: 0 -55cqh;
      scale: 1;
      opacity: 0;
    }
  }
  /* Still: a badge that is there, and then is not. */
  @media (prefers-reduced-motion: reduce) {
    .reaction {
      inset-block: auto;
      inset-block-start: var(--_edge);
      animation: none !important;
      padding: 0.1em;
      border-radius: 50%;
      background: rgb(18 19 18 / 0.74);
      font-size: clamp(18px, 8cqmin, 40px);
    }
  }
  @media (forced-colors: active) {
    .hand {
      border: 1px solid CanvasText;
      background: Canvas;
    }
  }
`;
