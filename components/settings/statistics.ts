/** How media travels to everybody, asked for again every few seconds while the panel is open and the page is seen. */
import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { NO_NETWORK, type ConnectionStats, type NetworkStats } from '../core/network.js';
import type { ParticipantId } from '../core/participant.js';
import type { CallSource } from '../shared/call-source.js';
import type { Localize } from '../shared/localize.js';
import { networkBars } from '../shared/network-bars.js';
import { statsWords } from './stats-words.js';

/** The call itself looks no more often than every few seconds. */
const AGAIN_MS = 2_000;

export class Statistics implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #source: CallSource;
  readonly #text: Localize;
  #stats: NetworkStats = NO_NETWORK;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(host: ReactiveControllerHost, source: CallSource, text: Localize) {
    this.#host = host;
    this.#source = source;
    this.#text = text;
    source.onCall(() => void this.#ask());
    host.addController(this);
  }

  hostConnected(): void {
    this.#timer = setInterval(() => {
      if (!document.hidden) void this.#ask();
    }, AGAIN_MS);
  }

  hostDisconnected(): void {
    clearInterval(this.#timer);
  }

  render(): TemplateResult {
    const text = this.#text;
    const names = new Map(this.#source.call?.state.get().participants.map(({ id, displayName }) => [id, displayName]));
    const here = this.#stats.participants.filter(({ participantId }) => names.has(participantId));
    if (!here.length) return html`<p class="told">${text.term('statsAlone')}</p>`;
    return html`<ul class="links">
      ${here.map((person) => {
        const name = names.get(person.participantId) || text.term('guest');
        const connection = connectionTo(person.participantId, this.#stats);
        return html`<li>
          <div class="who">
            ${networkBars(person.quality)}<b><bdi>${name}</bdi></b
            ><span>${text.term('quality', person.quality)}</span>
          </div>
          <p class="told">
            ${(connection ? statsWords(connection, person, name, text) : []).map((sentence, at) => html`${at ? ' ' : nothing}${sentence}`)}
          </p>
        </li>`;
      })}
    </ul>`;
  }

  async #ask(): Promise<void> {
    const { call } = this.#source;
    // Outside of a call there is nothing to tell.
    this.#stats = (await call?.getNetworkStats().catch(() => null)) ?? NO_NETWORK;
    this.#host.requestUpdate();
  }
}

/** Their own, or the one everything goes over. */
function connectionTo(id: ParticipantId, { connections }: NetworkStats): ConnectionStats | undefined {
  return (
    connections.find(({ participantId }) => participantId === id) ??
    connections.find(({ participantId }) => participantId === null)
  );
}
