/** What the small window shows: at most four faces, the one who speaks first, and three buttons. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ControlContext, ButtonView } from '../shared/controls/control.js';
import { FIRST } from '../shared/controls/first-controls.js';
import type { CallState } from '../core/call-state.js';
import { hueOf, initials } from '../shared/avatar.js';

const FACES = 4;

export interface PipContext {
  readonly element: HTMLElement;
  at(): ControlContext;
  /** Calls back whenever something may look different. */
  watch(listener: () => void): () => void;
}

export interface PipFace {
  readonly key: string;
  readonly id: string;
  readonly displayName: string;
  readonly stream: MediaStream | null;
  readonly screen: boolean;
  readonly local: boolean;
  readonly muted: boolean;
}

/** Screens, then who speaks, then the others as they came, ourselves last. */
export function pipFaces({ participants, local, activeSpeaker }: CallState): readonly PipFace[] {
  const others = [...participants].sort((a, b) => Number(b.id === activeSpeaker) - Number(a.id === activeSpeaker));
  const screens = others.filter(({ media, streams }) => media.screen && streams.screen);
  return [
    ...screens.map(({ id, displayName, streams }) => ({
      ...{ key: `${id}-screen`, id, displayName, stream: streams.screen },
      ...{ screen: true, local: false, muted: false },
    })),
    ...others.map(({ id, displayName, streams, media }) => ({
      ...{ key: id, id, displayName, stream: media.camera ? streams.camera : null },
      ...{ screen: false, local: false, muted: !media.microphone },
    })),
    {
      ...{ key: 'local', id: local.id ?? 'local', displayName: local.displayName },
      ...{ stream: local.camera.status === 'on' ? local.streams.camera : null },
      ...{ screen: false, local: true, muted: local.microphone.status !== 'on' },
    },
  ].slice(0, FACES);
}

export function pipContent({ at }: PipContext, close: () => void): TemplateResult {
  const now = at();
  const faces = pipFaces(now.state);
  const controls = (['microphone', 'camera', 'leave'] as const).flatMap((name) => {
    const face = FIRST[name](now);
    return face ? [[name, face] as const] : [];
  });
  return html`<main>
    <ul class="faces of-${faces.length}">
      ${repeat(
        faces,
        ({ key }) => key,
        (face) => drawn(face, now),
      )}
    </ul>
    <div class="bar" role="toolbar" aria-label=${now.text.term('controls')}>
      ${controls.map(([name, face]) => button(name, face, name === 'leave' ? close : () => undefined))}
    </div>
  </main>`;
}

function drawn({ id, displayName, stream, screen, local, muted }: PipFace, { text }: ControlContext): TemplateResult {
  const name = displayName || text.term('guest');
  const said = screen ? text.term('screenOf', name) : local ? text.term('you', name) : name;
  return html`<li class="${screen ? 'screen' : ''} ${local ? 'local' : ''} hue-${Math.round(hueOf(id) / 45) % 8}">
    ${
      stream
        ? html`<video .srcObject=${stream} .muted=${true} autoplay playsinline aria-hidden="true"></video>`
        : html`<span class="avatar" aria-hidden="true">${initials(displayName)}</span>`
    }
    <span class="name"
      ><bdi>${said}</bdi>${muted ? html`<span class="hidden">, ${text.term('microphoneOff')}</span>` : nothing}</span
    >
  </li>`;
}

function button(name: string, face: ButtonView, then: () => void): TemplateResult {
  return html`<button
    type="button"
    class="${name} ${face.variant ?? ''}"
    aria-label=${face.label}
    title=${face.label}
    aria-disabled=${face.pending ? 'true' : nothing}
    @click=${(event: Event) => {
      if (face.pending) return;
      void Promise.resolve(face.press(event.currentTarget as HTMLElement)).catch(() => undefined);
      then();
    }}
  >
    ${face.icon}
  </button>`;
}
