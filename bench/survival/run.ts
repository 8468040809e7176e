/**
 * `npm run bench:survival`: four people in a call, and the server is killed five times. Prints the longest gap between
 * two decoded frames on each link, beside the same without a kill, and who was shown to leave.
 */
import { launchChromium } from '../../test/support/browsers.js';
import { Person } from '../../test/support/person.js';
import { ServerProcess } from '../../test/support/server-process.js';

const PEOPLE = 4;
const KILLS = 5;
/** Of the fake camera. */
const FRAMES_PER_SECOND = 10;
const CALM_MS = 15_000;

/** In the page, from now on: the longest gap between frames decoded on each open connection. */
function watchGaps(): void {
  const page = window as unknown as { connections: RTCPeerConnection[]; gaps: number[]; stop?: () => void };
  page.stop?.();
  const open = page.connections.filter((pc) => pc.signalingState !== 'closed');
  const gaps = (page.gaps = open.map(() => 0));
  const stops = open.map((pc, index) => {
    const track = pc.getReceivers().find(({ track: { kind } }) => kind === 'video')?.track;
    const video = document.createElement('video');
    video.muted = true;
    // Hidden from nobody: a covered picture is not drawn, and what is not drawn is not counted.
    video.style.cssText = `position:fixed;z-index:9;width:32px;height:18px;top:0;left:${index * 34}px`;
    if (track) video.srcObject = new MediaStream([track]);
    document.body.append(video);
    void video.play();
    let last = 0;
    let on = true;
    const frame = (now: number): void => {
      if (!on) return;
      if (last > 0) gaps[index] = Math.max(gaps[index] ?? 0, now - last);
      last = now;
      video.requestVideoFrameCallback(frame);
    };
    video.requestVideoFrameCallback(frame);
    return () => {
      on = false;
      video.remove();
    };
  });
  page.stop = () => {
    for (const stop of stops) stop();
  };
}

const gaps = (person: Person): Promise<number[]> => person.page.evaluate(() => (window as unknown as { gaps: number[] }).gaps);
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const server = await ServerProcess.start({ LOG_LEVEL: 'silent' });
// A browser each: only a page in front draws, and what is not drawn has no frame callback.
const browsers = await Promise.all(
  Array.from({ length: PEOPLE }, () => launchChromium({ fakeDevice: `fps=${FRAMES_PER_SECOND}` })),
);
try {
  const people: Person[] = [];
  for (const browser of browsers)
    people.push(
      await Person.inCall(browser, `${server.url}/r/survival`, { expectedInConsole: [/ERR_CONNECTION_REFUSED/, /WebSocket/] }),
    );
  for (const person of people) await person.untilWith(PEOPLE - 1, 60_000);
  for (const person of people) await person.hearsAndSees(PEOPLE - 1, 60_000);

  const measure = async (): Promise<void> => {
    for (const person of people) {
      await person.page.evaluate('globalThis.__name = (f) => f'); // the loader of TypeScript marks functions with it
      await person.page.evaluate(watchGaps);
    }
    await sleep(2_000);
    for (const person of people) await person.page.evaluate(() => (window as unknown as { gaps: number[] }).gaps.fill(0));
  };
  await measure();
  await sleep(CALM_MS);
  const calm = (await Promise.all(people.map(gaps))).flat();

  await measure();
  for (const person of people) await person.watchLeaving();
  for (let i = 0; i < KILLS; i += 1) {
    await server.stop('SIGKILL');
    for (const person of people) await person.until('the loss', (s) => s.connection === 'reconnecting');
    await server.run();
    for (const person of people) await person.until('the return', (s) => s.connection === 'connected');
  }
  const killed = (await Promise.all(people.map(gaps))).flat();
  const left = (await Promise.all(people.map((person) => person.left()))).flat();

  const interval = 1_000 / FRAMES_PER_SECOND;
  const row = (name: string, all: readonly number[]): string => {
    const longest = Math.max(...all);
    return `${name.padEnd(24)} ${longest.toFixed(0).padStart(6)} ms = ${(longest / interval).toFixed(1)} frame intervals (${all.length} links)`;
  };
  console.log(row(`undisturbed, ${CALM_MS / 1_000} s`, calm));
  console.log(row(`server killed ${KILLS} times`, killed));
  console.log(`tiles that left          ${left.length}`);
  process.exitCode = left.length > 0 ? 1 : 0;
} finally {
  await Promise.all(browsers.map((browser) => browser.close()));
  await server.stop('SIGKILL');
}
