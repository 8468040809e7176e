/** A server that is killed again and again: everybody stays, nobody is there twice, nobody is dropped later. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { afterEach, describe, it } from 'node:test';
import { MemoryStateStore } from '../../server/state-store.js';
import { closeCalls } from '../support/fake-session.js';
import { freePort } from '../support/free-port.js';
import { nodeCall, type NodeCall } from '../support/node-call.js';
import { startServer, type RunningServer } from '../support/server.js';
import { TOKEN_MODE, tokenFor } from '../support/tokens.js';
import { until } from '../support/until.js';

const GRACE_MS = 2_000;

for (const authMode of ['token', 'open'] as const) {
  describe(`a server that is killed three times within seconds, in ${authMode} mode`, () => {
    let server: RunningServer | undefined;
    afterEach(async () => {
      closeCalls();
      await server?.close();
    });

    it('loses none of five people, not even after the grace', async () => {
      const kept = { sessionKey: randomBytes(32), state: new MemoryStateStore() };
      const port = await freePort();
      const run = () => startServer({ ...TOKEN_MODE, authMode, port }, { ...kept, timings: { graceMs: GRACE_MS } });
      server = await run();
      const url = `http://127.0.0.1:${port}`;
      const people: NodeCall[] = [];
      for (let i = 0; i < 5; i += 1) {
        const person = nodeCall(url, { token: authMode === 'token' ? await tokenFor('standup') : null });
        await person.call.join();
        await person.signalings[0]?.mesh.ice();
        people.push(person);
      }
      const everybody = people.map((person) => person.id());
      const complete = () => people.every(({ others }) => others().length === 4);
      await until('all to see all', complete);
      for (let kill = 0; kill < 3; kill += 1) {
        await server.close();
        server = await run();
        // Not everybody is back when it is killed again.
        await until('somebody to be back', () => people.some(({ call }) => call.state.get().connection === 'connected'));
      }
      await until('all to be back', () => people.every(({ call }) => call.state.get().connection === 'connected'));
      const since = performance.now();
      await until('the end of the grace', () => performance.now() - since > GRACE_MS + 500);
      assert.deepEqual(
        people.map((person) => person.id()),
        everybody,
        'the same seats',
      );
      for (const { others, transports, types, id } of people) {
        assert.deepEqual([...others(), id()].sort(), [...everybody].sort());
        assert.equal(transports.length, 1, 'the connections are the same');
        assert.equal(types().filter((type) => type === 'participant-left').length, 0, 'nobody was dropped meanwhile');
      }
    });
  });
}
