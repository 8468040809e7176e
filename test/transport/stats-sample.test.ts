import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sampleFrom, selectedPair, type StatsReport } from '../../components/transport/mesh/stats-sample.js';

describe('a report of a browser', () => {
  const reports = (...list: readonly StatsReport[]): ReadonlyMap<string, StatsReport> =>
    new Map(list.map((report) => [report.id, report]));
  const pair = (id: string, change: Partial<StatsReport> = {}): StatsReport => ({
    id,
    type: 'candidate-pair',
    nominated: true,
    localCandidateId: `${id}-near`,
    remoteCandidateId: `${id}-far`,
    currentRoundTripTime: 0.5,
    ...change,
  });
  const end = (id: string, change: Partial<StatsReport> = {}): StatsReport => ({
    id,
    type: 'local-candidate',
    candidateType: 'host',
    protocol: 'udp',
    ...change,
  });
  const camera = (): 'camera' => 'camera';

  it('is read for the pair in use, not for one that once worked', () => {
    const old = pair('old', { availableOutgoingBitrate: 1 });
    const used = pair('used', { currentRoundTripTime: 0.024, availableOutgoingBitrate: 900_000 });
    const chromium = reports({ id: 't', type: 'transport', selectedCandidatePairId: 'used' }, old, used, pair('later'));
    assert.equal(selectedPair(chromium)?.id, 'used');
    assert.equal(sampleFrom(chromium, camera).roundTripTime, 24);
    assert.equal(sampleFrom(chromium, camera).availableOutgoingBitrate, 900_000);
    const firefox = reports(pair('old', { selected: false }), pair('used', { selected: true }));
    assert.equal(selectedPair(firefox)?.id, 'used');
    assert.equal(selectedPair(reports(old)), undefined);
  });

  it('tells a relay by either end, and how we reach ours', () => {
    const over = (near: Partial<StatsReport>, far: Partial<StatsReport> = {}) => {
      const { path, protocol } = sampleFrom(
        reports(pair('p', { selected: true }), end('p-near', near), end('p-far', far)),
        camera,
      );
      return `${path} ${protocol}`;
    };
    assert.equal(over({}), 'direct udp');
    assert.equal(over({ protocol: 'tcp' }), 'direct tcp');
    assert.equal(over({ candidateType: 'relay', protocol: 'udp', relayProtocol: 'tls' }), 'relay tls');
    assert.equal(over({}, { candidateType: 'relay' }), 'relay udp');
  });

  it('keeps the pictures of camera and screen apart, and knows no picture without frames', () => {
    const video = (id: string, mid: string, change: Partial<StatsReport> = {}): StatsReport => ({
      id,
      type: 'outbound-rtp',
      kind: 'video',
      mid,
      frameWidth: 640,
      frameHeight: 360,
      framesPerSecond: 29.6,
      qualityLimitationReason: 'cpu',
      ...change,
    });
    const at = (mid: string | undefined) => (mid === '2' ? ('screen' as const) : ('camera' as const));
    const { sent, received } = sampleFrom(reports(video('a', '1'), video('b', '2', { frameWidth: 1920 })), at);
    assert.deepEqual(sent.camera, { width: 640, height: 360, frameRate: 30, limitation: 'cpu' });
    assert.equal(sent.screen?.width, 1920);
    assert.deepEqual(received, { camera: null, screen: null });
    assert.equal(sampleFrom(reports(video('a', '1', { framesPerSecond: 0 })), at).sent.camera, null);
  });
});
