/** What nobody sees is not sent, and what is heard goes on: a hidden tab, a tile scrolled away, a call without pictures. */
import { describe, it } from 'node:test';
import type { Person } from '../support/person.js';
import { Scene } from '../support/scene.js';
import { until } from '../support/until.js';

const scene = new Scene();

const frames = async (person: Person): Promise<number> => (await person.received())[0]?.frames ?? 0;

/** Of the picture; the sound must go on meanwhile. */
async function untilNothingComes(person: Person): Promise<void> {
  await until('no frame more', async () => {
    const before = await frames(person);
    await person.hears(1);
    await new Promise((resolve) => setTimeout(resolve, 500));
    return (await frames(person)) === before;
  });
}

describe('a picture that nobody sees', () => {
  it('is not sent to a hidden tab, and is back with the tab', async () => {
    const server = await scene.server();
    const [ana, ben] = await scene.pair(scene.room(server));
    const other = await ana.page.browserContext().newPage();
    await other.bringToFront();
    await until('the tab to be hidden', () => ana.page.evaluate(() => document.hidden));
    await untilNothingComes(ana);
    await ben.hearsAndSees(1);
    await other.close();
    await ana.hearsAndSees(1);
  });

  it('is not sent to a tile that is scrolled away, and is back when it is in view', async () => {
    const server = await scene.server();
    const [ana] = await scene.pair(scene.room(server));
    await ana.page.bringToFront();
    const put = (distance: string): Promise<void> =>
      ana.page.evaluate(
        (margin) => document.querySelector('webrtc-room')?.style.setProperty('margin-block-start', margin),
        distance,
      );
    await put('300vh');
    await untilNothingComes(ana);
    await put('0');
    await ana.hearsAndSees(1);
  });

  it('is not sent to who looks at no pictures', async () => {
    const server = await scene.server();
    const [ana] = await scene.pair(scene.room(server));
    await ana.page.bringToFront();
    const show = (layout: string): Promise<void> =>
      ana.page.evaluate((mode) => document.querySelector('webrtc-room')?.setAttribute('layout', mode), layout);
    await show('audio');
    await untilNothingComes(ana);
    await show('auto');
    await ana.hearsAndSees(1);
  });
});
