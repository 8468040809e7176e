/** Somebody with a telephone: a real page in a real browser, used by what is on the screen. */
import type { Browser, BrowserContext, Page } from 'puppeteer-core';
import type { PhoneState } from '../../components/core/phone/phone-state.js';
import { until } from './until.js';

/** Small and slow video: two cores carry several people. */
function prepare(): void {
  const media = navigator.mediaDevices;
  const open = media.getUserMedia.bind(media);
  media.getUserMedia = (wanted) =>
    open(
      wanted?.video
        ? { ...wanted, video: { ...(wanted.video as MediaTrackConstraints), width: 320, height: 180, frameRate: 10 } }
        : wanted,
    );
}

/** What the call of a telephone is like. */
export interface Talk {
  readonly meeting: string;
  readonly signaling: string;
  readonly camera: string;
  readonly microphone: string;
  readonly others: readonly { readonly name: string; readonly link: string; readonly sees: boolean }[];
}

export class Telephone {
  readonly page: Page;
  readonly context: BrowserContext;

  private constructor(context: BrowserContext, page: Page) {
    this.context = context;
    this.page = page;
  }

  /** Opens the page and waits until it can be rung. `context`: another tab of somebody. */
  static async at(browser: Browser, url: string, context?: BrowserContext): Promise<Telephone> {
    const own = context ?? (await browser.createBrowserContext());
    const page = await own.newPage();
    page.setDefaultTimeout(15_000);
    await page.setViewport({ width: 640, height: 600 });
    await page.evaluateOnNewDocument(prepare);
    await page.goto(url);
    const phone = new Telephone(own, page);
    await phone.ready();
    return phone;
  }

  ready(): Promise<boolean> {
    return until('a telephone that can be rung', () =>
      this.page.evaluate(() => Boolean((document.querySelector('webrtc-phone') as { ownAddress?: string | null }).ownAddress)),
    );
  }

  address(): Promise<string> {
    return this.page.evaluate(() => document.querySelector('webrtc-phone')!.ownAddress ?? '');
  }

  set(attributes: Readonly<Record<string, string>>): Promise<void> {
    return this.page.evaluate((given) => {
      for (const [name, value] of Object.entries(given)) document.querySelector('webrtc-phone')!.setAttribute(name, value);
    }, attributes);
  }

  /** Types an address and presses "Call". */
  async dial(address: string): Promise<void> {
    await this.page.bringToFront();
    const field = await this.page.waitForSelector('webrtc-phone >>> input[name=address]', { visible: true });
    await field?.evaluate((input) => (input.value = ''));
    await field?.type(address);
    await this.press('call');
  }

  async press(act: string): Promise<void> {
    await this.page.bringToFront();
    const button = await this.page.waitForSelector(`>>> [data-act="${act}"]`, { visible: true });
    await button?.click();
  }

  state(): Promise<PhoneState> {
    return this.page.evaluate(() => {
      const state = document.querySelector('webrtc-phone')!.phone.state.get();
      return JSON.parse(JSON.stringify(state)) as typeof state;
    });
  }

  until(phase: PhoneState['phase'], timeoutMs = 20_000): Promise<PhoneState> {
    return until(
      `the telephone to be ${phase}`,
      async () => {
        const state = await this.state();
        if (state.phase === phase) return state;
        throw new Error(JSON.stringify(state));
      },
      timeoutMs,
    );
  }

  /** On the desk again, and what stands there says how the ring ended. */
  async ends(outcome: string): Promise<void> {
    await until(`it to end with ${outcome}`, async () => {
      const { phase, last } = await this.state();
      return phase === 'idle' && last?.outcome === outcome;
    });
    await until('words about it', async () => (await this.says('.last')) !== '');
  }

  /** The text of a piece of the telephone. */
  says(selector: string): Promise<string> {
    return this.page.evaluate(
      (inside) => document.querySelector('webrtc-phone')!.shadowRoot!.querySelector(inside)?.textContent?.trim() ?? '',
      selector,
    );
  }

  talk(): Promise<Talk | null> {
    return this.page.evaluate(() => {
      const room = document.querySelector('webrtc-phone')!.shadowRoot!.querySelector('webrtc-room');
      const state = room?.call?.state.get();
      if (!state) return null;
      const { meeting, connection, local, participants } = state;
      return {
        meeting,
        signaling: connection,
        camera: local.camera.status,
        microphone: local.microphone.status,
        others: participants.map(({ displayName, link, streams }) => ({
          name: displayName,
          link,
          sees: streams.camera?.getVideoTracks().some((track) => !track.muted) ?? false,
        })),
      };
    });
  }

  /** In a call with so many others, all of them connected. */
  talksWith(others: number): Promise<Talk> {
    return until(
      `a call with ${others}`,
      async () => {
        const talk = await this.talk();
        if (talk?.others.length === others && talk.others.every(({ link }) => link === 'connected')) return talk;
        throw new Error(JSON.stringify(talk));
      },
      30_000,
    );
  }

  async close(): Promise<void> {
    await this.context.close();
  }
}
