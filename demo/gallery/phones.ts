/** Every state of the telephone and of the call button, by name: what happens to a real telephone, on a fake signaling connection. */
import '../../components/phone/define.js';
import '../../components/phone/define-call-button.js';
import { CallError } from '../../components/core/call-error.js';
import { NO_SETTINGS } from '../../components/core/phone/settings.js';
import type { HistoryEntry, PhoneSettings } from '../../components/core/phone/phone-state.js';
import { FakeCall } from '../../components/testing/fake-call.js';
import { createFakePhone, FakePhoneMemory, incomingRing, type FakePhone } from '../../components/testing/fake-phone-signaling.js';
import { SCENES } from './scenes.js';

type Act = (fake: FakePhone, element: HTMLElement) => void | Promise<void>;

interface PhoneScene {
  readonly tag: 'webrtc-call-button' | 'webrtc-phone';
  readonly attributes?: Readonly<Record<string, string>>;
  readonly kept?: Partial<PhoneSettings>;
  /** The signaling connection does not come up by itself. */
  readonly silent?: boolean;
  /** Who is there under `support`. */
  readonly there?: 'available' | 'busy';
  readonly act?: Act;
  /** What is pressed in the end. */
  readonly press?: string;
}

const NOON = Date.UTC(2026, 4, 12, 10, 4);
const called = (index: number, more: Partial<HistoryEntry>): HistoryEntry => ({
  id: `ring-${index}`,
  direction: 'in',
  outcome: 'answered',
  displayName: '',
  address: 'ana',
  at: NOON - index * 5_400_000,
  video: true,
  keys: more.direction === 'out' ? [] : ['ana'],
  ...more,
});
const HISTORY: readonly HistoryEntry[] = [
  called(0, { displayName: 'Ana Souza', outcome: 'missed' }),
  called(1, { displayName: 'Kwame Mensah', address: 'kwame' }),
  called(2, { direction: 'out', address: 'support', outcome: 'no-answer' }),
  called(3, { address: 't4vn-81pc-m0xq-77ds-k2ja-c9rf-eh5w', outcome: 'declined' }),
  called(4, { direction: 'out', address: 'freya', displayName: 'Freya Lindqvist' }),
];
const ADMITTANCE = { room: 'call-room', ticket: 'ticket' };

const ring =
  (more: object = {}): Act =>
  (fake) =>
    fake.signaling.say({
      type: 'ring-incoming',
      ring: incomingRing('ring-1', { from: { address: 'ana', displayName: 'Ana Souza', keys: ['ana'] }, ...more }),
    });
const callOut =
  (to = 'support'): Act =>
  (fake) =>
    void fake.phone.call(to).catch(() => undefined);
const endedWith =
  (outcome: string): Act =>
  async (fake, element) => {
    await callOut()(fake, element);
    await result(fake, outcome);
  };
/** Asked until it is so, once a frame. */
async function so<T>(ask: () => T | null | undefined): Promise<T> {
  for (;;) {
    const answer = ask();
    if (answer) return answer;
    await new Promise(requestAnimationFrame);
  }
}
const inside = (element: HTMLElement, selector: string): Promise<HTMLElement> =>
  so(() => element.shadowRoot?.querySelector<HTMLElement>(selector));

async function result({ signaling }: FakePhone, outcome: string): Promise<void> {
  const { id } = await so(() => signaling.requests('ring').at(-1) as { readonly id: string } | undefined);
  const answered = outcome === 'answered' ? { displayName: 'Ana Souza', admittance: ADMITTANCE } : {};
  signaling.say({ type: 'ring-result', id, result: { outcome, ...answered } as never });
}
const refused =
  (code: 'FORBIDDEN' | 'TOKEN_REPLAYED' | 'UNAUTHENTICATED'): Act =>
  ({ signaling }) =>
    signaling.say({ type: 'refused', error: new CallError(code) });
const pressed =
  (outcome?: string): Act =>
  async (fake, element) => {
    (await inside(element, '.call')).click();
    if (outcome) await result(fake, outcome);
  };

const phone = (more: Partial<PhoneScene> = {}): PhoneScene => ({ tag: 'webrtc-phone', ...more });
const button = (more: Partial<PhoneScene> = {}): PhoneScene => ({ tag: 'webrtc-call-button', ...more });

export const PHONES: Readonly<Record<string, PhoneScene>> = {
  'phone-idle': phone(),
  'phone-named': phone({ attributes: { address: 'support' } }),
  'phone-history': phone({ kept: { history: HISTORY } }),
  'phone-code': phone({ press: '[data-act=code]' }),
  'phone-quiet': phone({ kept: { doNotDisturb: true, blocked: ['ana', 'ben'], history: HISTORY.slice(0, 1) } }),
  'phone-opening': phone({ silent: true }),
  'phone-refused': phone({ act: refused('FORBIDDEN') }),
  'phone-used': phone({ act: refused('TOKEN_REPLAYED') }),
  'phone-line-lost': phone({ act: ({ signaling }) => signaling.down() }),
  'phone-calling': phone({ act: callOut() }),
  'phone-ringing': phone({ act: ring() }),
  'phone-ringing-group': phone({ act: ring({ to: 'support', from: { displayName: '', keys: [] } }) }),
  'phone-ringing-audio': phone({ act: ring({ video: false }) }),
  'phone-declined': phone({ act: endedWith('declined') }),
  'phone-busy': phone({ act: endedWith('busy') }),
  'phone-no-answer': phone({ act: endedWith('no-answer') }),
  'phone-gone': phone({ act: endedWith('unavailable') }),
  'phone-disturb': phone({ act: endedWith('do-not-disturb') }),
  'phone-missed': phone({
    act: (fake, element) => {
      void ring()(fake, element);
      fake.signaling.say({ type: 'ring-ended', ringId: 'ring-1', reason: 'cancelled' });
    },
  }),
  'phone-talking': phone({ act: endedWith('answered') }),
  'phone-talking-audio': phone({ attributes: { video: 'off' }, act: endedWith('answered') }),
  'phone-adding': phone({ act: endedWith('answered'), press: '[data-act=add]' }),
  'phone-inviting': phone({
    act: async (fake, element) => {
      await endedWith('answered')(fake, element);
      await inside(element, '[data-act=add]');
      await callOut('kwame')(fake, element);
    },
  }),
  'button-there': button({ there: 'available' }),
  'button-busy': button({ there: 'busy' }),
  'button-nobody': button(),
  'button-calling': button({ there: 'available', act: pressed() }),
  'button-missed': button({ act: pressed('no-answer') }),
  'button-talking': button({ act: pressed('answered') }),
};

/** Resolves when everything has happened that leads there. */
export async function showPhone(name: string, attributes: Readonly<Record<string, string>>): Promise<void> {
  const scene = PHONES[name];
  if (!scene) return;
  const memory = new FakePhoneMemory();
  memory.kept = { ...NO_SETTINGS, ...scene.kept };
  const element = document.createElement(scene.tag);
  let fake: FakePhone | undefined;
  element.phoneFactory = (options) => {
    fake = createFakePhone(options, { memory });
    fake.signaling.answers = !scene.silent;
    if (scene.there) fake.signaling.there.set('support', scene.there);
    return fake.phone;
  };
  element.callFactory = (options) => new FakeCall(options, SCENES['two']!().state);
  const all = { ...(scene.tag === 'webrtc-call-button' && { to: 'support' }), ...scene.attributes, ...attributes };
  for (const [key, value] of Object.entries(all)) element.setAttribute(key, value);
  document.body.append(element);
  await inside(element, '.phone, .call');
  await scene.act?.(await so(() => fake), element);
  if (scene.press) (await inside(element, scene.press)).click();
}
