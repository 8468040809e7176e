/**
 * What is done to a server, the same to each: crowds join, sit, talk, lose their lines; somebody misbehaves. Two
 * servers play it in turn, slice by slice, so what else the machine does meanwhile happens to both.
 */
import type { Usage } from './server.js';
import { BenchClient } from './client.js';
import { dataOf, joinRequest, signal } from './requests.js';

export interface Load {
  readonly sockets: number;
  readonly messages: number;
  readonly idleMs: number;
  readonly abuseMs: number;
}

export interface Target {
  readonly port: number;
  /** After collecting garbage: for what is held. */
  readonly usage: () => Promise<Usage>;
  /** Milliseconds so far, without a pause: for what is spent. */
  readonly cpuMs: () => Promise<number>;
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
/** A slice is some tens of milliseconds of the server's time. */
const SLICE = { sockets: 50, messages: 500 };
const ABUSE_PER_TICK = 100;
const WITNESS_EVERY_MS = 20;
/** By then the server knows that a line is gone. */
const NOTICED_MS = 50;
/** What has not arrived this long after the last acknowledgement is lost. */
const LATE_MS = 2_000;

/** Whatever is not measured happens in the first step, and in the last. */
export type Steps = AsyncGenerator<void, Result>;

export async function* play(target: Target, load: Load, say: (scene: string) => void): Steps {
  say('warming up');
  const early = await crowd(target, WARM_UP.sockets, 1_000_000, []);
  await talk(early, 0, WARM_UP.messages);
  // With a word: a seat that is kept for somebody would cost something later, when other things are measured.
  for (const { client } of early) client.leave();
  await sleep(500);
  yield;

  say('joining');
  const empty = await target.usage();
  const joinTimes: number[] = [];
  const members: Member[] = [];
  let joinMs = 0;
  const joinCpu = yield* sliced(target, load.sockets, SLICE.sockets, async (first, count) => {
    const began = performance.now();
    members.push(...(await crowd(target, count, first, joinTimes)));
    joinMs += performance.now() - began;
  });
  const joined = await target.usage();

  say('sitting');
  const beforeSitting = await target.cpuMs();
  await sleep(load.idleMs);
  const idleCpuMs = (await target.cpuMs()) - beforeSitting;
  yield;

  say('talking');
  const relayTimes: number[] = [];
  const relayCpu = yield* sliced(target, load.messages, SLICE.messages, async (first, count) => {
    relayTimes.push(...(await talk(members, first, count)));
  });

  say('abusing');
  const abuse = await abused(target, members, load.abuseMs);
  yield;

  say('returning');
  let back = 0;
  let returnMs = 0;
  const returnCpu = yield* sliced(target, members.length, SLICE.sockets, async (first, count) => {
    const some = members.slice(first, first + count);
    for (const { client } of some) client.cut();
    await sleep(NOTICED_MS);
    const began = performance.now();
    back += (await inParallel(count, (index) => comeBack(target, some[index] as Member))).filter(Boolean).length;
    returnMs += performance.now() - began;
  });
  for (const { client } of members) client.cut();

  return {
    joinCpu,
    joinsPerSecond: (load.sockets / joinMs) * 1_000,
    joinP99: percentile(joinTimes, 0.99),
    rssMiB: joined.rssBytes / 1_048_576,
    heapPerSocket: (joined.heapBytes - empty.heapBytes) / load.sockets,
    idleCpuPercent: (idleCpuMs / load.idleMs) * 100,
    relayCpu,
    relayP50: percentile(relayTimes, 0.5),
    relayP99: percentile(relayTimes, 0.99),
    lost: load.messages - relayTimes.length,
    ...abuse,
    returnCpu,
    returnedPercent: (back / members.length) * 100,
    allBackAfter: returnMs,
  };
}

/** So many operations, some at a time; the CPU of the server for one of them, in microseconds. */
async function* sliced(
  target: Target,
  total: number,
  most: number,
  run: (first: number, count: number) => Promise<void>,
): AsyncGenerator<void, number> {
  let spentMs = 0;
  for (let first = 0; first < total; first += most) {
    const before = await target.cpuMs();
    await run(first, Math.min(most, total - first));
    spentMs += (await target.cpuMs()) - before;
    yield;
  }
  return (spentMs / total) * 1_000;
}

/** With the token of the seat; whether it is the same seat. */
async function comeBack(target: Target, member: Member): Promise<boolean> {
  member.client = await BenchClient.connect(target.port, member.number);
  const resume = { participantId: member.id, token: member.token };
  const request = joinRequest(member.room, `back-${member.number}-aaaa`, member.number);
  const { data } = await member.client.ask('join', { ...request, resume });
  return (data?.['self'] as { id?: string } | undefined)?.id === member.id;
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
async function talk(members: readonly Member[], first: number, messages: number): Promise<readonly number[]> {
  const times: number[] = [];
  const sentAt = new Map<string, number>();
  for (const { client } of members) {
    client.on('signal', (payload) => {
      const sent = sentAt.get((payload['signal'] as { connectionId: string }).connectionId);
      if (sent !== undefined) times.push(performance.now() - sent);
    });
  }
  await inParallel(messages, async (index) => {
    const number = first + index;
    const from = members[number % members.length] as Member;
    const to = members[(number % members.length) ^ 1] as Member;
    const link = `link-${String(number).padStart(8, '0')}`;
    sentAt.set(link, performance.now());
    await from.client.ask('signal', signal(to.id, link, `msg-${number}-aaaa`));
  });
  const late = performance.now() + LATE_MS;
  while (times.length < messages && performance.now() < late) await sleep(5);
  return times;
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
