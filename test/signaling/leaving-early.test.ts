/** Joining and leaving at once, from the page's side: nobody is left behind, and the next try is not refused. */
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { closeCalls } from '../support/fake-session.js';
import { nodeCall, QUICK } from '../support/node-call.js';
import { ok, startServer, type Member, type RunningServer } from '../support/server.js';
import { TOKEN_MODE, tokenFor } from '../support/tokens.js';
import { until } from '../support/until.js';

const ROOM = 'standup';
let server: RunningServer | undefined;
afterEach(async () => {
  closeCalls();
  await server?.close();
});

/** Asked no more often than a page may. */
const inside = async ({ client }: Member) => {
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  return ok(await client.ask('sync', {})).participants.length;
};

for (const authMode of ['token', 'open'] as const) {
  const begin = async (maxParticipants = 8) => {
    server = await startServer({ ...TOKEN_MODE, authMode, maxParticipants });
    const proof = async () => ({ token: authMode === 'token' ? await tokenFor(ROOM) : null });
    const { token } = await proof();
    const witness = await server.join(ROOM, token ? { token } : {});
    return { server, witness, proof };
  };

  describe(`leaving while joining, in ${authMode} mode`, () => {
    for (const [way, timings] of [
      ['plain HTTP', QUICK],
      ['the line', { ...QUICK, httpJoinMs: 0 }],
    ] as const) {
      it(`by ${way}, thirty times at every moment, leaves no ghost and no full room`, async () => {
        const { server, witness, proof } = await begin(3);
        const { call } = nodeCall(server.url, await proof(), {}, timings);
        for (let round = 0; round < 30; round += 1) {
          const joining = call.join();
          joining.catch(() => undefined);
          const turns = round % 10;
          for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setTimeout(resolve, turn));
          await call.leave();
        }
        await until('nobody to be there', async () => (await inside(witness)) === 0);
        await call.join();
        await until('the visitor to be there', async () => (await inside(witness)) === 1);
      });
    }

    it('and joining again at once, as a page that mounts twice does, is one visitor', async () => {
      const { server, witness, proof } = await begin();
      const { call } = nodeCall(server.url, await proof());
      const first = call.join();
      first.catch(() => undefined);
      const left = call.leave();
      await call.join();
      await left;
      assert.equal(await inside(witness), 1);
      assert.equal(call.state.get().meeting, 'joined');
    });

    it('by a reload is over at once', async () => {
      const { server, witness, proof } = await begin();
      const given = await proof();
      const { call, page } = nodeCall(server.url, given);
      call.join().catch(() => undefined);
      await witness.client.next('participant-joined');
      // The answer is on its way, or has just come.
      page().hidden();
      await witness.client.next('participant-left');
      const again = nodeCall(server.url, { token: given.token });
      await again.call.join();
    });
  });
}
