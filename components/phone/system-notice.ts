/** Tells of a call outside the page, where the visitor allowed it and looks elsewhere. Never asks by itself. */
export class SystemNotice {
  #shown: Notification | undefined;

  /** `granted`, `denied`, or `ask`: a click may ask. */
  get permission(): 'ask' | 'denied' | 'granted' {
    if (typeof Notification === 'undefined') return 'denied';
    return Notification.permission === 'default' ? 'ask' : Notification.permission;
  }

  async ask(): Promise<void> {
    await Notification.requestPermission().catch(() => 'denied');
  }

  show(title: string, tag: string): void {
    if (this.permission !== 'granted' || document.visibilityState === 'visible') return;
    try {
      const notice = new Notification(title, { tag, requireInteraction: true });
      notice.onclick = () => {
        window.focus();
        notice.close();
      };
      this.#shown = notice;
    } catch {
      // Some phones allow it to service workers only.
    }
  }

  hide(): void {
    this.#shown?.close();
    this.#shown = undefined;
  }
}
