import { expect } from '@open-wc/testing';
import '../../components/index.js';
import '../../components/settings/define.js';
import { NO_NETWORK } from '../../components/core/network.js';
import { DEVICES, fakeRoom, frames, joined, textOf } from '../support/fake-rooms.js';
import { until } from '../support/until.js';

async function open(attributes: Readonly<Record<string, string>> = {}) {
  const fake = await fakeRoom({ ...joined('Ana'), devices: DEVICES }, attributes);
  fake.room.openSettings();
  await frames(8);
  const root = fake.room.shadowRoot!.querySelector('webrtc-settings')!.shadowRoot!;
  const setting = <E extends HTMLElement>(name: string) => root.querySelector<E>(`[data-setting=${name}]`)!;
  const choose = async (name: string, value: string) => {
    const list = setting<HTMLSelectElement>(name);
    list.value = value;
    list.dispatchEvent(new Event('change', { bubbles: true }));
    await frames(6);
  };
  return { ...fake, root, setting, choose };
}

describe('<webrtc-settings>', () => {
  it('asks the call for another device, and shows the one that is used', async () => {
    const { call, choose, setting } = await open();
    expect(setting<HTMLSelectElement>('camera').value).to.equal('one');
    await choose('camera', 'two');
    expect(call.asked('switchActiveDevice').map((each) => each.with)).to.deep.equal([['camera', 'two']]);
    expect(setting<HTMLSelectElement>('camera').value).to.equal('one'); // it did not come true
  });

  it('asks for noise suppression and a background', async () => {
    const { call, choose } = await open();
    await choose('noise', 'strong');
    await choose('background', 'blur');
    expect(call.asked('setNoiseSuppression')[0]?.with).to.deep.equal(['strong']);
    expect(call.asked('setBackground')[0]?.with).to.deep.equal(['blur']);
  });

  it('switches keys and data during the call', async () => {
    const { room, call, setting } = await open();
    setting('shortcuts').click();
    setting('lowData').click();
    await frames(6);
    expect(room.shortcuts).to.equal('off');
    expect(call.options.lowData).to.be.true;
    expect(setting('lowData').getAttribute('aria-checked')).to.equal('true');
  });

  it('speaks another language at once', async () => {
    const { root, choose } = await open();
    await choose('lang', 'de');
    await frames(20);
    expect(textOf(root.querySelector('h2')!)).to.equal('Einstellungen');
  });

  it('tells in words how media travels', async () => {
    const fake = await fakeRoom({ ...joined('Ana', 'Ben'), devices: DEVICES });
    const connection = {
      ...({ protocol: 'udp', jitter: 2, sendPacketLoss: 0, recvPacketLoss: 0.083 } as const),
      ...({ sendBitsPerSecond: 1_600_000, recvBitsPerSecond: 400_000, availableOutgoingBitrate: null } as const),
    };
    const nothing = { camera: null, screen: null };
    const picture = { width: 640, height: 360, frameRate: 24 };
    fake.call.network = {
      ...NO_NETWORK,
      connections: [
        {
          ...connection,
          participantId: 'ana',
          path: 'direct',
          roundTripTime: 24,
          recvPacketLoss: 0,
          sent: { camera: { ...picture, limitation: 'cpu' }, screen: null },
        },
        { ...connection, participantId: 'ben', path: 'relay', roundTripTime: null, sent: nothing },
      ],
      participants: [
        { participantId: 'ana', quality: 'excellent', reasons: [], received: nothing },
        { participantId: 'ben', quality: 'poor', reasons: [], received: nothing },
      ],
    };
    fake.room.openSettings('connection');
    await frames(8);
    const root = fake.room.shadowRoot!.querySelector('webrtc-settings')!.shadowRoot!;
    const [ana, ben] = [...root.querySelectorAll('.links li')].map(textOf);
    expect(ana).to.contain('Ana excellent connection You and Ana are connected directly, 24 ms round trip.');
    expect(ana).to.contain('Sending 1.6 Mb/s, receiving 0.4 Mb/s.');
    expect(ana).to.contain('Your video is sent at 640 × 360, 24 frames per second. Limited by this computer’s processor.');
    expect(ben).to.contain(
      'Ben weak connection You and Ben are connected through a relay server. 8.3% of the data is being lost.',
    );
  });

  it('asks for the numbers on a beat of its own, and ends it when it is closed', async () => {
    const beats = new Map<unknown, () => void>();
    const [start, stop] = [globalThis.setInterval, globalThis.clearInterval];
    globalThis.setInterval = ((beat: () => void, ms: number) => {
      const timer = start(() => undefined, ms);
      beats.set(timer, beat);
      return timer;
    }) as typeof setInterval;
    globalThis.clearInterval = (timer) => {
      beats.delete(timer);
      stop(timer);
    };
    try {
      const { room, call } = await fakeRoom({ ...joined('Ana'), devices: DEVICES });
      const before = new Set(beats.keys());
      room.openSettings('connection');
      await until('it to ask', () => call.asked('getNetworkStats').length === 1);
      const own = [...beats].filter(([timer]) => !before.has(timer));
      for (const [, beat] of own) beat();
      await until('it to ask again', () => call.asked('getNetworkStats').length > 1);
      room.togglePanel('settings', false);
      await until('the end of it', () => own.every(([timer]) => !beats.has(timer)));
    } finally {
      [globalThis.setInterval, globalThis.clearInterval] = [start, stop];
    }
  });

  it('shows our own picture, as the stage does', async () => {
    const { root, room } = await open();
    const tile = root.querySelector('webrtc-video-tile')!;
    expect(tile.local && tile.mirror).to.be.true;
    room.setView({ mirror: false });
    await frames(4);
    expect(tile.mirror).to.be.false;
  });

  it('remembers the language for the next time, on this device', async () => {
    localStorage.clear();
    const { choose } = await open({ 'persist-user-choices': 'on' });
    await choose('lang', 'ko');
    expect((await fakeRoom({}, { 'persist-user-choices': 'on' })).room.lang).to.equal('ko');
    expect((await fakeRoom({}, { 'persist-user-choices': 'on', lang: 'fr' })).room.lang, 'the page says another').to.equal('fr');
    expect((await fakeRoom({})).room.hasAttribute('lang'), 'nothing is to be remembered').to.be.false;
    localStorage.clear();
  });

  it('opens by its control, closes by Escape, with the focus on the control again', async () => {
    const { room, controls } = await fakeRoom({ ...joined('Ana'), devices: DEVICES }, { controls: 'settings leave' });
    const button = controls()!.shadowRoot!.querySelector<HTMLElement>('[data-control=settings]')!;
    button.focus();
    button.click();
    await frames(8);
    const root = room.shadowRoot!.querySelector('webrtc-settings')!.shadowRoot!;
    expect(root.activeElement?.localName).to.equal('h2');
    root.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }));
    await frames(5);
    expect(room.panel === null).to.be.true;
    expect(controls()!.shadowRoot!.activeElement === button).to.be.true;
  });

  for (const [look, attributes] of Object.entries({
    light: { theme: 'light' },
    dark: { theme: 'dark' },
    Arabic: { lang: 'ar' },
  })) {
    it(`axe finds nothing: ${look}`, async () => {
      const { room } = await open(attributes);
      await frames(10);
      await expect(room).to.be.accessible();
    });
  }
});
