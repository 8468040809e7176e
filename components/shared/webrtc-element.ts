/**
 * What all our elements share, whatever page they stand in: everything is drawn into a box of our own inside the shadow
 * root, because rules of the page win over `:host` and could take display, size or position away from the element itself;
 * styles survive a move into another document; and a move that keeps the state (`moveBefore`) keeps it here, too.
 */
import { LitElement, type ReactiveController } from 'lit';
import { addStyles, renewStyles } from './own-styles.js';
import { windowOf } from './window-of.js';

export interface MovingController extends ReactiveController {
  /** The element has another place in the page and was never taken out of it. */
  hostMoved?(): void;
}

export abstract class WebrtcElement extends LitElement {
  readonly #controllers: MovingController[] = [];
  #sizes: ResizeObserver | undefined;

  override addController(controller: MovingController): void {
    super.addController(controller);
    this.#controllers.push(controller);
  }

  protected override createRenderRoot(): HTMLElement {
    // eslint-disable-next-line wc/attach-shadow-constructor -- as Lit does: before the first drawing, a page may have set properties only
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    addStyles(root, (this.constructor as typeof LitElement).elementStyles);
    const box = root.ownerDocument.createElement('div');
    box.className = 'box';
    root.append(box);
    return box;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#watchDisplay();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sizes?.disconnect();
    this.#sizes = undefined;
  }

  /** Into another document: a window, a frame. */
  adoptedCallback(): void {
    if (this.shadowRoot) renewStyles(this.shadowRoot);
  }

  /** `moveBefore()` instead of leaving and entering. */
  connectedMoveCallback(): void {
    for (const controller of this.#controllers) controller.hostMoved?.();
    this.requestUpdate();
  }

  /**
   * An inline element (`* { all: unset }`) ignores its own width and height: the box takes them over. Only where the page's
   * rules reach: an element inside another one of ours has no such neighbours.
   */
  #watchDisplay(): void {
    const root = this.getRootNode();
    if (typeof ResizeObserver === 'undefined' || ('host' in root && (root as ShadowRoot).host instanceof WebrtcElement)) return;
    const box = this.renderRoot as HTMLElement;
    const view = windowOf(this);
    this.#sizes ??= new view.ResizeObserver(() =>
      view.requestAnimationFrame(() => {
        const inline = getComputedStyle(this).display === 'inline';
        if (inline !== box.classList.contains('bare')) box.classList.toggle('bare', inline);
      }),
    );
    this.#sizes.observe(box);
  }
}
