/** Row 18: the machine goes from one network to another, as from Wi-Fi to a phone's, in the middle of a call. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import puppeteer from 'puppeteer-core';
import { chromiumOptions } from '../../support/browsers.js';
import { Namespace } from '../../support/namespace.js';
import { Person } from '../../support/person.js';
import { LINE_TROUBLE, Scene } from '../../support/scene.js';
import { until } from '../../support/until.js';

const scene = new Scene();
const missing = Namespace.missing();

describe('the network of a machine', { skip: missing ?? false }, () => {
  it('row 18: becomes another one, and the call goes on with the same people', async () => {
    const machine = new Namespace();
    scene.cleanup(() => machine.close());
    const wifi = machine.add();
    const mobile = machine.add();
    machine.plug(wifi);
    const server = await scene.process({ HOST: '0.0.0.0', ALLOWED_ORIGINS: '*' });
    const origin = `http://${wifi.host}:${server.port}`;
    const browser = await puppeteer.launch({
      ...chromiumOptions({
        args: [`--unsafely-treat-insecure-origin-as-secure=${origin}`, '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE *.*.*.*'],
      }),
      executablePath: machine.chromium(),
      pipe: true,
    });
    scene.cleanup(() => browser.close());
    const room = scene.room(server);
    const ben = await scene.join(room);
    const ana = await Person.inCall(browser, room.replace(/^http:\/\/[^/]+/, origin), {
      expectedInConsole: [...LINE_TROUBLE, /ERR_/],
    });
    const people = [ana, ben];
    for (const person of people) await person.untilWith(1);
    for (const person of people) await person.hearsAndSees(1);
    for (const person of people) await person.record();
    const packets = async (): Promise<number[]> =>
      Promise.all(people.map(async (person) => (await person.received()).reduce((sum, one) => sum + one.packets, 0)));

    machine.unplug(wifi);
    const began = performance.now();
    machine.plug(mobile);
    const before = await packets();
    await until('packets both ways', async () => (await packets()).every((n, i) => n > (before[i] ?? 0) + 20), 10_000);
    console.log(`    heard again ${Math.round(performance.now() - began)} ms after the change of network`);
    for (const person of people) await person.untilWith(1);
    for (const person of people) await person.hearsAndSees(1);
    for (const person of people) assert.ok(!(await person.told()).some((fact) => fact.startsWith('left') || fact === 'joined'));
  });
});
