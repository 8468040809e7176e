/** Only a camera that looks at us is a mirror, whatever is done to its picture. */
import { expect } from '@open-wc/testing';
import { background } from '../../components/effects/processors.js';
import { looksAtUs } from '../../components/shared/mirror.js';

describe('the own view of a camera with another background', () => {
  for (const [facingMode, mirrored] of [
    ['environment', false],
    ['user', true],
    [undefined, true],
  ] as const) {
    it(`is ${mirrored ? '' : 'not '}mirrored when the camera says: ${facingMode ?? 'nothing'}`, async () => {
      const [camera] = (await navigator.mediaDevices.getUserMedia({ video: { width: 320, height: 180 } })).getVideoTracks();
      const settings = camera!.getSettings.bind(camera);
      camera!.getSettings = () => {
        const { facingMode: _own, ...others } = settings();
        return facingMode ? { ...others, facingMode } : others;
      };
      const processed = await (await background('blur'))(camera!, () => undefined);
      expect(looksAtUs(new MediaStream([processed.track]))).to.equal(mirrored);
      processed.close();
      camera!.stop();
    });
  }
});
