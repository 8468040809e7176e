/**
 * The picture in the README: four people in a real call over the built server, with drawn faces for
 * cameras. `node --import tsx test/readme-picture.ts` → docs/images/call.png. Build first.
 */
import { mkdir } from 'node:fs/promises';
import { build } from 'vite';
import { launchChromium } from './support/browsers.js';
import { Person } from './support/person.js';
import { ServerProcess } from './support/server-process.js';
import { until } from './support/until.js';

const OUT = 'docs/images/call.png';
const NAMES = ['Nora Keller', 'Ana Souza', 'Kwame Mensah', 'Freya Lindqvist'];

const bundle = await build({
  configFile: false,
  logLevel: 'error',
  build: { write: false, minify: false, lib: { entry: 'demo/gallery/pictures.ts', formats: ['iife'], name: 'pictures' } },
});
const [{ output }] = bundle as unknown as [{ output: [{ code: string }] }];

const server = await ServerProcess.start();
const browser = await launchChromium();
try {
  const people: Person[] = [];
  for (const [index, name] of NAMES.entries()) {
    const before = `(() => { ${output[0].code}
      const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      navigator.mediaDevices.getUserMedia = async (wanted) => {
        const stream = await open({ audio: wanted.audio });
        if (wanted.video) for (const track of pictures.person(${index}).getVideoTracks()) stream.addTrack(track);
        return stream;
      };
    })();`;
    people.push(
      await Person.inCall(browser, `${server.url}/r/standup`, { name, before, viewport: { width: 1120, height: 640 } }),
    );
  }
  const [first] = people;
  if (!first) throw new Error('nobody came');
  await first.untilWith(NAMES.length - 1);
  await first.page.bringToFront();
  await until('three pictures at full size', async () => (await first.received()).every(({ width }) => width >= 480), 60_000);
  await first.page.mouse.move(1, 1);
  await mkdir('docs/images', { recursive: true });
  await first.page.screenshot({ path: OUT });
  await Promise.all(people.map((person) => person.close()));
} finally {
  await browser.close();
  await server.stop();
}
