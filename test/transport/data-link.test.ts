import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { DataLink, type Pipe } from '../../components/transport/mesh/data-link.js';

const links = new Set<DataLink>();
afterEach(() => {
  for (const link of links) link.close();
  links.clear();
});

function end(): { readonly link: DataLink; readonly heard: string[] } {
  const heard: string[] = [];
  const link = new DataLink((data) => heard.push(data));
  links.add(link);
  return { link, heard };
}

/** A channel between two: what is written arrives a turn later, unless the channel was cut before. */
class Channel {
  readonly a: Pipe;
  readonly b: Pipe;
  free = true;
  written: string[] = [];
  #open = true;

  constructor(a: DataLink, b: DataLink) {
    const isFree = (): boolean => this.free;
    const pipe = (to: () => [DataLink, Pipe]): Pipe => ({
      get free() {
        return isFree();
      },
      send: (text) => {
        if (!this.#open) throw new Error('closed');
        this.written.push(text);
        setTimeout(() => {
          const [link, end] = to();
          if (this.#open) link.receive(end, text);
        });
      },
    });
    this.a = pipe(() => [b, this.b]);
    this.b = pipe(() => [a, this.a]);
  }

  cut(a: DataLink, b: DataLink): void {
    this.#open = false;
    a.detach(this.a);
    b.detach(this.b);
  }
}

function joined(a: DataLink, b: DataLink): Channel {
  const channel = new Channel(a, b);
  a.attach(channel.a);
  b.attach(channel.b);
  return channel;
}

const turns = async (count = 8): Promise<void> => {
  for (let i = 0; i < count; i += 1) await new Promise((resolve) => setTimeout(resolve));
};

describe('words over a link', () => {
  it('arrive in order, and the sender learns of it', async () => {
    const [ana, ben] = [end(), end()];
    joined(ana.link, ben.link);
    await Promise.all(['one', 'two', 'three'].map((word) => ana.link.send(word)));
    assert.deepEqual(ben.heard, ['one', 'two', 'three']);
  });

  it('wait for a channel, and arrive once when one closes in the middle', async () => {
    const [ana, ben] = [end(), end()];
    const sent = [ana.link.send('early')];
    const first = joined(ana.link, ben.link);
    await turns(3);
    // Written, perhaps heard, not acknowledged: the worst moment to be cut.
    sent.push(ana.link.send('in flight'));
    await turns(1);
    first.cut(ana.link, ben.link);
    sent.push(ana.link.send('meanwhile'));
    await turns();
    joined(ana.link, ben.link);
    await Promise.all(sent);
    assert.deepEqual(ben.heard, ['early', 'in flight', 'meanwhile']);
  });

  it('are said again when the channel was open here before it was there', async () => {
    const [ana, ben] = [end(), end()];
    const channel = new Channel(ana.link, ben.link);
    ana.link.attach(channel.a);
    const sent = ana.link.send('hello?');
    await turns(); // nobody listens yet
    assert.deepEqual(ben.heard, []);
    ben.link.attach(channel.b);
    await sent;
    assert.deepEqual(ben.heard, ['hello?']);
  });

  it('go on with somebody who reloaded: what they had not confirmed, and nothing of before', async () => {
    const [ana, ben] = [end(), end()];
    const before = joined(ana.link, ben.link);
    await ana.link.send('before');
    before.cut(ana.link, ben.link);
    const sent = ana.link.send('meanwhile');
    const again = end();
    joined(ana.link, again.link);
    await sent;
    assert.deepEqual(again.heard, ['meanwhile']);
    await again.link.send('back');
    assert.deepEqual(ana.heard, ['back']);
  });

  it('wait while the browser has enough to write', async () => {
    const [ana, ben] = [end(), end()];
    const channel = joined(ana.link, ben.link);
    await turns();
    channel.free = false;
    const sent = ana.link.send('patience');
    await turns();
    assert.deepEqual(ben.heard, []);
    channel.free = true;
    ana.link.pump();
    await sent;
    assert.deepEqual(ben.heard, ['patience']);
  });

  it('are refused when too large, when too many wait, and when the link is over', async () => {
    const { link } = end();
    await assert.rejects(link.send('x'.repeat(32_769)), { code: 'BAD_PAYLOAD' });
    const waiting = Array.from({ length: 512 }, () => link.send('x').catch((error: { code: string }) => error.code));
    await assert.rejects(link.send('x'), { code: 'RATE_LIMITED' });
    link.close();
    assert.deepEqual(new Set(await Promise.all(waiting)), new Set(['PEER_NOT_FOUND']));
    await assert.rejects(link.send('x'), { code: 'PEER_NOT_FOUND' });
  });

  it('are not confirmed by who never had them, nor disturbed by nonsense', async () => {
    const [ana, ben] = [end(), end()];
    const channel = joined(ana.link, ben.link);
    await turns();
    let settled = false;
    channel.free = false;
    const sent = ana.link.send('later').then(() => (settled = true));
    for (const nonsense of ['["has",999]', '["has",-1]', '["data",7,0,"gap"]', '{}', 'null', '[', '["data",1]', '["hello",7]'])
      ana.link.receive(channel.a, nonsense);
    await turns();
    assert.equal(settled, false);
    assert.deepEqual(ana.heard, []);
    channel.free = true;
    ana.link.pump();
    await sent;
    assert.deepEqual(ben.heard, ['later']);
  });
});
