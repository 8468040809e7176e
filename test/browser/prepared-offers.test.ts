import { expect } from '@open-wc/testing';
import { MeshRig, type Member } from '../support/mesh-rig.js';
import { until } from '../support/until.js';

describe('an offer that is kept ready for whoever comes next', () => {
  let rig: MeshRig;
  beforeEach(() => {
    rig = new MeshRig({ prepareOfferAfterMs: 1 });
    rig.parking = true;
  });
  afterEach(() => rig.close());

  const alone = (prefix: string): Member => {
    const member = rig.join(prefix);
    rig.enter(member);
    return member;
  };
  const parkedBy = (member: Member) => until(`an offer of ${member.id}`, () => rig.prepared.get(member.id));
  const descriptions = () =>
    rig.pipe.log.filter(({ signal }) => signal.description).map(({ from, signal }) => `${from[0]} ${signal.description?.type}`);
  const noTrouble = (): void => {
    for (const { facts } of rig.members) expect(facts.filter((fact) => fact.type === 'link-failed')).to.deep.equal([]);
  };
  /** The newcomer waits for nobody: it answers, and sends no offer of its own. */
  const answeredBy = (newcomer: Member, owners: readonly Member[]): void => {
    expect(descriptions()).to.deep.equal(owners.map(() => `${newcomer.id[0]} answer`));
  };

  for (const [ownerId, newcomerId] of [
    ['a', 'b'],
    ['b', 'a'],
  ] as const) {
    it(`is answered at once, with picture and sound both ways (${newcomerId} comes to ${ownerId})`, async () => {
      const owner = alone(ownerId);
      const prepared = await parkedBy(owner);
      expect(prepared.sdp).to.contain('a=candidate:');
      await owner.transport.publish('camera', rig.camera()); // after the offer was made
      const newcomer = rig.join(newcomerId);
      await newcomer.transport.publish('camera', rig.camera());
      await newcomer.transport.publish('microphone', await rig.tone());
      rig.enter(newcomer);
      await rig.allConnected();
      answeredBy(newcomer, [owner]);
      rig.play(await until('their stream', () => owner.streams.get(`${newcomer.id}/camera`)));
      await until('their sound', () => (owner.transport.levels().get(newcomer.id) ?? 0) > 0.01);
      await until('our stream', () => newcomer.streams.get(`${owner.id}/camera`));
      await until('frames at both', async () => (await rig.framesDecoded()) > 5);
      await newcomer.send(owner.id, 'hello');
      expect(owner.heard.map(({ data }) => data)).to.deep.equal(['hello']);
      noTrouble();
    });
  }

  it('saves the round trip of everybody inside, and each has another one ready for the next', async () => {
    const inside = [alone('b'), alone('d')];
    await rig.allConnected();
    const before = rig.pipe.log.length;
    await Promise.all(inside.map(parkedBy));
    const newcomer = rig.join('c');
    rig.enter(newcomer);
    await rig.allConnected();
    const after = rig.pipe.log.slice(before).filter(({ signal }) => signal.description);
    expect(after.map(({ from, signal }) => `${from[0]} ${signal.description?.type}`)).to.deep.equal(['c answer', 'c answer']);
    await Promise.all([...inside, newcomer].map(parkedBy));
    noTrouble();
  });

  it('shares a screen over it, and restarts it, like over any other', async () => {
    const owner = alone('a');
    await parkedBy(owner);
    const newcomer = rig.join('b');
    rig.enter(newcomer);
    await rig.allConnected();
    await newcomer.transport.publish('screen', rig.camera());
    await until('the screen', () => owner.streams.get(`${newcomer.id}/screen`));
    await owner.transport.publish('screen', rig.camera());
    await until('the other screen', () => newcomer.streams.get(`${owner.id}/screen`));
    owner.transport.networkChanged();
    newcomer.transport.networkChanged();
    await until('frames after a restart', async () => (await rig.framesDecoded()) > 10);
    noTrouble();
  });

  it('that is gone when somebody has it is replaced by an ordinary one', async () => {
    const owner = alone('a');
    await parkedBy(owner);
    rig.parking = false;
    owner.roomChanged(); // the connection is closed; that it is taken back is still on its way
    const stale = { connectionId: 'link-long-gone', sdp: await sdpOfNobody(), mids: { microphone: '0', camera: '1' } };
    rig.prepared.set(owner.id, stale);
    const newcomer = rig.join('b');
    rig.enter(newcomer);
    await rig.allConnected();
    await owner.transport.publish('camera', rig.camera());
    await until('frames', async () => (await rig.framesDecoded()) > 5);
    noTrouble();
  });

  it('makes way, from either side, for the offer of a newcomer who did not get it', async () => {
    for (const [first, second] of [
      ['a', 'b'],
      ['d', 'c'],
    ] as const) {
      await rig.close();
      rig = new MeshRig({ prepareOfferAfterMs: 1 });
      rig.parking = true;
      const owner = alone(first);
      const { connectionId: link } = await parkedBy(owner);
      const newcomer = rig.join(second);
      rig.prepared.clear();
      owner.server.onOfferTaken(link, newcomer.id); // the server's answer to the join was lost
      rig.enter(newcomer);
      await rig.allConnected(5_000); // sooner than any restart
      expect(descriptions()).to.deep.equal([`${second} offer`, `${first} answer`]);
      noTrouble();
    }
  });

  it('is made anew when the network changed, when the line was lost, and when it grew old', async () => {
    await rig.close();
    rig = new MeshRig({ prepareOfferAfterMs: 1, preparedOfferMs: 1_500 });
    rig.parking = true;
    const owner = alone('a');
    const seen = new Set<string>();
    const another = async (why: string): Promise<void> => {
      const { connectionId: link } = await until(why, () =>
        [...rig.prepared.values()].find((offer) => !seen.has(offer.connectionId)),
      );
      seen.add(link);
    };
    await another('the first');
    owner.transport.networkChanged();
    await another('one with the new addresses');
    owner.server.onResumed();
    await another('one for the server that forgot');
    await another('one in the place of the old one');
    await until(
      'only the last connection to be open',
      () => rig.connections.filter((pc) => pc.signalingState !== 'closed').length === 1,
    );
  });

  it('is taken back when nobody may come, and made again when somebody may', async () => {
    const owner = alone('a');
    await parkedBy(owner);
    rig.parking = false;
    owner.roomChanged();
    await until('nothing parked', () => !rig.prepared.has(owner.id));
    expect(rig.connections.every((pc) => pc.signalingState === 'closed')).to.equal(true);
    rig.parking = true;
    owner.roomChanged();
    await parkedBy(owner);
  });

  it('is not made where it is switched off', async () => {
    await rig.close();
    rig = new MeshRig({ prepareOfferAfterMs: 0 });
    rig.parking = true;
    alone('a');
    const b = rig.join('b');
    rig.enter(b);
    await rig.allConnected();
    expect(rig.connections).to.have.length(2);
    expect(descriptions()).to.deep.equal(['b offer', 'a answer']);
  });

  it('leaves nothing open when it closes', async () => {
    const owner = alone('a');
    const { connectionId: link } = await parkedBy(owner);
    owner.server.onOfferTaken(link, 'somebody-never-coming'.padEnd(22, '0'));
    await until('the next one', () => rig.prepared.get(owner.id)?.connectionId !== link);
    await rig.close();
    expect(rig.connections.every((pc) => pc.signalingState === 'closed')).to.equal(true);
  });

  it('leaves nothing open when it closes while the offer is being made', async () => {
    alone('a');
    await until('the connection', () => rig.connections.length === 1);
    await rig.close();
    expect(rig.connections.map((pc) => pc.signalingState)).to.deep.equal(['closed']);
  });

  async function sdpOfNobody(): Promise<string> {
    const pc = new RTCPeerConnection();
    pc.addTransceiver('audio');
    pc.addTransceiver('video');
    pc.createDataChannel('talk', { negotiated: true, id: 0 });
    const { sdp = '' } = await pc.createOffer();
    pc.close();
    return sdp;
  }
});
