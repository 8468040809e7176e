import { expect } from '@open-wc/testing';
import type { ConnectionStats, ParticipantNetworkStats } from '../../components/core/network.js';
import { MeshRig, type Member } from '../support/mesh-rig.js';
import { until } from '../support/until.js';

const INTERVAL = 400;

describe('how media travels over real links', () => {
  let rig: MeshRig;
  beforeEach(() => (rig = new MeshRig({ silenceMs: INTERVAL })));
  afterEach(() => rig.close());

  /** How often each connection was read. */
  function counted(): Map<RTCPeerConnection, number> {
    const reads = new Map<RTCPeerConnection, number>();
    for (const pc of rig.connections) {
      const read = pc.getStats.bind(pc);
      pc.getStats = (...args: Parameters<typeof read>) => {
        reads.set(pc, (reads.get(pc) ?? 0) + 1);
        return read(...args);
      };
    }
    return reads;
  }
  const linkOf = async ({
    transport,
  }: Member): Promise<(ConnectionStats & Pick<ParticipantNetworkStats, 'received'>) | undefined> => {
    const { connections, participants } = await transport.networkStats();
    const [[connection], [participant]] = [connections, participants];
    expect(participant?.participantId).to.equal(connection?.participantId);
    return connection && participant && { ...connection, received: participant.received };
  };

  it('is told in numbers: the way, the times, the rates, the pictures', async () => {
    const a = rig.join('a');
    const b = rig.join('b');
    await a.transport.publish('camera', rig.camera());
    await b.transport.publish('microphone', await rig.tone());
    rig.introduce();
    await rig.allConnected();
    const sent = await until('a picture on its way', async () => {
      const link = await linkOf(a);
      return link?.sent.camera && link.roundTripTime !== null && link.recvBitsPerSecond > 0 ? link : null;
    });
    expect(sent.participantId).to.equal(b.id);
    expect(sent.path).to.equal('direct');
    expect(sent.protocol).to.equal('udp');
    expect(sent.roundTripTime).to.be.within(0, 1_000);
    expect(sent.sendBitsPerSecond).to.be.greaterThan(1_000);
    expect(sent.sent.camera?.width).to.equal(320);
    expect(sent.sent.screen).to.equal(null);
    expect(sent.received.camera).to.equal(null);
    const received = await until('the picture at the other side', async () => {
      const link = await linkOf(b);
      return link?.received.camera ? link : null;
    });
    expect(received.received.camera?.height).to.equal(180);
    expect(received.received.camera?.frameRate).to.be.within(1, 60);
    const { total } = await b.transport.networkStats();
    expect(total.recvBitsPerSecond).to.equal(received.recvBitsPerSecond);
  });

  it('tells a screen from a camera', async () => {
    const a = rig.join('a');
    const b = rig.join('b');
    await a.transport.publish('screen', rig.camera());
    rig.introduce();
    await rig.allConnected();
    await until('the screen', async () => (await linkOf(a))?.sent.screen);
    const link = await until('the screen at the other side', async () => {
      const found = await linkOf(b);
      return found?.received.screen ? found : null;
    });
    expect(link.received.camera).to.equal(null);
  });

  it('becomes a quality, told as a fact', async () => {
    const a = rig.join('a');
    const b = rig.join('b');
    await a.transport.publish('camera', rig.camera());
    rig.introduce();
    await rig.allConnected();
    const fact = await until('the word', () =>
      a.facts.find((each) => each.type === 'network-quality-changed' && each.participantId === b.id),
    );
    expect(fact).to.have.property('quality').that.is.oneOf(['excellent', 'good', 'poor']);
    await until('the word on our own line', () =>
      a.facts.find((each) => each.type === 'network-quality-changed' && each.participantId === a.id),
    );
  });

  it('costs one look for each link and interval, however often one asks', async () => {
    const a = rig.join('a');
    rig.join('b');
    rig.join('c');
    await a.transport.publish('camera', rig.camera());
    rig.introduce();
    await rig.allConnected();
    await a.transport.networkStats();
    const reads = counted();
    const start = performance.now();
    await until('looks', async () => {
      await a.transport.networkStats();
      return [...reads.values()].some((count) => count >= 4);
    });
    const intervals = (performance.now() - start) / INTERVAL;
    for (const count of reads.values()) expect(count).to.be.at.most(Math.ceil(intervals) + 1);
  });

  it('costs nothing while nothing is sent, nobody is shown and nobody asks', async () => {
    rig.join('a');
    const b = rig.join('b');
    rig.introduce();
    await rig.allConnected();
    const reads = counted();
    // A clock of the same pace tells when looks would have been made.
    let ticks = 0;
    const clock = setInterval(() => (ticks += 1), INTERVAL);
    await until('three intervals', () => ticks >= 3);
    clearInterval(clock);
    expect([...reads.values()]).to.deep.equal([]);
    await b.transport.networkStats();
    await until('a look after somebody asked', () => reads.size > 0);
  });
});
