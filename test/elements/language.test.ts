import { expect } from '@open-wc/testing';
import '../../components/index.js';
import { arrived, fakeRoom, frames, joined, textOf } from '../support/fake-rooms.js';

const until = async (condition: () => boolean) => {
  for (let turn = 0; turn < 200 && !condition(); turn++) await frames(1);
  expect(condition()).to.be.true;
};
const direction = (element: HTMLElement) => element.shadowRoot!.querySelector('.room')!.getAttribute('dir');

describe('languages', () => {
  afterEach(() => {
    document.documentElement.lang = 'en';
    document.documentElement.removeAttribute('dir');
  });

  it('follow the nearest lang, each element its own', async () => {
    const german = await fakeRoom({}, { lang: 'de-AT' });
    const english = await fakeRoom({}, { lang: 'en' });
    await until(() => textOf(german.room).includes('Teilnehmen'));
    expect(textOf(english.room)).to.contain('Join');
  });

  it('follow the page when it changes', async () => {
    const { room } = await fakeRoom();
    document.documentElement.lang = 'de';
    await until(() => textOf(room).includes('Ihr Name'));
    document.documentElement.lang = 'en';
    await until(() => textOf(room).includes('Your name'));
  });

  it('fall back to English where a language is not there', async () => {
    const { room } = await fakeRoom({}, { lang: 'tlh' });
    expect(textOf(room)).to.contain('Your name');
  });

  it('turn everything round for Arabic, also where the page does not', async () => {
    const { room, tiles } = await fakeRoom({ ...joined('Ana', 'Ben') }, { lang: 'ar' });
    await until(() => direction(room) === 'rtl');
    await arrived();
    expect(tiles()[0]!.getBoundingClientRect().left).to.be.greaterThan(tiles()[1]!.getBoundingClientRect().left);
  });

  it('are all there, on demand', async () => {
    for (const [lang, join] of Object.entries({
      es: 'Unirme',
      fr: 'Rejoindre',
      ja: '参加する',
      ko: '참여하기',
      'pt-BR': 'Entrar',
      'zh-CN': '加入',
    })) {
      const { room } = await fakeRoom({}, { lang });
      await until(() => textOf(room).includes(join));
    }
  });

  it('can be added, and single texts changed, by the page', async () => {
    const { room, settle } = await fakeRoom({}, { lang: 'nl' });
    room.translations = { nl: { join: 'Meedoen', inside: 'Kom binnen', $dir: 'ltr' } };
    await settle();
    expect(textOf(room)).to.contain('Meedoen');
    expect(textOf(room)).to.contain('Your name');
    const other = await fakeRoom({}, { lang: 'nl' });
    expect(textOf(other.room)).to.contain('Join');
    room.lang = 'de-CH';
    room.translations = { 'de-CH': { join: 'Mitmache' }, de: { yourName: 'Ihr werter Name' } };
    await until(() => textOf(room).includes('Bereit zur Teilnahme?'));
    expect(textOf(room)).to.contain('Mitmache').and.to.contain('Ihr werter Name');
  });

  it('keep the direction that a page sets together with its language', async () => {
    document.documentElement.lang = 'en';
    document.documentElement.dir = 'rtl';
    const { room } = await fakeRoom();
    expect(direction(room)).to.equal('rtl');
  });
});
