/** What is done to a server, the same to each: crowds join, sit, talk, lose their lines; somebody misbehaves. */
import type { Usage } from './server.js';
import { BenchClient, type Answer } from './client.js';

export interface Load {
  readonly sockets: number;
  readonly messages: number;
  readonly idleMs: number;
  readonly abuseMs: number;
}

export interface Target {
  readonly port: number;
  readonly usage: () => Promise<Usage>;
}

/** All per operation: CPU of the server in microseconds, bytes per socket, waiting times in milliseconds. */
export interface Result {
  readonly joinCpu: number;
  readonly joinsPerSecond: number;
  readonly joinP99: number;
  /** Of the whole process: after the warm-up its growth says nothing about a socket. */
  readonly rssMiB: number;
  readonly heapPerSocket: number;
  readonly idleCpuPercent: number;
  readonly relayCpu: number;
  readonly relayP50: number;
  readonly relayP99: number;
  readonly lost: number;
  readonly abusedP99: number;
  /** `null`: still there when the scene ended. */
  readonly abuserGoneAfter: number | null;
  readonly returnCpu: number;
  readonly returnedPercent: number;
  readonly allBackAfter: number;
}

interface Member {
  readonly number: number;
  readonly room: string;
  readonly id: string;
  readonly token: string;
  client: BenchClient;
}

const ROOM_SIZE = 4;
/** A server that has run for a second is compiled as well as it will ever be; what is measured is what it costs all day. */
const WARM_UP = { sockets: 400, messages: 12_000 };
const AT_ONCE = 32;
const MEDIA = { microphone: true, camera: true, screen: false, screenAudio: false };
const ABUSE_PER_TICK = 100;
const WITNESS_EVERY_MS = 20;

export async function play(target: Target, load: Load, say: (scene: string) => void): Promise<Result> {
  say('warming up');
  const early = await crowd(target, WARM_UP.sockets, 1_000_000, []);
  await talk(early, WARM_UP.messages);
  for (const { client } of early) client.cut();
  await sleep(500);
  const empty = await target.usage();

  say('joining');
  const joinTimes: number[] = [];
  const began = performance.now();
  const members = await crowd(target, load.sockets, 0, joinTimes);
  const joinedMs = performance.now() - began;
  const joined = await target.usage();

  say('sitting');
  await sleep(load.idleMs);
  const sat = await target.usage();

  say('talking');
  const relay = await talk(members, load.messages);
  const talked = await target.usage();

  say('abusing');
  const abuse = await abused(target, members, load.abuseMs);

  say('returning');
  const beforeReturn = await target.usage();
  for (const { client } of members) client.cut();
  await sleep(200);
  const lineCut = performance.now();
  let back = 0;
  await inParallel(members.length, async (index) => {
    const member = members[index] as Member;
    member.client = await BenchClient.connect(target.port, member.number);
    const resume = { participantId: member.id, token: member.token };
    const { data } = await member.client.ask('join', {
      ...joinRequest(member.room, `back-${member.number}-aaaa`, member.number),
      resume,
    });
    if ((data?.['self'] as { id?: string } | undefined)?.id === member.id) back += 1;
  });
  const allBackAfter = performance.now() - lineCut;
  const returned = await target.usage();
  for (const { client } of members) client.cut();

  const perSocket = (after: number, before: number): number => (after - before) / load.sockets;
  return {
    joinCpu: ((joined.cpuMs - empty.cpuMs) / load.sockets) * 1_000,
    joinsPerSecond: (load.sockets / joinedMs) * 1_000,
    joinP99: percentile(joinTimes, 0.99),
    rssMiB: joined.rssBytes / 1_048_576,
    heapPerSocket: perSocket(joined.heapBytes, empty.heapBytes),
    idleCpuPercent: ((sat.cpuMs - joined.cpuMs) / load.idleMs) * 100,
    relayCpu: ((talked.cpuMs - sat.cpuMs) / load.messages) * 1_000,
    relayP50: percentile(relay.times, 0.5),
    relayP99: percentile(relay.times, 0.99),
    lost: load.messages - relay.times.length,
    ...abuse,
    returnCpu: ((returned.cpuMs - beforeReturn.cpuMs) / members.length) * 1_000,
    returnedPercent: (back / members.length) * 100,
    allBackAfter,
  };
}

function crowd(target: Target, size: number, first: number, times: number[]): Promise<Member[]> {
  return inParallel(size, async (index) => {
    const start = performance.now();
    const number = first + index;
    const room = `room-${Math.floor(number / ROOM_SIZE)}`;
    const client = await BenchClient.connect(target.port, number);
    const { self, resumeToken } = dataOf(await client.ask('join', joinRequest(room, `join-${number}-aaaa`, number)));
    times.push(performance.now() - start);
    return { number, room, id: (self as { id: string }).id, token: resumeToken as string, client } satisfies Member;
  });
}

/** From sending to arriving, peer to peer, through the server. */
async function talk(members: readonly Member[], messages: number): Promise<{ readonly times: readonly number[] }> {
  const times: number[] = [];
  const sentAt = new Map<string, number>();
  for (const { client } of members) {
    client.on('signal', (payload) => {
      const sent = sentAt.get((payload['signal'] as { link: string }).link);
      if (sent !== undefined) times.push(performance.now() - sent);
    });
  }
  await inParallel(messages, async (index) => {
    const from = members[index % members.length] as Member;
    const to = members[(index % members.length) ^ 1] as Member;
    const link = `link-${String(index).padStart(8, '0')}`;
    sentAt.set(link, performance.now());
    await from.client.ask('signal', signal(to.id, link, `msg-${index}-aaaa`));
  });
  await sleep(200);
  return { times };
}

/** One line sends ten thousand messages a second while a pair in another room talks. */
async function abused(target: Target, members: readonly Member[], milliseconds: number) {
  const [ada, ben] = members as readonly [Member, Member];
  const times: number[] = [];
  let sent = 0;
  ben.client.on('signal', () => times.push(performance.now() - sent));
  const abuser = await BenchClient.connect(target.port, 9_999_999);
  await abuser.ask('join', joinRequest('abuse', 'abuse-0000-aaaa', 0));
  const began = performance.now();
  let count = 0;
  while (performance.now() - began < milliseconds) {
    for (let burst = 0; burst < ABUSE_PER_TICK && abuser.closedAt === undefined; burst += 1)
      abuser.tell('signal', signal(ada.id, 'link-abuse', `abuse-${(count += 1)}`));
    if (performance.now() - sent > WITNESS_EVERY_MS) {
      sent = performance.now();
      await ada.client.ask('signal', signal(ben.id, `link-${Math.trunc(sent)}`, `witness-${Math.trunc(sent)}`));
    }
    await sleep(10);
  }
  const gone = abuser.closedAt;
  abuser.cut();
  return { abusedP99: percentile(times, 0.99), abuserGoneAfter: gone === undefined ? null : gone - began };
}

function joinRequest(room: string, joinId: string, number: number): object {
  return { protocol: 1, joinId, room, displayName: `Participant ${number}`, media: MEDIA };
}

/** About 300 bytes: a trickled candidate. */
function signal(to: string, link: string, id: string): object {
  return {
    id,
    to,
    signal: {
      link,
      candidates: [
        {
          candidate:
            'candidate:842163049 1 udp 1677729535 203.0.113.77 46154 typ srflx raddr 192.168.1.7 rport 46154 generation 0',
          sdpMid: '0',
          sdpMLineIndex: 0,
          usernameFragment: link.slice(-6),
        },
      ],
    },
  };
}

function dataOf(answer: Answer): Record<string, unknown> {
  if (answer.data === undefined) throw new Error(`refused: ${JSON.stringify(answer)}`);
  return answer.data;
}

async function inParallel<T>(count: number, task: (index: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) {
      const index = next;
      next += 1;
      results[index] = await task(index);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
