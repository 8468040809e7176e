/** The headless telephone on its real line to a real server: ring, answer, talk, come back. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { SILENT_LOGGER } from '../../components/core/logger.js';
import { PhoneSession } from '../../components/core/phone/phone-session.js';
import { DEFAULT_PHONE_TIMINGS } from '../../components/core/phone/timings.js';
import { DEFAULT_TIMINGS } from '../../components/core/timings.js';
import { SocketPhone } from '../../components/signaling/socket-phone.js';
import { FakePhoneMemory } from '../../components/testing/index.js';
import { freshSecret } from '../support/phones.js';
import { startServer } from '../support/server.js';
import { until } from '../support/until.js';

async function telephone(serverUrl: string, receives = true): Promise<PhoneSession> {
  const memory = new FakePhoneMemory();
  const secret = freshSecret();
  memory.secret = () => secret;
  const none = { token: null, address: null, displayName: '', presence: 'shown', strategy: null } as const;
  const phone = new PhoneSession(
    { serverUrl, ringTimeoutMs: 20_000, receives, ...none },
    {
      createSignaling: (url) => new SocketPhone(url, { ...DEFAULT_TIMINGS.signaling, retryJitterMs: 50 }),
      memory,
      watchPage: () => undefined,
      timings: DEFAULT_PHONE_TIMINGS,
      logger: SILENT_LOGGER,
    },
  );
  phone.start();
  await until('the line', () => phone.state.get().connection === 'connected');
  return phone;
}

test('two telephones ring, answer and decline, over a restart of the server too', async () => {
  const sessionKey = randomBytes(32);
  let server = await startServer({}, { sessionKey });
  const [ada, ben] = [await telephone(server.url), await telephone(server.url)];
  try {
    const benAt = ben.state.get().address ?? '';
    const first = ada.call(benAt);
    await until('the ring', () => ben.state.get().phase === 'ringing');
    await ben.accept();
    assert.equal(await first, 'answered');
    assert.equal(ada.state.get().call?.room, ben.state.get().call?.room);
    for (const phone of [ada, ben]) phone.hangUp();

    await until('Ben to be free', async () => (await ada.presence([benAt]))[0] === 'available');
    const second = ada.call(benAt);
    await until('the second ring', () => ben.state.get().phase === 'ringing');
    await server.close();
    server = await startServer({ port: server.port }, { sessionKey });
    // At once, before the line is back: the answer waits for it.
    assert.deepEqual([ada.state.get().phase, ben.state.get().phase], ['calling', 'ringing']);
    await ben.accept();
    assert.equal(await second, 'answered');
    for (const phone of [ada, ben]) phone.hangUp();

    const visitor = await telephone(server.url, false);
    await until('Ben to be free again', async () => (await visitor.presence([benAt]))[0] === 'available');
    const third = visitor.call(benAt);
    await until('the third ring', () => ben.state.get().phase === 'ringing');
    ben.decline();
    assert.equal(await third, 'declined');
    visitor.close();
  } finally {
    for (const phone of [ada, ben]) phone.close();
    await server.close();
  }
});
