import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MeshPort } from '../../components/signaling/mesh-port.js';
import type { Signal } from '../../server/protocol/schemas.js';

const signal = (name: string, epoch?: number): Signal => ({
  connectionId: name.padEnd(22, '0'),
  ...(epoch !== undefined && { epoch }),
});

function port() {
  const nothing = async (): Promise<never> => Promise.reject(new Error('not asked'));
  const mesh = new MeshPort({ send: nothing, prepareOffer: nothing, ice: nothing, earlyOffers: nothing, earlyAnswers: nothing });
  const listen = (epoch: number, abort = new AbortController()) => {
    const heard: string[] = [];
    mesh.listen(
      epoch,
      {
        onSignal: (from, { connectionId }) => heard.push(`${from} ${connectionId.replace(/0+$/, '')}`),
        onOfferTaken: (connectionId, by) => heard.push(`taken ${connectionId} ${by}`),
        onResumed: () => heard.push('resumed'),
      },
      abort.signal,
    );
    return { heard, close: () => abort.abort() };
  };
  return { mesh, listen };
}

describe('what the meshes say to each other', () => {
  it('is kept in order until ours is there, and comes to the mesh of the same switch', () => {
    const { mesh, listen } = port();
    mesh.signal('ben', signal('one'));
    mesh.signal('cleo', signal('ahead', 1));
    mesh.signal('ben', signal('two'));
    const first = listen(0);
    assert.deepEqual(first.heard, ['ben one', 'ben two']);
    mesh.signal('ben', signal('more', 1));
    const next = listen(1);
    assert.deepEqual(next.heard, ['cleo ahead', 'ben more']);
    mesh.signal('ben', signal('three'));
    mesh.signal('ben', signal('four', 1));
    assert.deepEqual(first.heard.slice(2), ['ben three']);
    assert.deepEqual(next.heard.slice(2), ['ben four']);
  });

  it('is dropped when it belongs to a mesh that is closed, and kept for one that is still to come', () => {
    const { mesh, listen } = port();
    listen(0).close();
    listen(1);
    mesh.signal('ben', signal('late'));
    assert.deepEqual(listen(0).heard, []);
    mesh.signal('ben', signal('given up', 2));
    listen(2).close();
    mesh.signal('ben', signal('late again', 2));
    assert.deepEqual(listen(2).heard, []);
  });

  it('begins anew with a seat of a new name', () => {
    const { mesh, listen } = port();
    listen(0).close();
    listen(3).close();
    mesh.signal('ben', signal('of before', 4));
    mesh.entered();
    mesh.signal('ben', signal('hello'));
    assert.deepEqual(listen(0).heard, ['ben hello']);
    assert.deepEqual(listen(4).heard, []);
  });

  it('is told of the line and of prepared offers to every mesh there is', () => {
    const { mesh, listen } = port();
    const [first, next] = [listen(0), listen(1)];
    mesh.resumed();
    mesh.offerTaken('link-1', 'ben');
    for (const { heard } of [first, next]) assert.deepEqual(heard, ['resumed', 'taken link-1 ben']);
  });
});
