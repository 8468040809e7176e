/** Pages nobody looks at yet: drawn ahead, or in a tab behind the others. Nobody joins from there. */
import { expect, waitUntil } from '@open-wc/testing';
import '../../components/index.js';
import { FakeCall } from '../../components/testing/fake-call.js';
import { activated } from '../../components/signaling/activated.js';
import { frames } from '../support/fake-rooms.js';
import { instead } from '../support/instead.js';

const restores: (() => void)[] = [];
const page = (name: string, value: unknown) => restores.push(instead(document, name, value));

function room(attributes: Readonly<Record<string, string>>) {
  const element = document.createElement('webrtc-room');
  for (const [name, value] of Object.entries({ room: 'standup', ...attributes })) element.setAttribute(name, value);
  const call = new FakeCall();
  element.call = call;
  document.body.append(element);
  return call;
}

describe('a page that nobody has seen yet', () => {
  afterEach(() => {
    restores.splice(0).forEach((restore) => restore());
    document.querySelectorAll('webrtc-room').forEach((each) => each.remove());
  });

  for (const how of [{ autojoin: '' }, { prejoin: 'off' }]) {
    const name = Object.keys(how)[0]!;
    it(`joins when it is opened, not when it is drawn ahead (${name})`, async () => {
      page('prerendering', true);
      page('visibilityState', 'hidden');
      const call = room(how);
      await frames(4);
      expect(call.asked('join')).to.have.length(0);
      restores.splice(0).forEach((restore) => restore());
      document.dispatchEvent(new Event('prerenderingchange'));
      await waitUntil(() => call.asked('join').length === 1);
    });

    it(`joins when its tab is looked at (${name})`, async () => {
      page('visibilityState', 'hidden');
      const call = room(how);
      await frames(4);
      expect(call.asked('join')).to.have.length(0);
      document.dispatchEvent(new Event('visibilitychange'));
      await frames(2);
      expect(call.asked('join'), 'still hidden').to.have.length(0);
      restores.splice(0).forEach((restore) => restore());
      document.dispatchEvent(new Event('visibilitychange'));
      await waitUntil(() => call.asked('join').length === 1);
      document.dispatchEvent(new Event('visibilitychange'));
      await frames(2);
      expect(call.asked('join')).to.have.length(1);
    });
  }

  it('joins nobody when the element is gone by then', async () => {
    page('visibilityState', 'hidden');
    const call = room({ autojoin: '' });
    await frames(2);
    document.querySelector('webrtc-room')!.remove();
    restores.splice(0).forEach((restore) => restore());
    document.dispatchEvent(new Event('visibilitychange'));
    await frames(4);
    expect(call.asked('join')).to.have.length(0);
  });

  it('says nothing to the server while it is drawn ahead', async () => {
    page('prerendering', true);
    let done = false;
    void activated().then(() => (done = true));
    await frames(2);
    expect(done).to.be.false;
    document.dispatchEvent(new Event('prerenderingchange'));
    await waitUntil(() => done);
  });
});
