/**
 * Somebody in a call: a real page in a real browser, used as a visitor would, by what is on the screen.
 * Watches the console: a warning or an error there is a failure of the test that closes the person.
 */
import type { Browser, BrowserContext, Page } from 'puppeteer-core';
import type { Call } from '../../components/core/call.js';
import type { CallState } from '../../components/core/call-state.js';
import type { TimingOverrides } from '../../components/core/timings.js';
import { until } from './until.js';

/** Small and slow video: two cores carry several people, and every RTCPeerConnection of the page can be asked. */
function prepare(): void {
  const page = window as unknown as { connections: RTCPeerConnection[] };
  page.connections = [];
  const Real = RTCPeerConnection;
  window.RTCPeerConnection = class extends Real {
    constructor(config?: RTCConfiguration) {
      super(config);
      page.connections.push(this);
    }
  };
  const media = navigator.mediaDevices;
  if (!media) return;
  const open = media.getUserMedia.bind(media);
  media.getUserMedia = (wanted) =>
    open(
      wanted?.video
        ? { ...wanted, video: { ...(wanted.video as MediaTrackConstraints), width: 320, height: 180, frameRate: 10 } }
        : wanted,
    );
}

export interface Snapshot {
  readonly meeting: CallState['meeting'];
  readonly connection: CallState['connection'];
  readonly id: string | null;
  readonly leftReason: CallState['leftReason'];
  readonly error: string | null;
  readonly local: { readonly microphone: string; readonly camera: string; readonly screen: string };
  readonly participants: readonly {
    readonly id: string;
    readonly name: string;
    readonly link: string;
    readonly presence: string;
    readonly media: Readonly<Record<string, boolean>>;
    readonly surfaces: readonly string[];
  }[];
}

export interface Received {
  frames: number;
  energy: number;
  packets: number;
  width: number;
}

export interface PersonOptions {
  readonly name?: string;
  /** What the console may say in this test. */
  readonly expectedInConsole?: readonly RegExp[];
  /** Script that runs in the page before anything else. */
  readonly before?: string;
  /** Other durations than a visitor has, so that a test need not wait. */
  readonly timings?: TimingOverrides;
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** What browsers say by themselves about things that are no trouble of ours. */
const NO_TROUBLE = [/Download the React DevTools/, /Feature Policy: Skipping unsupported/, /Permissions-Policy/i];

export class Person {
  readonly page: Page;
  readonly #context: BrowserContext;
  readonly #complaints: string[] = [];
  readonly #expected: readonly RegExp[];

  private constructor(context: BrowserContext, page: Page, expected: readonly RegExp[]) {
    this.#context = context;
    this.page = page;
    this.#expected = [...NO_TROUBLE, ...expected];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warn') this.#complain(`console ${message.type()}: ${message.text()}`);
    });
    page.on('pageerror', (error) =>
      this.#complain(`uncaught: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
    );
  }

  /** Opens the page of the room and waits until the element is there. Nothing is joined yet. */
  static async visit(browser: Browser, url: string, options: PersonOptions = {}): Promise<Person> {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    await page.setViewport({ width: 640, height: 400, ...options.viewport });
    await page.evaluateOnNewDocument(prepare);
    if (options.before) await page.evaluateOnNewDocument(options.before);
    const person = new Person(context, page, options.expectedInConsole ?? []);
    await page.goto(url);
    await page.waitForSelector('webrtc-room:defined');
    if (options.timings) await person.#useTimings(options.timings);
    if (options.name) await person.type('>>> input[name="name"]', options.name);
    return person;
  }

  /** Visits, joins by the button, and is in the call. */
  static async inCall(browser: Browser, url: string, options: PersonOptions = {}): Promise<Person> {
    const person = await Person.visit(browser, url, options);
    await person.press('join');
    await person.until('in the call', (s) => s.meeting === 'joined');
    return person;
  }

  async type(selector: string, text: string): Promise<void> {
    const field = await this.page.waitForSelector(selector, { visible: true });
    await field?.click();
    await field?.type(text);
  }

  /** Presses what is on the screen. */
  async press(control: 'join' | 'microphone' | 'camera' | 'screenshare' | 'leave' | 'again'): Promise<void> {
    await this.page.bringToFront();
    const selector =
      { join: '>>> button.join', again: '>>> button[data-focus]' }[control as string] ?? `>>> [data-control="${control}"]`;
    const button = await this.page.waitForSelector(selector, { visible: true });
    await button?.click();
  }

  state(): Promise<Snapshot> {
    return this.page.evaluate(() => {
      const state = (
        document.querySelector('webrtc-room') as unknown as { call: { state: { get(): CallState } } }
      ).call.state.get();
      const { local } = state;
      return {
        meeting: state.meeting,
        connection: state.connection,
        id: local.id,
        leftReason: state.leftReason,
        error: state.error?.code ?? null,
        local: { microphone: local.microphone.status, camera: local.camera.status, screen: local.screen.status },
        participants: state.participants.map(({ id, displayName, link, presence, media, streams }) => ({
          id,
          name: displayName,
          link,
          presence,
          media,
          surfaces: [...(streams.camera ? ['camera'] : []), ...(streams.screen ? ['screen'] : [])],
        })),
      };
    });
  }

  until(what: string, check: (state: Snapshot) => boolean, timeoutMs = 30_000): Promise<Snapshot> {
    return until(
      what,
      async () => {
        const state = await this.state();
        if (check(state)) return state;
        throw new Error(JSON.stringify(state));
      },
      timeoutMs,
    );
  }

  /** Connected to so many others. */
  untilWith(others: number, timeoutMs?: number): Promise<Snapshot> {
    return this.until(
      `with ${others} others`,
      (s) => s.participants.length === others && s.participants.every(({ link }) => link === 'connected'),
      timeoutMs,
    );
  }

  /** Per open connection: video frames decoded, audio energy received, packets received. */
  received(): Promise<Received[]> {
    return this.page.evaluate(async () => {
      const { connections } = window as unknown as { connections: RTCPeerConnection[] };
      // One that was never connected to anybody waits for who comes next.
      const open = connections.filter((pc) => pc.signalingState !== 'closed' && pc.connectionState !== 'new');
      return Promise.all(
        open.map(async (pc) => {
          const sum = { frames: 0, energy: 0, packets: 0, width: 0 };
          for (const entry of (await pc.getStats()).values() as Iterable<Record<string, number | string>>) {
            if (entry['type'] !== 'inbound-rtp') continue;
            sum.frames += Number(entry['framesDecoded'] ?? 0);
            sum.energy += Number(entry['totalAudioEnergy'] ?? 0);
            sum.packets += Number(entry['packetsReceived'] ?? 0);
            sum.width = Math.max(sum.width, Number(entry['frameWidth'] ?? 0));
          }
          return sum;
        }),
      );
    });
  }

  /** Waits until picture and sound go on arriving over so many connections. Looks at the page: a hidden tab gets no picture. */
  async hearsAndSees(connections: number, timeoutMs = 30_000): Promise<void> {
    await this.page.bringToFront();
    await this.#receives(connections, (now, before) => now.frames > before.frames + 3 && now.energy > before.energy, timeoutMs);
  }

  /** The same, whatever becomes of the picture. */
  hears(connections: number, timeoutMs = 30_000): Promise<void> {
    return this.#receives(connections, (now, before) => now.energy > before.energy, timeoutMs);
  }

  async #receives(connections: number, enough: (now: Received, before: Received) => boolean, timeoutMs: number): Promise<void> {
    const before = await until(`${connections} open connections`, async () => {
      const all = await this.received();
      return all.length === connections ? all : null;
    });
    await until(
      'media on every connection',
      async () => {
        const now = await this.received();
        const good = now.length === connections && now.every((one, i) => before[i] !== undefined && enough(one, before[i]));
        if (!good) throw new Error(JSON.stringify({ before, now }));
        return good;
      },
      timeoutMs,
    );
  }

  /** Connections to somebody; with `all`, also the one that is kept ready for who comes next. */
  openConnections(all = false): Promise<number> {
    return this.page.evaluate(
      (spares) =>
        (window as unknown as { connections: RTCPeerConnection[] }).connections.filter(
          (pc) => pc.signalingState !== 'closed' && (spares || pc.connectionState !== 'new'),
        ).length,
      all,
    );
  }

  /** From now on: remembers everybody who is shown to leave. */
  watchLeaving(): Promise<void> {
    return this.page.evaluate(() => {
      const gone: string[] = ((window as unknown as { gone: string[] }).gone = []);
      document.querySelector('webrtc-room')?.addEventListener('participant-left', (event) => {
        gone.push((event as CustomEvent<{ participantId: string }>).detail.participantId);
      });
    });
  }

  left(): Promise<string[]> {
    return this.page.evaluate(() => (window as unknown as { gone: string[] }).gone);
  }

  /** From now on: remembers what happens to the signaling connection, the links and the others, as short sentences. */
  record(): Promise<void> {
    return this.page.evaluate(() => {
      const told: string[] = ((window as unknown as { told: string[] }).told = []);
      (document.querySelector('webrtc-room') as unknown as { call: Call }).call.onFact((fact) => {
        if (fact.type === 'connection-changed') told.push(`line ${fact.connection}`);
        if (fact.type === 'link-changed') told.push(`link ${fact.link}`);
        if (fact.type === 'link-failed') told.push(`link failed: ${fact.error.message}`);
        if (fact.type === 'participant-joined') told.push('joined');
        if (fact.type === 'participant-updated') told.push(fact.participant.presence);
        if (fact.type === 'participant-left') told.push(`left: ${fact.reason}`);
      });
    });
  }

  told(): Promise<string[]> {
    return this.page.evaluate(() => (window as unknown as { told: string[] }).told);
  }

  /** Runs in the page, with the call of its room. */
  inCall<T>(task: (call: Call) => T | Promise<T>): Promise<T> {
    return this.page.evaluate(
      `(${task.toString()})(document.querySelector('webrtc-room').call)`, // a function cannot travel beside its argument
    ) as Promise<T>;
  }

  #useTimings(timings: TimingOverrides): Promise<void> {
    return this.page.evaluate(async (changed) => {
      const bundle = '/webrtc-elements.js';
      const { createCall } = (await import(bundle)) as typeof import('../../components/index.js');
      (document.querySelector('webrtc-room') as unknown as { call: Call }).call = createCall({}, { timings: changed });
    }, timings);
  }

  /** Closes the page, and fails when the console was not clean. */
  async close(): Promise<void> {
    await this.#context.close();
    if (this.#complaints.length > 0) throw new Error(`The console was not clean:\n${this.#complaints.join('\n')}`);
  }

  #complain(text: string): void {
    if (!this.#expected.some((pattern) => pattern.test(text))) this.#complaints.push(text);
  }
}
