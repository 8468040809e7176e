import { expect } from '@open-wc/testing';
import { MeshRig, type Door, type Member } from '../support/mesh-rig.js';
import { until } from '../support/until.js';

describe('what is made ready at the door', () => {
  let rig: MeshRig;
  beforeEach(() => start());
  afterEach(() => rig.close());

  const start = (timings: ConstructorParameters<typeof MeshRig>[0] = {}): void => {
    rig = new MeshRig({ prepareOfferAfterMs: 1, ...timings });
    rig.parking = true;
  };
  const inside = async (prefix: string): Promise<Member> => {
    const member = rig.join(prefix);
    rig.enter(member);
    await until(`an offer of ${prefix}`, () => rig.prepared.get(member.id));
    return member;
  };
  /** Connections somebody at the door has. */
  const open = (): number => rig.connections.filter((pc) => pc.signalingState !== 'closed').length;
  const seen = async (door: Door, count = 1): Promise<RTCPeerConnection[]> => {
    door.earlyConnections.probe();
    return until('the offers to be applied', () => {
      const applied = rig.connections.filter((pc) => pc.signalingState === 'have-remote-offer');
      return applied.length === count ? applied : null;
    });
  };
  const connected = (pc: RTCPeerConnection | undefined) => until('connected', () => pc?.connectionState === 'connected');
  const noTrouble = (): void => {
    for (const { facts } of rig.members) expect(facts.filter((fact) => fact.type === 'link-failed')).to.deep.equal([]);
  };
  const bothWays = async (newcomer: Member, owner: Member): Promise<void> => {
    await rig.allConnected();
    await until('our stream', () => newcomer.streams.get(`${owner.id}/camera`));
    await until('their stream', () => owner.streams.get(`${newcomer.id}/camera`));
    const before = await rig.framesDecoded();
    await until('frames', async () => (await rig.framesDecoded()) > before + 5);
    await newcomer.send(owner.id, 'hello');
    await owner.send(newcomer.id, 'welcome');
    expect(owner.heard.map(({ data }) => data)).to.deep.equal(['hello']);
    expect(newcomer.heard.map(({ data }) => data)).to.deep.equal(['welcome']);
    noTrouble();
  };

  it('an offer that is only seen sends nothing, not even to find our own address', async () => {
    await inside('a');
    const [pc] = await seen(rig.atTheDoor('b'));
    expect(pc?.iceGatheringState).to.equal('new');
    expect(pc?.localDescription).to.equal(null);
  });

  for (const [ownerId, newcomerId] of [
    ['a', 'b'],
    ['b', 'a'],
  ] as const) {
    it(`is answered in the moment of joining, with no word after it (${newcomerId} comes to ${ownerId})`, async () => {
      const owner = await inside(ownerId);
      await owner.transport.publish('camera', rig.camera());
      const door = rig.atTheDoor(newcomerId);
      await seen(door);
      await door.earlyConnections.beforeJoin();
      const newcomer = rig.join(newcomerId, door.earlyConnections);
      await newcomer.transport.publish('camera', rig.camera());
      rig.enter(newcomer, door);
      await bothWays(newcomer, owner);
      expect(rig.pipe.log.filter(({ signal }) => signal.description)).to.deep.equal([]);
    });

    it(`is connected before joining, and carries nothing until then (${newcomerId} comes to ${ownerId})`, async () => {
      const owner = await inside(ownerId);
      await owner.transport.publish('camera', rig.camera());
      const door = rig.atTheDoor(newcomerId);
      const [pc] = await seen(door);
      door.earlyConnections.approach();
      await connected(pc);
      expect(pc?.getSenders().map(({ track }) => track)).to.deep.equal([null, null]);
      expect(owner.links.size).to.equal(0);
      expect(owner.streams.size).to.equal(0);
      expect(await rig.framesDecoded()).to.equal(0);
      await door.earlyConnections.beforeJoin();
      const newcomer = rig.join(newcomerId, door.earlyConnections);
      await newcomer.transport.publish('camera', rig.camera());
      await newcomer.transport.publish('microphone', await rig.tone());
      rig.enter(newcomer, door);
      await bothWays(newcomer, owner);
      expect(pc?.connectionState).to.equal('connected');
      expect(rig.pipe.log.filter(({ signal }) => signal.description)).to.deep.equal([]);
      await newcomer.transport.publish('screen', rig.camera());
      await until('a screen over it', () => owner.streams.get(`${newcomer.id}/screen`));
    });
  }

  it('waits at the door for as long as it takes', async () => {
    const owner = await inside('a');
    await owner.transport.publish('camera', rig.camera());
    const door = rig.atTheDoor('b');
    await seen(door);
    await new Promise((resolve) => setTimeout(resolve, 6_000)); // longer than a browser waits for candidates of an answered offer
    await door.earlyConnections.beforeJoin();
    const newcomer = rig.join('b', door.earlyConnections);
    await newcomer.transport.publish('camera', rig.camera());
    rig.enter(newcomer, door);
    await bothWays(newcomer, owner);
  });

  it('reaches everybody inside at once', async () => {
    const owners = [await inside('a'), await inside('c'), await inside('d')];
    await rig.allConnected();
    await until('an offer of each', () => owners.every(({ id }) => rig.prepared.has(id)));
    const before = rig.pipe.log.length;
    const door = rig.atTheDoor('b');
    const made = await seen(door, 3);
    door.earlyConnections.approach();
    await Promise.all(made.map(connected));
    await door.earlyConnections.beforeJoin();
    const newcomer = rig.join('b', door.earlyConnections);
    rig.enter(newcomer, door);
    await rig.allConnected();
    expect(rig.pipe.log.slice(before).filter(({ signal }) => signal.description)).to.deep.equal([]);
    noTrouble();
  });

  it('that the server did not pass on is given up, and the two meet as ever', async () => {
    const owner = await inside('a');
    await owner.transport.publish('camera', rig.camera());
    const door = rig.atTheDoor('b');
    const [pc] = await seen(door);
    rig.prepared.clear(); // somebody else took it
    await door.earlyConnections.beforeJoin();
    expect(door.answered.size).to.equal(0);
    const newcomer = rig.join('b', door.earlyConnections);
    await newcomer.transport.publish('camera', rig.camera());
    rig.enter(newcomer, door);
    expect(pc?.signalingState).to.equal('closed');
    await bothWays(newcomer, owner);
  });

  it('whose owner changed networks meanwhile is made anew by them', async () => {
    const owner = await inside('a');
    await owner.transport.publish('camera', rig.camera());
    const door = rig.atTheDoor('b');
    const [pc] = await seen(door);
    door.earlyConnections.approach();
    await connected(pc);
    owner.transport.networkChanged();
    await door.earlyConnections.beforeJoin();
    const newcomer = rig.join('b', door.earlyConnections);
    await newcomer.transport.publish('camera', rig.camera());
    rig.enter(newcomer, door);
    await bothWays(newcomer, owner);
  });

  it('is given up by both sides when nobody joins, and made again for the next look', async () => {
    await rig.close();
    start({ earlyConnectionMs: 300, pendingPeerMs: 600, earlyAnswerMs: 1 });
    const owner = await inside('a');
    const { connectionId: link } = rig.prepared.get(owner.id)!;
    const door = rig.atTheDoor('b');
    const [pc] = await seen(door);
    door.earlyConnections.approach();
    await connected(pc);
    await until('our end', () => pc?.signalingState === 'closed');
    const next = await until('another look', () => rig.connections.find((one) => one.signalingState === 'have-remote-offer'));
    await until('their end: only their spare and what we see of it are left', () => open() === 2);
    expect(rig.prepared.get(owner.id)?.connectionId).not.to.equal(link);
    await door.earlyConnections.beforeJoin();
    const newcomer = rig.join('b', door.earlyConnections);
    rig.enter(newcomer, door);
    await rig.allConnected();
    expect(next.connectionState).to.equal('connected');
  });

  it('takes the newer offer of the same owner in the place of the older', async () => {
    const owner = await inside('a');
    const door = rig.atTheDoor('b');
    const [before] = await seen(door);
    const { connectionId: link } = rig.prepared.get(owner.id)!;
    owner.server.onResumed();
    const prepared = await until('another', () => [...rig.prepared.values()].find((offer) => offer.connectionId !== link));
    const signal = {
      connectionId: prepared.connectionId,
      round: 1,
      description: { type: 'offer' as const, sdp: prepared.sdp },
      mids: prepared.mids,
    };
    door.offers({ offers: [{ from: owner.id, signal }], ice: { iceServers: [] } });
    await until('the newer', () => rig.connections.some((pc) => pc !== before && pc.signalingState === 'have-remote-offer'));
    expect(before?.signalingState).to.equal('closed');
    await door.earlyConnections.beforeJoin();
    expect([...door.answered]).to.deep.equal([[owner.id, prepared.connectionId]]);
  });

  it('drops what is not offered any more', async () => {
    const owner = await inside('a');
    const door = rig.atTheDoor('b');
    const [pc] = await seen(door);
    rig.parking = false;
    owner.roomChanged();
    await until('nothing parked', () => !rig.prepared.has(owner.id));
    door.earlyConnections.probe();
    await until('closed', () => pc?.signalingState === 'closed');
  });

  it('leaves nothing open when the visitor goes away', async () => {
    await inside('a');
    const door = rig.atTheDoor('b');
    await seen(door);
    door.earlyConnections.close();
    expect(open()).to.equal(1);
  });

  it('makes nothing where it is switched off', async () => {
    await rig.close();
    start({ earlyConnectionMs: 0 });
    await inside('a');
    const door = rig.atTheDoor('b');
    door.earlyConnections.probe();
    await door.earlyConnections.beforeJoin();
    expect(rig.connections).to.have.length(1);
  });
});
