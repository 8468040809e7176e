import { expect } from '@open-wc/testing';
import { MeshRig } from '../support/mesh-rig.js';
import { until } from '../support/until.js';

/** Row 27 of the faults, and what else may happen to words on their way from page to page. */
describe('words over a mesh', () => {
  let rig: MeshRig;
  let channels: RTCDataChannel[];
  const make = RTCPeerConnection.prototype.createDataChannel;
  beforeEach(() => {
    channels = [];
    rig = new MeshRig();
    RTCPeerConnection.prototype.createDataChannel = function (this: RTCPeerConnection, ...args) {
      const channel = make.apply(this, args);
      channels.push(channel);
      return channel;
    };
  });
  afterEach(async () => {
    RTCPeerConnection.prototype.createDataChannel = make;
    await rig.close();
  });

  it('cost no negotiation: they are part of the first offer, and arrive in order', async () => {
    const a = rig.join('a');
    const b = rig.join('b');
    rig.introduce();
    const sent = Promise.all([a.send(b.id, 'one'), a.send(b.id, 'two')]);
    const back = b.send(a.id, 'three');
    await Promise.all([sent, back]);
    expect(b.heard.map(({ from, data }) => [from, data])).to.deep.equal([
      [a.id, 'one'],
      [a.id, 'two'],
    ]);
    expect(a.heard.map(({ data }) => data)).to.deep.equal(['three']);
    const descriptions = rig.pipe.log.flatMap(({ signal }) => (signal.description ? [signal.description.type] : []));
    expect(descriptions).to.deep.equal(['offer', 'answer']);
  });

  it('row 27: go over a new channel when theirs is closed, each once, those said meanwhile too', async () => {
    const a = rig.join('a');
    const b = rig.join('b');
    rig.introduce();
    await a.send(b.id, 'before');
    const expected = ['before'];
    for (let round = 0; round < 3; round += 1) {
      const open = channels.filter(({ readyState }) => readyState === 'open');
      expect(open.length).to.be.greaterThan(0);
      const sent: Promise<void>[] = [];
      const say = (text: string): void => {
        expected.push(text);
        sent.push(a.send(b.id, text));
      };
      say(`${round}: just before`);
      for (const channel of round === 1 ? open.slice(0, 1) : open) channel.close();
      say(`${round}: while it is closed`);
      await Promise.all(sent);
    }
    expect(b.heard.map(({ data }) => data)).to.deep.equal(expected);
    expect(rig.connections.every(({ connectionState }) => connectionState === 'connected')).to.equal(true);
    expect(rig.connections).to.have.length(2);
  });

  it('wait for somebody who reloads, and go on over their new connection', async () => {
    const a = rig.join('a');
    const b = rig.join('b');
    rig.introduce();
    await a.send(b.id, 'before');
    await b.close();
    const sent = a.send(b.id, 'meanwhile');
    // The same participant with a new page: it enters, and makes the first offer.
    const again = rig.join('b');
    again.setRoster([{ id: a.id, sending: false }]);
    await sent;
    await again.send(a.id, 'back');
    expect(b.heard.map(({ data }) => data)).to.deep.equal(['before']);
    expect(again.heard.map(({ data }) => data)).to.deep.equal(['meanwhile']);
    expect(a.heard.map(({ data }) => data)).to.deep.equal(['back']);
  });

  it('are no more than the browser can write at a time', async () => {
    const a = rig.join('a');
    const b = rig.join('b');
    rig.introduce();
    await a.send(b.id, 'first');
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, ...channels.map(({ bufferedAmount }) => bufferedAmount));
    }, 1);
    const large = 'x'.repeat(20_000);
    await Promise.all(Array.from({ length: 50 }, () => a.send(b.id, large)));
    clearInterval(watch);
    expect(b.heard).to.have.length(51);
    expect(most).to.be.lessThan(262_144 + 40_000);
  });

  it('to somebody who leaves are given up', async () => {
    const a = rig.join('a');
    const b = rig.join('b');
    rig.pipe.hold();
    rig.introduce();
    const sent = a.send(b.id, 'anybody?').catch((error: unknown) => (error as { code: string }).code);
    a.setRoster([]);
    expect(await sent).to.equal('PEER_NOT_FOUND');
    await until('nobody to send to', async () => {
      const code = await a.send(b.id, 'x').catch((error: unknown) => (error as { code: string }).code);
      return code === 'PEER_NOT_FOUND';
    });
  });
});
