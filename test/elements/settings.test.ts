import { expect } from '@open-wc/testing';
import '../../components/index.js';
import '../../components/settings/define.js';
import { DEVICES, fakeRoom, frames, joined, textOf } from '../support/fake-rooms.js';

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
