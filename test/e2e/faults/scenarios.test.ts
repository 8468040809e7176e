/** The faults that users of the package can ask for, on real calls: each mends itself. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { SIMULATE, type Scenario } from '../../../components/core/simulation.js';
import type { Person } from '../../support/person.js';
import { Scene } from '../../support/scene.js';
import { until } from '../../support/until.js';

const scene = new Scene();

/** As `simulateScenario` does; the package is not loaded in this page, its bundle is. */
const simulate = (person: Person, scenario: Scenario): Promise<void> =>
  person.page.evaluate(
    (key, name) => {
      const { call } = document.querySelector('webrtc-room') as unknown as { call: Record<symbol, (scenario: string) => void> };
      call[Symbol.for(key)]?.(name);
    },
    Symbol.keyFor(SIMULATE) ?? '',
    scenario,
  );

it('a call mends itself after every fault that can be asked for', async () => {
  const server = await scene.server();
  const room = scene.room(server);
  const [ana, ben] = await scene.pair(room);
  const { id } = await ana.state();
  for (const person of [ana, ben]) await person.record();
  for (const scenario of ['signal-reconnect', 'server-restart'] as const) {
    const before = (await ana.told()).length;
    await simulate(ana, scenario);
    await until(`the return after ${scenario}`, async () => (await ana.told()).slice(before).includes('line connected'));
  }
  for (const scenario of ['ice-failed', 'media-silent', 'network-change', 'device-lost'] as const) {
    await simulate(ana, scenario);
    for (const person of [ana, ben]) {
      await person.untilWith(1);
      await person.hearsAndSees(1);
    }
  }
  await ana.press('screenshare');
  await ben.until('the screen', (s) => s.participants[0]?.media['screen'] === true);
  await simulate(ana, 'screen-ended');
  await ben.until('no screen', (s) => s.participants[0]?.media['screen'] === false);
  assert.equal((await ana.state()).id, id);
  assert.ok(!(await ben.told()).some((fact) => /^left|^joined/.test(fact)));
});
