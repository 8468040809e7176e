import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import fc from 'fast-check';
import { ReliableChannel, type Pipe } from '../../components/core/messaging/reliable-channel.js';

const links = new Set<ReliableChannel>();
afterEach(() => {
  for (const link of links) link.close();
  links.clear();
});

function end(): { readonly link: ReliableChannel; readonly heard: string[] } {
  const heard: string[] = [];
  const link = new ReliableChannel((data) => heard.push(data));
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

  constructor() {
    const isFree = (): boolean => this.free;
    const pipe = (to: () => Pipe): Pipe => ({
      onMessage: null,
      onFree: null,
      get free() {
        return isFree();
      },
      send: (text) => {
        if (!this.#open) throw new Error('closed');
        this.written.push(text);
        setTimeout(() => {
          if (this.#open) to().onMessage?.(text);
        });
      },
    });
    this.a = pipe(() => this.b);
    this.b = pipe(() => this.a);
  }

  cut(a: ReliableChannel, b: ReliableChannel): void {
    this.#open = false;
    a.detach(this.a);
    b.detach(this.b);
  }
}

function joined(a: ReliableChannel, b: ReliableChannel): Channel {
  const channel = new Channel();
  a.attach(channel.a);
  b.attach(channel.b);
  return channel;
}

const turns = async (count = 8): Promise<void> => {
  for (let i = 0; i < count; i += 1) await new Promise((resolve) => setTimeout(resolve));
};

describe('messages over a reliable channel', () => {
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
    const channel = new Channel();
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
    channel.a.onFree?.();
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
      channel.a.onMessage?.(nonsense);
    await turns();
    assert.equal(settled, false);
    assert.deepEqual(ana.heard, []);
    channel.free = true;
    channel.a.onFree?.();
    await sent;
    assert.deepEqual(ben.heard, ['later']);
  });

  it('go over the newest pipe that both sides have, and are heard on every other', async () => {
    const [ana, ben] = [end(), end()];
    const old = joined(ana.link, ben.link);
    await ana.link.send('over the old one');
    // Ana has changed already, Ben has not: neither is deaf.
    const fresh = new Channel();
    ana.link.attach(fresh.a);
    await Promise.all([ana.link.send('from who changed first'), ben.link.send('to who changed first')]);
    assert.deepEqual(ben.heard, ['over the old one', 'from who changed first']);
    assert.deepEqual(ana.heard, ['to who changed first']);
    ben.link.attach(fresh.b);
    await turns();
    old.written = [];
    await Promise.all([ana.link.send('over the new one'), ben.link.send('and back')]);
    assert.deepEqual(old.written, [], 'what is still written to the old pipe');
    old.cut(ana.link, ben.link);
    await ana.link.send('without the old one');
    assert.deepEqual(ben.heard.slice(2), ['over the new one', 'without the old one']);
    assert.deepEqual(ana.heard, ['to who changed first', 'and back']);
  });

  it('go on over the old pipe when the new one is given up', async () => {
    const [ana, ben] = [end(), end()];
    joined(ana.link, ben.link);
    const fresh = joined(ana.link, ben.link);
    await turns();
    const sent = ana.link.send('written to the new one');
    fresh.cut(ana.link, ben.link);
    await sent;
    await ana.link.send('over the old one');
    assert.deepEqual(ben.heard, ['written to the new one', 'over the old one']);
  });

  it('arrive once and in order however pipes come and go', async () => {
    type Step = 'attach' | 'attach one side first' | 'cut' | 'to ana' | 'to ben' | 'pause';
    const step = fc.constantFrom<Step>('attach', 'attach one side first', 'cut', 'to ana', 'to ana', 'to ben', 'to ben', 'pause');
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), async (steps) => {
        const [ana, ben] = [end(), end()];
        const open: Channel[] = [];
        const sent: Promise<void>[] = [];
        const expected: { readonly ana: string[]; readonly ben: string[] } = { ana: [], ben: [] };
        for (const [index, what] of steps.entries()) {
          if (what === 'attach') open.push(joined(ana.link, ben.link));
          else if (what === 'attach one side first') {
            const channel = new Channel();
            open.push(channel);
            ana.link.attach(channel.a);
            setTimeout(() => open.includes(channel) && ben.link.attach(channel.b));
          } else if (what === 'cut') open.splice(index % Math.max(1, open.length), 1)[0]?.cut(ana.link, ben.link);
          else if (what === 'pause') await turns(1 + (index % 4));
          else {
            const text = `${index}`;
            expected[what === 'to ana' ? 'ana' : 'ben'].push(text);
            sent.push((what === 'to ana' ? ben : ana).link.send(text));
          }
        }
        joined(ana.link, ben.link);
        await Promise.all(sent);
        assert.deepEqual(ben.heard, expected.ben, 'what Ben has');
        assert.deepEqual(ana.heard, expected.ana, 'what Ana has');
        for (const { link } of [ana, ben]) link.close();
      }),
      { numRuns: 60 },
    );
  });
});
