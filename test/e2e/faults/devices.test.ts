/**
 * Rows 30–36, 42 and 45: what happens to camera, microphone, screen and sound. Machines that run tests have no device
 * to unplug: where a device vanishes, the page's track is ended the way the browser ends it.
 */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import type { BrowserOptions } from '../../support/browsers.js';
import type { Person } from '../../support/person.js';
import { Scene } from '../../support/scene.js';
import { until } from '../../support/until.js';

const scene = new Scene();
const BOTH = ['chromium', 'firefox'] as const;
const DENIED: BrowserOptions = {
  grant: false,
  prefs: { 'permissions.default.camera': 2, 'permissions.default.microphone': 2, 'media.navigator.permission.fake': true },
};

/** Remembers every track the page was given, and counts how often it asked. */
const WATCHED = `
  window.given = []; window.asked = 0;
  const ask = navigator.mediaDevices?.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    window.asked += 1;
    const stream = await ask(wanted);
    window.given.push(...stream.getTracks());
    return stream;
  };
  if (navigator.mediaDevices.getDisplayMedia) {
    const pick = navigator.mediaDevices.getDisplayMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getDisplayMedia = async (wanted) => {
      const stream = await pick(wanted);
      window.screenTracks = stream.getTracks();
      return stream;
    };
  }`;

const failing = (name: string): string => `
  const ask = navigator.mediaDevices?.getUserMedia.bind(navigator.mediaDevices);
  window.broken = true;
  navigator.mediaDevices.getUserMedia = (wanted) =>
    window.broken ? Promise.reject(new DOMException('not today', '${name}')) : ask(wanted);`;

/** Why microphone and camera are not on, by code. */
const reasons = (person: Person): Promise<(string | null)[]> =>
  person.inCall((call) => {
    const { microphone, camera } = call.state.get().local;
    return [microphone.error?.error.code ?? null, camera.error?.error.code ?? null];
  });

describe('camera and microphone', () => {
  for (const engine of BOTH) {
    it(`row 30: are denied, and the visitor joins to listen (${engine})`, async () => {
      const server = await scene.server();
      const room = scene.room(server);
      const ben = await scene.join(room);
      const ana = await scene.join(room, { engine, browser: DENIED });
      await ana.untilWith(1);
      await until('the reason', async () => (await reasons(ana)).every((code) => code === 'PERMISSION_DENIED'));
      await ana.hearsAndSees(1);
      assert.deepEqual(
        (await ben.state()).participants.map(({ media }) => [media['microphone'], media['camera']]),
        [[false, false]],
      );
    });
  }

  it('row 31: are blocked by the page around, and the visitor learns what is missing', async () => {
    const server = await scene.server({ allowedOrigins: [] });
    const host = createServer((request, response) => {
      const inner = request.url === '/inner';
      response.setHeader('content-type', 'text/html');
      response.end(
        inner
          ? `<!doctype html><script type="module" src="${server.url}/webrtc-elements.js"></script><webrtc-room room="framed" server-url="${server.url}"></webrtc-room>`
          : `<!doctype html><iframe src="http://localhost:${(host.address() as AddressInfo).port}/inner" width="600" height="380"></iframe>`,
      );
    });
    host.listen(0, '127.0.0.1');
    await once(host, 'listening');
    scene.cleanup(() => host.close());
    const context = await (await scene.browser()).createBrowserContext();
    scene.cleanup(() => context.close());
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${(host.address() as AddressInfo).port}/`);
    const frame = await until('the frame', () => page.frames().find((one) => one.url().endsWith('/inner')));
    await frame.waitForSelector('webrtc-room:defined');
    await frame.evaluate(() => (document.querySelector('webrtc-room') as unknown as { join(): Promise<void> }).join());
    const found = await until('the reason', () =>
      frame.evaluate(() => {
        const { camera } = (
          document.querySelector('webrtc-room') as unknown as {
            localParticipant: { camera: { error: { blockedBy: string; error: { code: string; hint: string } } | null } };
          }
        ).localParticipant;
        return camera.error && [camera.error.error.code, camera.error.blockedBy, camera.error.error.hint];
      }),
    );
    assert.deepEqual(found.slice(0, 2), ['POLICY_BLOCKED', 'page']);
    assert.match(String(found[2]), /allow="camera; microphone; display-capture"/);
  });

  for (const engine of BOTH) {
    it(`row 32: are not given to an insecure page, and the visitor learns why (${engine})`, async () => {
      const server = await scene.server();
      const host = 'insecure.example';
      const ana = await scene.visit(`http://${host}:${server.port}/r/insecure`, {
        engine,
        browser: {
          args: [
            `--host-resolver-rules=MAP ${host} 127.0.0.1 , MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1 , EXCLUDE *.local`,
          ],
          prefs: { 'network.dns.localDomains': host, 'dom.security.https_first': false },
        },
        expectedInConsole: [/Cross-Origin|untrustworthy|secure/i],
      });
      assert.equal(await ana.page.evaluate(() => isSecureContext), false);
      await ana.inCall((call) => call.join());
      await until('the reason', async () => (await reasons(ana)).every((code) => code === 'INSECURE_CONTEXT'));
    });
  }

  it('row 33: are taken back in the middle of a call, which goes on without them', async () => {
    const server = await scene.server();
    const room = scene.room(server);
    const origin = new URL(room).origin;
    const ana = await scene.visit(room, { browser: { grant: false } });
    const set = (state: 'granted' | 'denied'): Promise<void> =>
      ana.page
        .browserContext()
        .setPermission(origin, { permission: { name: 'camera' }, state }, { permission: { name: 'microphone' }, state });
    await set('granted');
    const ben = await scene.join(room);
    await ana.press('join');
    await ana.untilWith(1);
    await ana.until('on', (s) => s.local.camera === 'on');
    await ben.hearsAndSees(1);
    await set('denied');
    await ana.until('off', (s) => s.local.camera === 'off' && s.local.microphone === 'off');
    await ben.until(
      'muted',
      (s) => s.participants[0]?.media['camera'] === false && s.participants[0].media['microphone'] === false,
    );
    assert.deepEqual(await reasons(ana), ['PERMISSION_DENIED', 'PERMISSION_DENIED']);
    assert.equal((await ana.state()).meeting, 'joined');
    await ana.hearsAndSees(1);
  });

  it('row 34: a microphone that is unplugged is replaced by another within 2 s', async () => {
    const server = await scene.server();
    const room = scene.room(server);
    const [ana, ben] = await scene.pair(room, room, { before: WATCHED }, {});
    await ana.page.evaluate(() => {
      const [audio] = (window as unknown as { given: MediaStreamTrack[] }).given.filter(({ kind }) => kind === 'audio');
      audio?.stop();
      audio?.dispatchEvent(new Event('ended'));
    });
    await until(
      'another microphone',
      () =>
        ana.page.evaluate(() => {
          const { given } = window as unknown as { given: MediaStreamTrack[] };
          return given.some(({ kind, readyState }) => kind === 'audio' && readyState === 'live');
        }),
      2_000,
    );
    await ana.until('on', (s) => s.local.microphone === 'on');
    await ben.hearsAndSees(1);
    assert.equal(await ben.openConnections(), 1);
  });

  it('row 35: are used by another program, and a second try after that has ended works', async () => {
    const server = await scene.server();
    const ana = await scene.join(scene.room(server), { before: failing('NotReadableError') });
    await until('the reason', async () => (await reasons(ana)).every((code) => code === 'DEVICE_IN_USE'));
    await ana.page.evaluate(() => ((window as unknown as { broken: boolean }).broken = false));
    await ana.press('camera');
    await ana.until('on', (s) => s.local.camera === 'on');
  });

  it('row 42: come back from a phone call as a new track, sent to everybody', async () => {
    const server = await scene.server();
    const room = scene.room(server);
    const timings = { media: { interruptionMs: 200 } };
    const [ana, ben] = await scene.pair(room, room, { before: WATCHED, timings }, {});
    const asked = await ana.page.evaluate(async () => {
      const { given, asked: before } = window as unknown as { given: MediaStreamTrack[]; asked: number };
      const [audio] = given.filter(({ kind }) => kind === 'audio');
      audio?.dispatchEvent(new Event('mute'));
      await new Promise((resolve) => setTimeout(resolve, 300));
      audio?.dispatchEvent(new Event('unmute'));
      return before;
    });
    await until('asked again', () =>
      ana.page.evaluate((before) => (window as unknown as { asked: number }).asked > before, asked),
    );
    await ana.until('on', (s) => s.local.microphone === 'on');
    await ben.hearsAndSees(1);
  });
});

describe('what is played and shown', () => {
  it('row 36: sound that the browser refuses starts with one tap', async () => {
    const server = await scene.server();
    const room = scene.room(server);
    const ben = await scene.join(room);
    const context = await (await scene.browser('chromium', { grant: false, autoplay: false })).createBrowserContext();
    scene.cleanup(() => context.close());
    const page = await context.newPage();
    // What a driver runs in a page counts as a gesture: the page joins by itself, and is only looked at.
    const browser = await page.createCDPSession();
    const look = async <T>(expression: string): Promise<T> =>
      (await browser.send('Runtime.evaluate', { expression, userGesture: false, returnByValue: true })).result.value as T;
    await page.evaluateOnNewDocument(() => {
      const timer = setInterval(() => {
        const element = document.querySelector('webrtc-room') as unknown as { join?: () => Promise<void> } | null;
        if (!element?.join) return;
        clearInterval(timer);
        void element.join();
      }, 100);
    });
    await page.goto(room);
    await ben.untilWith(1);
    const blocked = `document.querySelector('webrtc-room').call.state.get().playbackBlocked`;
    await until('refused', () => look<boolean>(blocked));
    const { x, y } = await until('the button', () =>
      look<{ x: number; y: number } | null>(`(() => {
        const box = document.querySelector('webrtc-room').shadowRoot.querySelector('button.hear')?.getBoundingClientRect();
        return box?.width ? { x: box.x + box.width / 2, y: box.y + box.height / 2 } : null;
      })()`),
    );
    await page.mouse.click(x, y);
    await until('started', async () => !(await look<boolean>(blocked)));
  });

  it("row 45: a screen ended from the browser's own bar is gone for everybody within a second", async () => {
    const server = await scene.server();
    const room = scene.room(server);
    const [ana, ben] = await scene.pair(room, room, { before: WATCHED }, {});
    await ana.press('screenshare');
    await ben.until('the screen', (s) => s.participants[0]?.media['screen'] === true);
    await ana.page.evaluate(() => {
      for (const track of (window as unknown as { screenTracks: MediaStreamTrack[] }).screenTracks) {
        track.stop();
        track.dispatchEvent(new Event('ended'));
      }
    });
    await ben.until('no screen', (s) => s.participants[0]?.media['screen'] === false, 1_000);
    await ana.until('off', (s) => s.local.screen === 'off');
  });
});
