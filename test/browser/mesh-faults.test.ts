import { expect } from '@open-wc/testing';
import type { Signal } from '../../server/protocol/schemas.js';
import { MeshRig } from '../support/mesh-rig.js';
import { until } from '../support/until.js';

/** Rows 6, 9 and 28 of the faults: what a signaling connection may do to a negotiation. */
describe('a mesh over a bad line', () => {
  let rig: MeshRig;
  beforeEach(() => (rig = new MeshRig()));
  afterEach(() => rig.close());

  const noTrouble = (): void => {
    for (const { facts } of rig.members) expect(facts.filter((fact) => fact.type === 'link-failed')).to.deep.equal([]);
  };
  const settled = (): Promise<boolean> =>
    until('everything settled', () =>
      rig.connections.every((pc) => pc.signalingState === 'stable' && pc.connectionState === 'connected'),
    );

  it('row 6: drops what belongs to an older generation, in whatever order it comes', async () => {
    const a = rig.join('a');
    const b = rig.join('b');
    await a.transport.publish('camera', rig.camera());
    rig.introduce();
    await rig.allConnected();
    // Old candidates and old descriptions arrive again among the new ones, late and out of order.
    const old = rig.pipe.log.map((entry) => ({ ...entry }));
    let turn = 0;
    rig.pipe.faults = { delay: () => ((turn += 1) % 4) * 60 };
    for (let round = 0; round < 5; round += 1) {
      a.transport.networkChanged();
      for (const { from, to, signal } of old) await rig.pipe.send(from, to, signal);
      b.transport.networkChanged();
      await settled();
    }
    const before = await rig.framesDecoded();
    await until('frames to go on', async () => (await rig.framesDecoded()) > before + 5);
    noTrouble();
  });

  it('row 6: takes no notice of an offer that was rolled back and comes after the answer', async () => {
    const a = rig.join('a');
    const b = rig.join('b');
    await a.transport.publish('camera', rig.camera());
    rig.introduce();
    await rig.allConnected();
    const send = rig.pipe.send.bind(rig.pipe);
    const late: (() => Promise<void>)[] = [];
    rig.pipe.send = (from: string, to: string, signal: Signal) => {
      if (from !== b.id || signal.description?.type !== 'offer') return send(from, to, signal);
      late.push(() => send(from, to, signal));
      return Promise.resolve();
    };
    const heard = rig.pipe.log.length;
    a.transport.networkChanged();
    b.transport.networkChanged();
    await until('the offer that loses', () => late.length > 0);
    await until('the answer to the one that wins', () =>
      rig.pipe.log.slice(heard).some(({ from, signal }) => from === b.id && signal.description?.type === 'answer'),
    );
    await settled();
    rig.pipe.send = send;
    for (const offer of late) await offer();
    const before = await rig.framesDecoded();
    await until('frames to go on', async () => (await rig.framesDecoded()) > before + 5);
    const fragment = (description: RTCSessionDescription | null): string | undefined =>
      /^a=ice-ufrag:(\S+)/m.exec(description?.sdp ?? '')?.[1];
    await until('both to mean the same generation', () => {
      const [one, other] = rig.connections;
      return one && other && fragment(one.remoteDescription) === fragment(other.localDescription);
    });
    await settled();
    noTrouble();
  });

  it('row 9: takes no notice of an answer that comes after its offer was rolled back', async () => {
    const a = rig.join('a');
    const b = rig.join('b');
    rig.introduce();
    await rig.allConnected();
    const send = rig.pipe.send.bind(rig.pipe);
    const late: (() => Promise<void>)[] = [];
    rig.pipe.send = (from: string, to: string, signal: Signal) => {
      if (signal.description?.type === 'answer') late.push(() => send(from, to, signal));
      return send(from, to, signal);
    };
    rig.pipe.hold();
    await Promise.all([a.transport.publish('screen', rig.camera()), b.transport.publish('screen', rig.camera())]);
    await until('both offers', () => rig.connections.every((pc) => pc.signalingState === 'have-local-offer'));
    rig.pipe.release();
    await until('both screens', () => a.streams.has(`${b.id}/screen`) && b.streams.has(`${a.id}/screen`));
    await settled();
    for (const again of late) await again();
    await settled();
    expect(late.length).to.be.greaterThan(0);
    noTrouble();
  });

  it('row 28: keeps every track on its own tile over 200 screens, in three transceivers', async () => {
    const a = rig.join('a');
    const b = rig.join('b');
    await a.transport.publish('camera', rig.camera());
    rig.introduce();
    await rig.allConnected();
    const camera = await until('the camera', () => b.streams.get(`${a.id}/camera`));
    const picture = rig.camera();
    for (let i = 0; i < 200; i += 1) {
      await a.transport.publish('screen', picture);
      await a.transport.publish('screen', null);
    }
    await a.transport.publish('screen', picture);
    const screen = await until('the screen', () => b.streams.get(`${a.id}/screen`));
    await settled();
    expect(rig.connections[0]?.getTransceivers()).to.have.length(3);
    expect(b.streams.get(`${a.id}/camera`)).to.equal(camera);
    expect(screen.getTracks()).to.not.deep.equal(camera.getTracks());
    noTrouble();
  });
});

/** Changes the description of the first connection of each side on its way; what is made after them is let be. */
describe('a mesh whose first handshake fails', () => {
  const SETUP = /a=setup:\w+/g;
  const WAYS = {
    'is begun by nobody': (sdp: string) => sdp.replaceAll(SETUP, 'a=setup:active'),
    'is begun by both': (sdp: string, type: string) => (type === 'answer' ? sdp.replaceAll(SETUP, 'a=setup:passive') : sdp),
    'is with somebody else than the offer says': (sdp: string, type: string) => (type === 'offer' ? otherPrint(sdp) : sdp),
    'is with somebody else than the answer says': (sdp: string, type: string) => (type === 'answer' ? otherPrint(sdp) : sdp),
  };
  const otherPrint = (sdp: string): string =>
    sdp.replaceAll(/(a=fingerprint:\S+ )(..)/g, (_, start: string, byte: string) => start + (byte === '00' ? '01' : '00'));

  for (const [way, change] of Object.entries(WAYS)) {
    it(`makes the link anew, without a restart, when it ${way}`, async () => {
      const rig = new MeshRig({ secureMs: 1_000 });
      rig.join('a');
      const b = rig.join('b');
      const send = rig.pipe.send.bind(rig.pipe);
      const first = new Map<string, string>();
      rig.pipe.send = (from, to, signal) => {
        const { description } = signal;
        if (description && !first.has(from)) first.set(from, signal.connectionId);
        const changed = description && first.get(from) === signal.connectionId;
        return send(
          from,
          to,
          changed ? { ...signal, description: { ...description, sdp: change(description.sdp, description.type) } } : signal,
        );
      };
      try {
        await b.transport.publish('camera', rig.camera());
        rig.introduce();
        await until('the handshake to be given up', () => rig.connections.length > 2);
        await rig.allConnected();
        const before = await rig.framesDecoded();
        await until('a picture', async () => (await rig.framesDecoded()) > before + 5);
        const restarts = rig.pipe.log.filter(({ signal }) => signal.description?.type === 'offer' && signal.round !== 1);
        expect(restarts).to.deep.equal([]);
      } finally {
        await rig.close();
      }
    });
  }
});
