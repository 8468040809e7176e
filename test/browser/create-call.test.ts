import { expect } from '@open-wc/testing';
import { createCall } from '../../components/create-call.js';

describe('a call without elements', () => {
  it('costs nothing until it is used: no camera, no line', async () => {
    const call = createCall({ room: 'standup' });
    expect(call.state.get()).to.include({ meeting: 'new', connection: 'disconnected', room: 'standup' });
    call.close();
  });

  it('says so when the browser has no WebRTC, instead of trying', async () => {
    const real = globalThis.RTCPeerConnection;
    Object.assign(globalThis, { RTCPeerConnection: undefined });
    try {
      const call = createCall({ room: 'standup', audio: false, video: false });
      const code = await call.join().then(
        () => 'joined',
        (error: { code: string }) => error.code,
      );
      expect([code, call.state.get().meeting]).to.deep.equal(['UNSUPPORTED_BROWSER', 'error']);
      call.close();
    } finally {
      globalThis.RTCPeerConnection = real;
    }
  });

  it('says after some tries that the server is not there, and lets the devices go', async () => {
    const call = createCall(
      { room: 'standup', serverUrl: 'http://127.0.0.1:9', video: false },
      { timings: { signaling: { joinMs: 500 } } },
    );
    const code = await call.join().then(
      () => 'joined',
      (error: { code: string }) => error.code,
    );
    expect([code, call.state.get().meeting, call.state.get().local.microphone.status]).to.deep.equal([
      'SIGNAL_UNREACHABLE',
      'error',
      'off',
    ]);
    call.close();
  });

  it('does not join after it was closed', async () => {
    const call = createCall({ room: 'standup' });
    call.close();
    expect(await call.join().catch((error: { code: string }) => error.code)).to.equal('ABORTED');
  });
});
