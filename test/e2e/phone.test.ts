/** Telephones in real pages on a real server: every way a ring can end, pressed as people press it. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { launch, type BrowserName } from '../support/browsers.js';
import { ServerProcess } from '../support/server-process.js';
import { TcpProxy } from '../support/tcp-proxy.js';
import { Telephone } from '../support/telephone.js';
import { until } from '../support/until.js';

const browsers = new Map<BrowserName, Browser>();
let server: ServerProcess;
before(async () => {
  server = await ServerProcess.start();
  for (const name of ['chromium', 'firefox'] as const) browsers.set(name, await launch(name));
});
after(async () => {
  await Promise.all([...browsers.values()].map((browser) => browser.close()));
  await server.stop();
});

/** Each outcome is seen from both ends in both browsers. */
for (const [caller, callee] of [
  ['chromium', 'firefox'],
  ['firefox', 'chromium'],
] as const)
  describe(`a telephone in ${caller} calls one in ${callee}`, () => {
    let network: TcpProxy;
    let ada: Telephone;
    let ben: Telephone;
    let bens = '';
    const open = (name: BrowserName, at = server.url, page = 'phone.html') =>
      Telephone.at(browsers.get(name)!, `${at}/demo/${page}`);
    const ringsAt = async (phone: Telephone) => {
      await ada.dial(bens);
      await phone.until('ringing');
    };
    const bothIdle = () => Promise.all([ada.until('idle'), ben.until('idle')]);

    before(async () => {
      network = await TcpProxy.before(server.port);
      [ada, ben] = [await open(caller), await open(callee, network.url)];
      await ada.set({ 'display-name': 'Ada' });
      await ben.set({ 'display-name': 'Ben' });
      bens = await ben.address();
    });
    after(async () => {
      await ada.close();
      await ben.close().catch(() => undefined);
      await network.close();
    });

    it('who answers is in a call with picture and sound; it lasts over another network', async () => {
      await ringsAt(ben);
      assert.match(await ben.says('.face'), /Ada is calling/);
      await ben.press('accept');
      const [talk] = await Promise.all([ada.talksWith(1), ben.talksWith(1)]);
      assert.deepEqual([talk.camera, talk.microphone], ['on', 'on']);
      network.reset();
      await ben.page.evaluate(() => dispatchEvent(new Event('online')));
      await until('the lines to be back', async () => {
        const [talking, { connection }] = [await ben.talk(), await ben.state()];
        return talking?.signaling === 'connected' && connection === 'connected';
      });
      await Promise.all([ada.talksWith(1), ben.talksWith(1)]);
      assert.equal((await ben.state()).phase, 'in-call');
    });

    it('a third hears that it is busy, is rung into the call, and hears and sees both', async () => {
      const cleo = await open('chromium');
      await cleo.dial(bens);
      await cleo.ends('busy');
      await ada.press('add');
      const field = await ada.page.waitForSelector('webrtc-phone >>> .adding input', { visible: true });
      await field?.type(await cleo.address());
      await field?.press('Enter');
      await cleo.until('ringing');
      await cleo.press('accept');
      await Promise.all([ada, ben, cleo].map((phone) => phone.talksWith(2)));
      await cleo.page.evaluate(() => document.querySelector('webrtc-phone')!.hangUp());
      await ada.talksWith(1);
      await cleo.close();
    });

    it('whoever hangs up ends it for both; the list calls back, and is answered without the camera', async () => {
      await ben.page.evaluate(() => document.querySelector('webrtc-phone')!.hangUp());
      await bothIdle();
      await ben.press('call-back');
      await ada.until('ringing');
      await ada.press('accept-audio');
      const [, talk] = await Promise.all([ben.talksWith(1), ada.talksWith(1)]);
      assert.equal(talk.camera, 'off');
      await ada.page.evaluate(() => document.querySelector('webrtc-phone')!.hangUp());
      await bothIdle();
    });

    it('who declines is not answered; nor is who lets it ring, or wants no calls; who rang can think better of it', async () => {
      await ringsAt(ben);
      await ben.press('decline');
      await ada.ends('declined');
      await ada.set({ 'ring-timeout': '1' });
      await ada.dial(bens);
      await ada.ends('no-answer');
      await ben.ends('missed');
      await ada.set({ 'ring-timeout': '30' });
      await ringsAt(ben);
      await ada.press('hang-up');
      await ben.ends('missed');
      await ben.press('disturb');
      await until('the server to know', async () => (await ben.says('[aria-pressed=true]')) !== '');
      await ada.dial(bens);
      await ada.ends('do-not-disturb');
      await ben.press('disturb');
    });

    it('it rings on while the server restarts, and is answered afterwards', async () => {
      await until('nobody to be disturbed no more', async () => !(await ben.state()).doNotDisturb);
      await ringsAt(ben);
      await server.stop();
      await server.run();
      await ben.press('accept');
      await Promise.all([ada.talksWith(1), ben.talksWith(1)]);
      await ada.page.evaluate(() => document.querySelector('webrtc-phone')!.hangUp());
      await bothIdle();
    });

    it('it rings in every tab, over a reload of who rang; the first to answer has it', async () => {
      const other = await Telephone.at(browsers.get(callee)!, `${network.url}/demo/phone.html`, ben.context);
      await ringsAt(ben);
      await other.until('ringing');
      await ada.page.reload();
      await ada.ready();
      assert.deepEqual([(await ada.state()).phase, (await ben.state()).phase], ['calling', 'ringing']);
      await other.press('accept');
      await Promise.all([ada.talksWith(1), other.talksWith(1), ben.until('idle')]);
      assert.equal((await ben.state()).last?.outcome, 'answered-elsewhere');
      await other.page.evaluate(() => document.querySelector('webrtc-phone')!.hangUp());
      await ada.until('idle');
      await other.page.close();
    });

    it('one name rings all who answer for it, or one after the other', async () => {
      const desks = [await open(callee, server.url, 'support.html'), await open(caller, server.url, 'support.html')];
      for (const desk of desks) await desk.set({ strategy: 'all' });
      const [first, second] = desks as [Telephone, Telephone];
      await until('somebody there', async () => (await presence(ada, 'support')) === 'available');
      await ada.dial('support');
      await Promise.all(desks.map((desk) => desk.until('ringing')));
      await second.press('accept');
      await Promise.all([ada.talksWith(1), second.talksWith(1), first.until('idle')]);
      await ada.page.evaluate(() => document.querySelector('webrtc-phone')!.hangUp());
      await Promise.all([ada.until('idle'), second.until('idle')]);
      for (const desk of desks) await desk.set({ strategy: 'turn' });
      await ada.dial('support');
      const ringing = await until('one desk', async () => {
        for (const desk of desks) if ((await desk.state()).phase === 'ringing') return desk;
        return null;
      });
      const next = ringing === first ? second : first;
      assert.equal((await next.state()).phase, 'idle');
      await ringing.press('decline');
      await next.until('ringing');
      await next.press('accept');
      await ada.talksWith(1);
      await Promise.all(desks.map((desk) => desk.close()));
      await ada.page.evaluate(() => document.querySelector('webrtc-phone')!.hangUp());
    });

    it('who closed the page cannot be reached, and nobody is kept waiting', async () => {
      await ada.until('idle');
      await ben.page.goto('about:blank');
      await ada.dial(bens);
      await ada.ends('unavailable');
      await ada.dial(await ada.address());
      await ada.ends('own-address');
    });
  });

const presence = (phone: Telephone, address: string): Promise<string> =>
  phone.page.evaluate(async (to) => (await document.querySelector('webrtc-phone')!.phone.presence([to]))[0] ?? '', address);

describe('a room and a telephone on one page', () => {
  it('have each their own devices, keys and end', async () => {
    const ada = await Telephone.at(browsers.get('chromium')!, `${server.url}/demo/phone.html`);
    const ben = await Telephone.at(browsers.get('chromium')!, `${server.url}/demo/phone.html`);
    await ada.page.evaluate(() => {
      const room = document.createElement('webrtc-room');
      Object.assign(room, { room: 'beside', prejoin: 'off', persistUserChoices: 'off' });
      document.body.prepend(room);
      return room.updateComplete.then(() => room.join());
    });
    const beside = () =>
      ada.page.evaluate(() => {
        const room = document.querySelector('body > webrtc-room') as HTMLElementTagNameMap['webrtc-room'];
        return [room.meetingState, room.localParticipant.microphone.status];
      });
    await ada.dial(await ben.address());
    await ben.until('ringing');
    await ben.press('accept');
    await ada.talksWith(1);
    assert.deepEqual(await beside(), ['joined', 'on']);
    await (await ada.page.waitForSelector('webrtc-phone >>> [data-control=microphone]', { visible: true }))?.focus();
    await ada.page.keyboard.press('m');
    await until('the telephone to be silent', async () => (await ada.talk())?.microphone === 'off');
    assert.deepEqual(await beside(), ['joined', 'on']);
    await ada.page.evaluate(() => document.querySelector('webrtc-phone')!.hangUp());
    await ada.until('idle');
    assert.deepEqual(await beside(), ['joined', 'on']);
    await Promise.all([ada.close(), ben.close()]);
  });
});
