/** A chat between real people in two browsers: what is said, who comes later, and who reloads. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Person } from '../support/person.js';
import { Scene } from '../support/scene.js';
import { until } from '../support/until.js';

const scene = new Scene();

interface Talking extends Element {
  sendChatMessage(text: string): Promise<void>;
  toggleRaiseHand(on: boolean): Promise<void>;
  readonly call: {
    readonly state: {
      get(): {
        readonly chat: readonly { readonly text: string; readonly own: boolean; readonly status: string }[];
        readonly participants: readonly { readonly handRaised: boolean }[];
        readonly local: { readonly handRaised: boolean };
      };
    };
  };
}

const say = (person: Person, text: string): Promise<void> =>
  person.page.evaluate((words) => (document.querySelector('webrtc-room') as unknown as Talking).sendChatMessage(words), text);
const heard = (person: Person): Promise<readonly string[]> =>
  person.page.evaluate(() =>
    (document.querySelector('webrtc-room') as unknown as Talking).call.state
      .get()
      .chat.map(({ text, own, status }) => `${own ? 'me' : 'other'}: ${text} (${status})`),
  );
/** In this order, unless what was said nearly at once came on different ways. */
const reads = (person: Person, expected: readonly string[], inOrder = true): Promise<unknown> => {
  const all = (lines: readonly string[]): readonly string[] => (inOrder ? lines : [...lines].sort());
  return until('the chat', async () => assert.deepEqual(all(await heard(person)), all(expected)) ?? true, 15_000);
};

describe('a chat', () => {
  it('goes between Chromium and Firefox, is told to who comes later, and survives a reload, hands too', async () => {
    const server = await scene.process();
    const url = `${server.url}/r/talk`;
    const ana = await scene.join(url, { engine: 'chromium', name: 'Ana' });
    const ben = await scene.join(url, { engine: 'firefox', name: 'Ben' });
    await ana.untilWith(1);
    await say(ana, 'Hello from Chromium');
    await reads(ben, ['other: Hello from Chromium (sent)']);
    await say(ben, 'Hello from Firefox');
    await reads(ana, ['me: Hello from Chromium (sent)', 'other: Hello from Firefox (sent)']);
    await reads(ben, ['other: Hello from Chromium (sent)', 'me: Hello from Firefox (sent)']);
    await ben.page.evaluate(() => (document.querySelector('webrtc-room') as unknown as Talking).toggleRaiseHand(true));

    const cem = await scene.join(url, { engine: 'chromium', name: 'Cem' });
    await reads(cem, ['other: Hello from Chromium (sent)', 'other: Hello from Firefox (sent)'], false);
    const hands = await cem.page.evaluate(() =>
      (document.querySelector('webrtc-room') as unknown as Talking).call.state
        .get()
        .participants.map(({ handRaised }) => handRaised),
    );
    assert.deepEqual(hands, [false, true]);

    await ana.page.reload();
    await ana.press('join');
    await ana.untilWith(2);
    await reads(ana, ['me: Hello from Chromium (sent)', 'other: Hello from Firefox (sent)'], false);
    await say(ana, 'Back');
    for (const other of [ben, cem])
      await until('the words of who came back', async () => (await heard(other)).at(-1) === 'other: Back (sent)');
  });
});
