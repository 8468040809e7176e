import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RequestedVideo, type VideoRequestTarget } from '../../components/core/media/video-requests.js';

const size = (width: number, visible = true) => ({ width, height: (width * 9) / 16, visible });

function target(): VideoRequestTarget & { readonly told: string[] } {
  const told: string[] = [];
  return {
    told,
    requestVideo: (peer, source, wanted) => void told.push(`${peer} ${source} ${wanted ? wanted.width : 'nothing'}`),
  };
}

describe('what is shown here of the others', () => {
  it('is the larger of what the page and a recording need, and nothing where neither shows it', () => {
    const [video, transport] = [new RequestedVideo(), target()];
    video.connect(transport);
    video.setPeers(new Set(['ana']));
    video.request('ana', 'camera', null, 'page');
    video.request('ana', 'camera', size(640), 'recording');
    video.request('ana', 'camera', size(960), 'page');
    video.request('ana', 'camera', size(960, false), 'page');
    video.request('ana', 'camera', null, 'recording');
    assert.deepEqual(transport.told, [
      'ana camera nothing',
      'ana camera 640',
      'ana camera 960',
      'ana camera 640',
      'ana camera nothing',
    ]);
    assert.equal(video.isWanted('ana', 'camera'), false);
    assert.equal(video.isWanted('ana', 'screen'), true, 'nobody spoke of the screen: it comes as the sender likes');
    video.connect(null);
  });

  it('is left to the sender where the page never spoke of it, also while it is recorded', () => {
    const [video, transport] = [new RequestedVideo(), target()];
    video.connect(transport);
    video.setPeers(new Set(['ana']));
    video.request('ana', 'camera', size(640), 'recording');
    assert.deepEqual(transport.told, []);
    video.connect(null);
  });

  it('is told to a transport that comes later, of everybody who is still here', () => {
    const [video, first, second, beside] = [new RequestedVideo(), target(), target(), target()];
    video.connect(first);
    video.setPeers(new Set(['ana', 'ben']));
    video.request('ana', 'camera', size(640), 'page');
    video.request('ben', 'camera', null, 'page');
    video.replay(beside);
    assert.deepEqual(beside.told, ['ana camera 640', 'ben camera nothing']);
    // The room is entered anew: the tiles do not say again what did not change.
    video.connect(second);
    assert.deepEqual(second.told, [], 'nobody is known to be here');
    video.setPeers(new Set(['ana']));
    assert.deepEqual(second.told, ['ana camera 640']);
    video.setPeers(new Set());
    video.setPeers(new Set(['ana', 'ben']));
    assert.deepEqual(
      second.told,
      ['ana camera 640', 'ana camera 640'],
      'who comes back is on the same tile; the tile of the other was gone',
    );
    video.connect(null);
  });

  it('is nothing of those who are on no page, after a moment, once the page shows others', (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const [video, transport] = [new RequestedVideo(1_000), target()];
    video.connect(transport);
    video.setPeers(new Set(['ana', 'ben']));
    t.mock.timers.tick(10_000);
    assert.deepEqual(transport.told, [], 'a page that never speaks of anybody gets what the senders like');
    video.request('ana', 'camera', size(320), 'page');
    t.mock.timers.tick(999);
    assert.deepEqual(transport.told.splice(0), ['ana camera 320']);
    t.mock.timers.tick(1);
    assert.deepEqual(transport.told.splice(0), ['ana screen nothing', 'ben camera nothing', 'ben screen nothing']);
    video.setPeers(new Set(['ana', 'ben', 'cleo']));
    video.setPeers(new Set(['ana', 'ben']));
    t.mock.timers.tick(1_000);
    assert.deepEqual(transport.told, [], 'who left meanwhile is nobody to ask');
    video.connect(null);
  });
});
