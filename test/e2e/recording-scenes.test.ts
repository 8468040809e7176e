/**
 * A recording while things happen: somebody comes and goes, a screen is shared, the tab is in the background, nobody
 * is shown. Each person has a colour and a tone of their own, and the file is asked for them.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { BrowserName } from '../support/browsers.js';
import { knownMedia, type KnownMedia } from '../support/known-media.js';
import type { Person } from '../support/person.js';
import { openRecording, TO_DISK, TO_DOWNLOADS, type Look, type RecordedFile } from '../support/recorded-file.js';
import { Scene, type Joining } from '../support/scene.js';
import { until } from '../support/until.js';

const scene = new Scene();

const ANA: KnownMedia = { hue: 0, hertz: 440 };
const BEN: KnownMedia = { hue: 240, hertz: 1_000, screenHue: 300 };
const CLEO: KnownMedia = { hue: 120, hertz: 1_700 };

const known = (name: string, media: KnownMedia, more: Joining & { readonly way?: string } = {}): Joining => ({
  ...more,
  name,
  before: `${knownMedia(media)};${more.way ?? ''}`,
});

/** Of the picture: less is a trace of another colour. */
const SEEN = 0.02;
const shows = ({ hues }: Look, hue = 0): boolean => (hues[hue] ?? 0) > SEEN;
/** Seconds of the file in which the picture shows this colour. */
const secondsOf = ({ looks }: RecordedFile, hue: number): number[] =>
  looks.filter((look) => shows(look, hue)).map(({ at }) => at);
/** Four looks a second; where the sound card's clock is slow, three seconds of a call are fewer of the file. */
const LOOKS = 3;
/** All of them but one: a seek in a file is now and then answered with a picture of before. */
const within = (seconds: readonly number[], from: number, to: number): boolean =>
  seconds.filter((at) => at < from - 2 || at > to + 2).length <= 1;
/** Changes between bright and dark from one look to the next. */
const blinks = (looks: readonly Look[], hue: number): number =>
  looks.filter((look, i) => {
    const isBright = ({ bright, hues }: Look): boolean => (bright[hue] ?? 0) > (hues[hue] ?? 0) / 2;
    const before = looks[i - 1];
    return before && shows(look, hue) && shows(before, hue) && isBright(look) !== isBright(before);
  }).length;
/** Tenths of a second in which this tone is heard. */
const heard = ({ tones }: RecordedFile, { hertz }: KnownMedia): number =>
  (tones[hertz] ?? []).filter((strength) => strength > 0.02).length;

const room = ({ page }: Person, act: string): Promise<unknown> => page.evaluate(`document.querySelector('webrtc-room').${act}`);

/** Starts, and has the time of the file from then on. */
async function record(by: Person): Promise<() => number> {
  await by.page.bringToFront();
  await room(by, 'startRecording()');
  const began = performance.now();
  await by.page.evaluate('(window.sound = new AudioContext()).resume()');
  return () => (performance.now() - began) / 1_000;
}

/** Seconds of sound since then: the clock of a sound card that is not there may be slow. */
const sound = ({ page }: Person): Promise<number> => page.evaluate('window.sound.currentTime') as Promise<number>;

const passed = (clock: () => number, seconds: number): Promise<boolean> => {
  const from = clock();
  return until(`${seconds} s of it`, () => clock() - from > seconds || null);
};

function assertWhole(file: RecordedFile, least: number, most: number, ofSound: number): void {
  assert.ok(file.duration > least - 0.5 && file.duration < most + 1, `${file.duration} s for ${least} to ${most} s`);
  assert.ok(file.seekable > Math.min(file.duration, ofSound) - 0.5, `seekable to ${file.seekable} of ${file.duration} s`);
  assert.ok(Math.abs(file.sought - file.duration / 2) < 0.5, `sought to ${file.sought} of ${file.duration} s`);
  assert.ok(Math.abs(file.heard - ofSound) < 1, `${file.heard} of ${ofSound} s of sound`);
  assert.deepEqual([file.width, file.height], [1280, 720]);
}

for (const engine of ['chromium', 'firefox'] satisfies BrowserName[]) {
  const way = engine === 'chromium' ? TO_DISK : TO_DOWNLOADS;
  /** In Chromium as slow in the background as it is for people; Firefox runs no audio on a machine without a sound card. */
  const recorder: Joining & { readonly way: string } = {
    engine,
    way,
    // A player that seeks in a file of its own may ask beyond its end.
    expectedInConsole: [/ERR_REQUEST_RANGE_NOT_SATISFIABLE/],
    browser: engine === 'chromium' ? { throttled: true } : { prefs: { 'media.cubeb.force_mock_context': true } },
  };

  const two = async (): Promise<{ readonly url: string; readonly ana: Person; readonly ben: Person }> => {
    const url = scene.room(await scene.server());
    const ana = await scene.join(url, known('Ana', ANA, recorder));
    const ben = await scene.join(url, known('Ben', BEN));
    for (const person of [ana, ben]) await person.untilWith(1);
    await ana.hearsAndSees(1);
    return { url, ana, ben };
  };

  describe(`a recording in ${engine}`, () => {
    it('shows who comes and goes and a screen while they are there, with everybody’s sound; leaving saves it', async () => {
      const { url, ana, ben } = await two();
      const clock = await record(ana);
      await ben.page.waitForSelector('>>> .recording', { visible: true });
      await passed(clock, 2);

      const cleo = await scene.join(url, known('Cleo', CLEO));
      await ana.untilWith(2);
      const came = clock();
      await passed(clock, 3);
      const went = clock();
      await cleo.press('leave');
      await ana.untilWith(1);
      await passed(clock, 1.5);

      await room(ben, 'call.setScreenshare(true)');
      await ana.until('the screen', (s) => s.participants[0]?.surfaces.includes('screen') ?? false);
      const shared = clock();
      await passed(clock, 3);
      await room(ben, 'call.setScreenshare(false)');
      await ana.until('the end of it', (s) => s.participants[0]?.media['screen'] === false);
      const unshared = clock();
      await passed(clock, 1.5);
      const [least, ofSound] = [clock(), await sound(ana)];
      await ana.press('leave');
      const most = clock();
      await ben.page.waitForSelector('>>> .recording', { hidden: true });

      const file = await until('the file', () => openRecording(ana.page, [ANA.hertz, BEN.hertz, CLEO.hertz]), 60_000);
      assertWhole(file, least, most, ofSound + (most - least) / 2);
      const [a, b, c, screen] = [ANA.hue, BEN.hue, CLEO.hue, 300].map((hue) => secondsOf(file, hue)) as [
        number[],
        number[],
        number[],
        number[],
      ];
      assert.ok(a.length > file.looks.length * 0.8, `Ana in ${a.length} of ${file.looks.length} looks`);
      assert.ok(b.length > file.looks.length * 0.8, `Ben in ${b.length} of ${file.looks.length} looks`);
      assert.ok(c.length >= LOOKS && within(c, came, went), `Cleo at ${c}, there ${came} to ${went}`);
      assert.ok(
        screen.length >= LOOKS && within(screen, shared, unshared),
        `the screen at ${screen}, shared ${shared} to ${unshared}`,
      );
      const large = Math.max(...file.looks.map(({ hues }) => hues[300] ?? 0));
      assert.ok(large > 0.3, `the screen fills ${large} of the picture`);
      const tenths = ofSound * 10;
      for (const who of [ANA, BEN]) assert.ok(heard(file, who) > tenths * 0.8, `${who.hertz} Hz for ${heard(file, who)} tenths`);
      const ofCleo = heard(file, CLEO);
      assert.ok(ofCleo > 12 && ofCleo < (went - came + 3) * 10, `Cleo heard for ${ofCleo} tenths`);
    });

    it('goes on in a background tab: the same beat, everybody moving, and no sound lost', async () => {
      const { ana } = await two();
      const clock = await record(ana);
      const other = await ana.page.browserContext().newPage();
      await other.bringToFront();
      await until('the tab to be hidden', () => ana.page.evaluate(() => document.hidden));
      const hidden = clock();
      await passed(clock, 6);
      const back = clock();
      await other.close();
      await ana.page.bringToFront();
      await until('the tab to be seen', () => ana.page.evaluate(() => !document.hidden));
      const [least, ofSound] = [clock(), await sound(ana)];
      await room(ana, 'stopRecording()');
      const most = clock();

      const file = await openRecording(ana.page, [ANA.hertz, BEN.hertz], 0.1);
      assertWhole(file, least, most, ofSound);
      const inside = file.looks.filter(({ at }) => at > hidden + 0.5 && at < back - 0.5);
      const expected = (back - hidden - 1) * 2;
      for (const [name, { hue, hertz }] of [['Ana', ANA] as const, ['Ben', BEN] as const]) {
        const count = blinks(inside, hue);
        assert.ok(count > expected * 0.7, `${name} blinked ${count} times, not ${expected}`);
        const sounding = heard(file, { hue, hertz });
        assert.ok(sounding > ofSound * 10 * 0.9, `${name} heard for ${sounding} tenths of ${ofSound} s`);
      }
    });

    it('has the picture of somebody whom no tile shows, and asks for it no longer than it lasts', async () => {
      const { ana } = await two();
      const frames = async (): Promise<number> => (await ana.received())[0]?.frames ?? 0;
      const still = async (): Promise<boolean> => {
        const before = await frames();
        await new Promise((resolve) => setTimeout(resolve, 700));
        return (await frames()) === before;
      };
      // Out of sight, as on another page of the tiles.
      await ana.page.evaluate(() =>
        (document.querySelector('webrtc-room') as HTMLElement).style.setProperty('margin-top', '5000px'),
      );
      await until('nothing to be sent', still, 30_000);
      const clock = await record(ana);
      const before = await frames();
      await until('pictures again', async () => (await frames()) > before + 5);
      await passed(clock, 2);
      await room(ana, 'stopRecording()');
      await until('nothing to be sent again', still, 30_000);
      const file = await openRecording(ana.page, []);
      assert.ok(shows(file.looks.at(-1) as Look, BEN.hue), JSON.stringify(file.looks.at(-1)));
    });
  });
}
