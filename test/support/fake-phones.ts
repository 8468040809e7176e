/** Telephones in the page on a fake signaling connection, and the rooms of their calls on fake calls, for tests of elements. */
import { fixture, html } from '@open-wc/testing';
import '../../components/controls/define.js';
import '../../components/room/room-panels.js';
import '../../components/stage/define.js';
import type { WebrtcCallButton } from '../../components/phone/define-call-button.js';
import type { WebrtcPhone } from '../../components/phone/define.js';
import { FakeCall } from '../../components/testing/fake-call.js';
import { createFakePhone, type FakePhone } from '../../components/testing/fake-phone-signaling.js';
import { frames } from './fake-rooms.js';

export interface Fake<E extends HTMLElement> extends FakePhone {
  readonly element: E;
  readonly calls: readonly FakeCall[];
  /** Names of events the page heard, with their details. */
  readonly heard: readonly { readonly type: string; readonly detail: unknown }[];
  act(name: string): HTMLButtonElement | null;
  text(): string;
}

const EVENTS = ['phone-ready', 'incoming-call', 'call-answered', 'call-declined', 'call-missed', 'call-error'];

async function fake<E extends HTMLElement>(tag: string, attributes: Readonly<Record<string, string>>): Promise<Fake<E>> {
  let made: FakePhone | undefined;
  const calls: FakeCall[] = [];
  const heard: { type: string; detail: unknown }[] = [];
  const box = await fixture<HTMLElement>(html`<div></div>`);
  for (const type of EVENTS)
    box.addEventListener(type, (event) => heard.push({ type, detail: (event as CustomEvent<unknown>).detail }));
  const element = document.createElement(tag) as E & Record<string, unknown>;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  Object.assign(element, {
    phoneFactory: (options: object) => (made = createFakePhone(options)).phone,
    callFactory: (options: object) => {
      const call = new FakeCall(options);
      calls.push(call);
      return call;
    },
  });
  box.append(element);
  void (element as unknown as { readonly phone: unknown }).phone;
  await frames(3);
  if (!made) throw new Error('no telephone was made');
  return {
    ...made,
    element,
    calls,
    heard,
    act: (name) => element.shadowRoot!.querySelector<HTMLButtonElement>(`[data-act="${name}"]`),
    text: () => (element.shadowRoot!.textContent ?? '').replace(/\s+/g, ' '),
  };
}

export const fakePhone = (attributes: Readonly<Record<string, string>> = {}): Promise<Fake<WebrtcPhone>> =>
  fake('webrtc-phone', attributes);
export const fakeButton = (attributes: Readonly<Record<string, string>> = {}): Promise<Fake<WebrtcCallButton>> =>
  fake('webrtc-call-button', { to: 'support', ...attributes });
