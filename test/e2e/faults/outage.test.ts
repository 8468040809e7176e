/** A line that is away for longer than the server keeps the seat: the room is entered anew, by a new name, while the page stays. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { BrowserName } from '../../support/browsers.js';
import { Scene } from '../../support/scene.js';

const scene = new Scene();

/** What is on no page is not asked for any more soon, so that a picture that nobody asks for is dark within the test. */
const SOON = { link: { silenceMs: 500 }, media: { unshownMs: 500 } };

describe('an outage longer than the grace', () => {
  for (const engine of ['chromium', 'firefox'] as const satisfies readonly BrowserName[])
    it(`in ${engine} leaves no picture of those who stayed dark, nor ours at theirs`, async () => {
      const timings = { pingIntervalMs: 500, pingTimeoutMs: 500, awayAfterMs: 300, graceMs: 1_500 };
      const server = await scene.server({}, { timings });
      const proxy = await scene.proxy(server);
      const room = scene.room(server);
      const ana = await scene.join(room.replace(String(server.port), String(proxy.port)), { name: 'Ana', engine, timings: SOON });
      const ben = await scene.join(room, { name: 'Ben', timings: SOON });
      for (const person of [ana, ben]) await person.untilWith(1);
      for (const person of [ana, ben]) await person.hearsAndSees(1);
      const { id } = await ana.state();
      proxy.pause();
      await ben.until('Ana gone', (s) => s.participants.length === 0);
      proxy.resume();
      await ana.until('entered anew', (s) => s.id !== id && s.participants.length === 1, 20_000);
      // Long enough for whoever is on no page to be asked for no picture, several times over.
      for (let round = 0; round < 5; round += 1) for (const person of [ana, ben]) await person.hearsAndSees(1, 10_000);
      const shown = await ana.page.evaluate(() => {
        const tiles = [
          ...(document
            .querySelector('webrtc-room')
            ?.shadowRoot?.querySelector('webrtc-stage')
            ?.shadowRoot?.querySelectorAll('webrtc-video-tile') ?? []),
        ];
        return tiles.map((tile) => [
          tile.displayName,
          tile.shadowRoot?.querySelector('.tile')?.classList.contains('shows-video'),
        ]);
      });
      assert.deepEqual(shown.sort(), [
        ['Ana', true],
        ['Ben', true],
      ]);
    });
});
