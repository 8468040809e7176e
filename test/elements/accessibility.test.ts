import { expect } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import '../../components/index.js';
import { CallError } from '../../components/core/call-error.js';
import type { CallState } from '../../components/core/call-state.js';
import { GUEST, NOBODY } from '../../components/core/participant.js';
import { failed, fakeRoom, frames, joined, me, type FakeRoom } from '../support/fake-rooms.js';

const STATES: Readonly<Record<string, Partial<CallState>>> = {
  door: { occupancy: { participants: 2, limit: 8, full: false } },
  'open door': { local: me({ id: null }) },
  'door with trouble': { local: { ...NOBODY, microphone: failed('microphone', 'policy'), camera: failed('camera', 'policy') } },
  alone: joined(),
  'call of two': joined('Ana'),
  'call of four': joined('Ana', 'Ben', 'Cem'),
  trouble: { ...joined('Ana'), playbackBlocked: true, local: me({ camera: failed('camera', 'in-use') }) },
  left: { meeting: 'left', leftReason: 'voluntary' },
  error: { meeting: 'error', error: new CallError('SIGNAL_UNREACHABLE') },
};
const MANY = ['Ana', 'Ben', 'Cem', 'Dua', 'Eva', 'Fen', 'Gil', 'Hal', 'Ida', 'Jon', 'Kim', 'Lea', 'Mia', 'Noa'];
const HOST = me({ role: 'host', grants: { ...GUEST, moderate: true } });
/** How the visitor looks at a call, by what they do. */
const VIEWS: Readonly<Record<string, (fake: FakeRoom) => void>> = {
  pinned: ({ room }) => room.pinParticipant('ben'),
  'leafed through': ({ room }) => (room.style.cssText = 'inline-size: 320px; block-size: 400px'),
  'without our own picture': ({ room }) => room.setView({ selfView: false }),
  'the menu of a tile': ({ tiles }) => tiles()[0]!.shadowRoot!.querySelector<HTMLElement>('.more')!.click(),
  'the menu of our tile': ({ tiles }) => tiles().at(-1)!.shadowRoot!.querySelector<HTMLElement>('.more')!.click(),
};
const LOOKS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  light: { theme: 'light' },
  dark: { theme: 'dark' },
  Arabic: { lang: 'ar', theme: 'light' },
};

/** Everything drawn, through shadow roots. */
function* everything(root: ParentNode): Generator<Element> {
  for (const element of root.querySelectorAll('*')) {
    yield element;
    if (element.shadowRoot) yield* everything(element.shadowRoot);
  }
}

describe('accessibility', () => {
  for (const [look, attributes] of Object.entries(LOOKS)) {
    for (const [name, state] of Object.entries(STATES)) {
      it(`${name}, ${look}: axe finds nothing`, async () => {
        const { room } = await fakeRoom(state, attributes);
        await frames(30);
        await expect(room).to.be.accessible();
      });
    }
  }

  for (const theme of ['light', 'dark']) {
    for (const [name, act] of Object.entries(VIEWS)) {
      it(`${name}, ${theme}: axe finds nothing`, async () => {
        const fake = await fakeRoom({ ...joined(...MANY), local: HOST }, { theme });
        await frames(10);
        act(fake);
        await frames(30);
        await expect(fake.room).to.be.accessible();
      });
    }
  }

  for (const [feature, emulate] of Object.entries({ forcedColors: 'active', reducedMotion: 'reduce' } as const)) {
    it(`with ${feature} the tiles and their menu stay usable: axe finds nothing`, async function () {
      try {
        await emulateMedia({ [feature]: emulate });
      } catch {
        this.skip(); // only Chromium can be told to
      }
      try {
        const fake = await fakeRoom({ ...joined('Ana', 'Ben', 'Cem'), local: HOST });
        await frames(10);
        VIEWS['the menu of a tile']!(fake);
        await frames(20);
        await expect(fake.room).to.be.accessible();
        const ms = parseFloat(getComputedStyle(fake.tiles()[0]!).transitionDuration) * 1_000;
        if (feature === 'reducedMotion') expect(ms).to.be.below(2);
      } finally {
        await emulateMedia({ [feature]: feature === 'forcedColors' ? 'none' : 'no-preference' });
      }
    });
  }

  for (const size of ['320px', '240px']) {
    it(`a call in a box of ${size}: axe finds nothing`, async () => {
      const { room } = await fakeRoom(joined('Ana', 'Ben'));
      room.style.cssText = `inline-size: ${size}; block-size: 180px`;
      await frames(30);
      await expect(room).to.be.accessible();
    });
  }

  it('the regions that speak are there before anybody comes', async () => {
    const { room } = await fakeRoom(joined());
    expect(room.shadowRoot!.querySelectorAll('.visually-hidden[role]')).to.have.length(2);
  });

  it('no template carries an inline style: a strict policy would drop it', async () => {
    const { room } = await fakeRoom(joined('Ana', 'Ben'));
    for (const element of everything(room.shadowRoot!)) {
      const style = element.getAttribute('style') ?? '';
      expect(
        style.split(';').every((rule) => !rule.trim() || rule.trim().startsWith('--_')),
        `${element.localName}: ${style}`,
      ).to.be.true;
    }
  });
});
