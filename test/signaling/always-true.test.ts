/** What others are told of somebody's microphone, camera, screen and name is true in the end, however often it changed. */
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { closeCalls } from '../support/fake-session.js';
import { nodeCall } from '../support/node-call.js';
import { ok, startServer, type RunningServer } from '../support/server.js';
import { TOKEN_MODE, tokenFor } from '../support/tokens.js';
import { until } from '../support/until.js';

let server: RunningServer | undefined;
afterEach(async () => {
  closeCalls();
  await server?.close();
});

for (const authMode of ['token', 'open'] as const) {
  describe(`after a hundred quick changes, in ${authMode} mode`, () => {
    it('the others see the last one, and nobody was sent away for it', async () => {
      server = await startServer({ ...TOKEN_MODE, authMode });
      const token = async () => (authMode === 'token' ? { token: await tokenFor('standup') } : {});
      const witness = await server.join('standup', await token());
      const ana = nodeCall(server.url, { ...(await token()), displayName: 'Ana' });
      await ana.call.join();
      for (let i = 1; i <= 100; i += 1) {
        const on = i % 2 === 0;
        await Promise.all([ana.call.setMicrophone(on), ana.call.setCamera(!on), ana.call.setScreenshare(on)]);
        ana.call.configure({ displayName: `Ana ${i}` });
        await new Promise(setImmediate);
      }
      await until('the last state to arrive', async () => {
        const [seen] = ok(await witness.client.ask('sync', {})).participants;
        return seen?.displayName === 'Ana 100' && seen.media.microphone && !seen.media.camera && seen.media.screen;
      });
      assert.equal(ana.meeting(), 'joined');
    });
  });
}
