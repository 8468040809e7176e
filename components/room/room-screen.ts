/** How large `<webrtc-room>` is seen: the whole screen, or a small window above everything. */
import { CallError } from '../core/call-error.js';
import type { CallHost } from '../shared/call-context.js';
import { PipToggleEvent } from '../shared/events/view-events.js';
import { pipKind } from '../shared/pip-support.js';
import type { PipSession } from './pip.js';
import { RoomLook } from './room-look.js';

type ScreenHost = Pick<CallHost, 'fullscreen' | 'pipOpen' | 'toggleFullscreen' | 'togglePip'>;

export abstract class RoomScreen extends RoomLook implements ScreenHost {
  #pip: PipSession | undefined;
  #opening = false;

  constructor() {
    super();
    this.addEventListener('fullscreenchange', () => this.onRoomChange());
  }

  /** @internal */
  get fullscreen(): boolean {
    const root = this.getRootNode();
    return 'fullscreenElement' in root && root.fullscreenElement === this;
  }
  /** @internal `requestFullscreen()` itself is that of every element. */
  async toggleFullscreen(): Promise<void> {
    if (this.fullscreen) await this.ownerDocument.exitFullscreen();
    else await this.requestFullscreen();
  }

  /** @internal */
  get pipOpen(): boolean {
    return this.#pip !== undefined;
  }
  /** @internal */
  async togglePip(open = !this.pipOpen): Promise<void> {
    if (open) await this.requestPictureInPicture();
    else this.#pip?.close();
  }
  /** A small window above all others: the people and the most needed buttons, or who speaks. Call it from a click. */
  async requestPictureInPicture(): Promise<void> {
    const kind = pipKind();
    if (!kind) throw new CallError('UNSUPPORTED_BROWSER', { message: 'There is no picture-in-picture here.' });
    if (this.now.meeting !== 'joined') throw new CallError('NOT_JOINED');
    if (this.#pip || this.#opening) return;
    this.#opening = true;
    try {
      const { openPip } = await import('./pip.js');
      const session = await openPip(kind, this.pipContext(), () => {
        if (this.#pip !== session) return;
        this.#pip = undefined;
        this.#pipToggled(false);
      });
      this.#pip = session;
    } finally {
      this.#opening = false;
    }
    this.#pipToggled(true);
  }

  /** @internal What the small window shows. */
  protected abstract pipContext(): Parameters<typeof import('./pip.js').openPip>[1];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#pip?.close();
  }

  #pipToggled(open: boolean): void {
    this.onRoomChange();
    this.dispatchEvent(new PipToggleEvent({ open }));
  }
}
