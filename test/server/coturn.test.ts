/** The relay's configuration, as coturn itself understands it: who may use it, and what it can be used to reach. */
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { askOwnAddress, relayMessage, TurnAllocation, TurnRefusal } from '../../server/doctor/turn-client.js';
import { coturnConfig, DENIED_PEERS, relayAddresses } from '../../server/ice/coturn-config.js';
import { turnCredentials } from '../../server/ice/ice-servers.js';
import { missingReach } from '../../server/ice/reach.js';
import { coturnCommand } from '../../server/start/coturn-command.js';
import { startRelay, type RunningRelay } from '../support/coturn.js';

const TTL_MS = 600_000;
const PREVIOUS = 'the-secret-of-yesterday-which-is-still-good-for-an-hour';

async function codeOf(attempt: Promise<unknown>): Promise<number> {
  try {
    await attempt;
    return 0;
  } catch (error) {
    if (error instanceof TurnRefusal) return error.code;
    throw error;
  }
}

describe('a relay with our configuration', () => {
  let relay: RunningRelay;
  before(async () => {
    relay = await startRelay({ previousSecret: PREVIOUS });
  });
  after(() => relay.stop());

  const server = (transport: 'udp' | 'tcp' | 'tls' = 'udp') =>
    ({ host: '127.0.0.1', port: transport === 'tls' ? relay.tlsPort : relay.port, transport, insecure: true }) as const;
  const fresh = (secret = relay.secret) => turnCredentials(secret, TTL_MS, Date.now());
  const use = async (
    credentials: { readonly username: string; readonly credential: string },
    transport?: 'udp' | 'tcp' | 'tls',
  ) => {
    const allocation = await TurnAllocation.open(server(transport), credentials);
    await allocation.close();
  };

  it('understands every line of it', () => assert.doesNotMatch(relay.output(), /Bad configuration|unrecognized|unknown option/i));

  it('tells who asks under which address it is seen', async () => {
    assert.equal((await askOwnAddress(server())).address, '127.0.0.1');
  });

  for (const transport of ['udp', 'tcp', 'tls'] as const) {
    it(`takes the credentials of this server over ${transport}`, () => use(fresh(), transport));
  }

  it('takes those made from the former secret as long as it knows it', () => use(fresh(PREVIOUS)));

  const refused: readonly (readonly [string, () => { username: string; credential: string }])[] = [
    ['of another secret', () => fresh('another-secret')],
    ['that expired', () => turnCredentials(relay.secret, TTL_MS, Date.now() - 2 * TTL_MS)],
    [
      'whose expiry was moved',
      () => {
        const { username, credential } = turnCredentials(relay.secret, TTL_MS, Date.now() - 2 * TTL_MS);
        return { username: `${Math.floor(Date.now() / 1_000) + 600}:${username.split(':')[1]}`, credential };
      },
    ],
    ['that are empty', () => ({ username: '', credential: '' })],
    [
      'without an expiry',
      () => ({
        username: 'anybody',
        credential: createHmac('sha1', 'another-secret').update('anybody').digest('base64'),
      }),
    ],
  ];
  for (const [what, credentials] of refused) {
    it(`refuses credentials ${what}`, async () => assert.equal(await codeOf(use(credentials())), 401));
  }

  const peers: readonly (readonly [string, boolean])[] = [
    ['8.8.8.8', true],
    ['203.0.113.9', true],
    ['0.0.0.0', false],
    ['10.0.0.1', false],
    ['10.255.255.254', false],
    ['100.64.0.1', false],
    ['127.0.0.1', false],
    ['169.254.169.254', false],
    ['172.16.0.1', false],
    ['172.31.255.254', false],
    ['192.0.0.1', false],
    ['192.168.1.1', false],
    ['198.18.0.1', false],
    ['224.0.0.1', false],
    ['240.0.0.1', false],
    ['255.255.255.255', false],
    ['2001:4860:4860::8888', true],
    ['::1', false],
    ['::ffff:10.0.0.1', false],
    ['::ffff:127.0.0.1', false],
    ['::ffff:169.254.169.254', false],
    ['64:ff9b::a00:1', false],
    ['2001::1', false],
    ['2002:a00:1::1', false],
    ['fc00::1', false],
    ['fd00:ec2::254', false],
    ['fdff:ffff::1', false],
    ['fe80::1', false],
    ['ff02::1', false],
  ];
  for (const [address, good] of peers) {
    it(`${good ? 'lets' : 'does not let'} anybody reach ${address} through it`, async () => {
      const family = address.includes(':') ? 'ipv6' : 'ipv4';
      const allocation = await TurnAllocation.open(server(), fresh(), { family });
      try {
        assert.equal(await codeOf(allocation.permit({ address, port: 80 })), good ? 0 : 403);
      } finally {
        await allocation.close();
      }
    });
  }
});

describe('two callers at a relay', () => {
  let relay: RunningRelay;
  before(async () => {
    relay = await startRelay({ peersOnThisMachine: true });
  });
  after(() => relay.stop());

  for (const transport of ['udp', 'tcp', 'tls'] as const) {
    it(`hear each other over ${transport}`, () =>
      relayMessage(
        { host: '127.0.0.1', port: transport === 'tls' ? relay.tlsPort : relay.port, transport, insecure: true },
        turnCredentials(relay.secret, TTL_MS, Date.now()),
      ));
  }
});

describe('the configuration of a relay', () => {
  const turn = { urls: ['turn:turn.example:3479', 'turns:turn.example:443?transport=tcp'], secret: 's'.repeat(64) };

  it('is written from the settings of the server', () => {
    const text = coturnCommand([], () => turn).text;
    for (const line of [
      'realm=turn.example',
      'listening-port=3479',
      'tls-listening-port=443',
      'cert=/etc/coturn/certs/turn.example.crt',
      'use-auth-secret',
      `static-auth-secret=${turn.secret}`,
      'no-cli',
      'no-multicast-peers',
    ])
      assert.ok(text.split('\n').includes(line), line);
  });

  it('has no TLS where no address asks for it', () => {
    const text = coturnCommand([], () => ({ ...turn, urls: ['turn:turn.example'] })).text;
    assert.match(text, /^no-tls$/m);
    assert.doesNotMatch(text, /^cert=/m);
  });

  it('takes a public address, allowed peers and a range of ports', () => {
    const text = coturnCommand(
      ['--external-ip', '203.0.113.9', '--allow-peer', '10.0.0.7', '--min-port', '50000', '--max-port', '50100'],
      () => turn,
    ).text;
    for (const line of [
      /^external-ip=203\.0\.113\.9$/m,
      /^allowed-peer-ip=10\.0\.0\.7$/m,
      /^min-port=50000$/m,
      /^max-port=50100$/m,
    ])
      assert.match(text, line);
  });

  it('never denies everybody', () => {
    for (const [range] of DENIED_PEERS) assert.doesNotMatch(range, /^::(?:-|$)/);
    const hosts = coturnConfig({ host: 'h', secret: 's', port: 1 });
    assert.doesNotMatch(hosts, /denied-peer-ip=::-/);
  });

  it('says what is missing', () => {
    assert.throws(() => coturnCommand([], () => undefined), /TURN_URLS and TURN_SECRET/);
    assert.throws(() => relayAddresses(['turn:a.example', 'turn:b.example']), /different hosts/);
    assert.throws(() => coturnCommand(['--min-port', '1'], () => turn), /not a port/);
    assert.match(coturnCommand(['--help'], () => undefined).text, /Usage:/);
  });
});

describe('what will not work', () => {
  for (const [servers, relays, words] of [
    [[], [], /within one network/],
    [[{ urls: ['stun:s.example'] }], [], /strict company/],
    [[], ['turn:t.example'], /UDP only/],
    [[], ['turn:t.example', 'turns:t.example?transport=tcp'], undefined],
    [[{ urls: ['turn:t.example?transport=tcp'] }], [], undefined],
  ] as const) {
    it(`with ${JSON.stringify([...servers, ...relays])} is ${words === undefined ? 'nothing' : 'said'}`, () => {
      const [sentence] = missingReach(
        servers.map(({ urls }) => ({ urls: [...urls] })),
        relays,
      );
      if (words === undefined) assert.equal(sentence, undefined);
      else assert.match(sentence ?? '', words);
    });
  }
});
