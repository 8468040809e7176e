/**
 * `npm run bench:signaling [-- --sockets 4000 --messages 20000]`: what the server costs, beside a bare
 * Socket.IO relay that does the same at the same time, in turn. CPU per operation is the number to compare: waiting times
 * depend on what else the machine does. Prints a table, writes dist/bench/signaling.json; with
 * `--profile` also where the time went, dist/bench/{ours,bare}.cpuprofile.
 */
import { fork, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { play, type Load, type Result, type Steps } from './scenes.js';
import type { Question, Usage } from './server.js';

type Kind = 'ours' | 'bare';

const GOAL = 1.3;
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const { values } = parseArgs({
  options: {
    sockets: { type: 'string', default: '1000' },
    messages: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '2' },
    profile: { type: 'boolean', default: false },
  },
});
const load: Load = { sockets: Number(values.sockets), messages: Number(values.messages), idleMs: 3_000, abuseMs: 3_000 };

/** On a core of its own where that can be said; the clients live on the others. */
function pin(pid: number | undefined, cores: string): void {
  if (availableParallelism() > 1) spawnSync('taskset', ['-acp', cores, String(pid)], { stdio: 'ignore' });
}

interface Running {
  readonly steps: Steps;
  readonly end: () => Promise<void>;
}

async function start(kind: Kind): Promise<Running> {
  const child: ChildProcess = fork(here('server.ts'), values.profile ? [kind, `dist/bench/${kind}.cpuprofile`] : [kind], {
    execArgv: ['--expose-gc', '--import', import.meta.resolve('tsx')],
  });
  const [{ port }] = (await once(child, 'message')) as [{ readonly port: number }];
  pin(child.pid, '0');
  const ask = async <T>(question: Question): Promise<T> => {
    child.send(question);
    return ((await once(child, 'message')) as [T])[0];
  };
  const target = { port, usage: () => ask<Usage>('usage'), cpuMs: () => ask<number>('cpu') };
  return {
    steps: play(target, load, (scene) => process.stderr.write(`  ${kind}: ${scene}\n`)),
    end: async () => {
      // A profile is written by a process that ends by itself.
      const ended = once(child, 'exit');
      if (values.profile) child.disconnect();
      else child.kill('SIGKILL');
      await ended;
    },
  };
}

/** One step of this, one of that: they are the same steps, so both end in the same turn. */
async function inTurn(kinds: readonly Kind[]): Promise<Record<Kind, Result>> {
  const running = await Promise.all(kinds.map(start));
  try {
    for (;;) {
      const turn: IteratorResult<void, Result>[] = [];
      for (const { steps } of running) turn.push(await steps.next());
      if (turn.some(({ done }) => done === true))
        return Object.fromEntries(kinds.map((kind, index) => [kind, turn[index]?.value])) as Record<Kind, Result>;
    }
  } finally {
    await Promise.all(running.map(({ end }) => end()));
  }
}

const ROWS: readonly (readonly [key: keyof Result, name: string, unit: string, compared: boolean])[] = [
  ['joinCpu', 'connect and join, CPU', 'µs', true],
  ['relayCpu', 'relayed message, CPU', 'µs', true],
  ['returnCpu', 'line lost and back, CPU', 'µs', true],
  ['heapPerSocket', 'joined socket, heap', 'B', true],
  ['rssMiB', 'the whole process, RSS', 'MiB', false],
  ['idleCpuPercent', `${load.sockets} idle sockets, CPU`, '%', false],
  ['joinsPerSecond', 'joins a second', '', false],
  ['joinP99', 'connect and join, p99', 'ms', false],
  ['relayP50', 'relayed message, p50', 'ms', false],
  ['relayP99', 'relayed message, p99', 'ms', false],
  ['lost', 'messages lost', '', false],
  ['abusedP99', 'witness beside an abuser, p99', 'ms', false],
  ['abuserGoneAfter', 'abuser gone after', 'ms', false],
  ['returnedPercent', 'same seat after the return', '%', false],
  ['allBackAfter', 'everybody back after', 'ms', false],
];

/** CPU and memory: the mean of the rounds. The rest, which is not compared, from the first. */
function together(results: readonly Result[]): Result {
  const mean = (key: keyof Result): number => results.reduce((sum, result) => sum + Number(result[key]), 0) / results.length;
  const [first] = results as readonly [Result];
  return { ...first, ...Object.fromEntries(ROWS.filter(([, , , compared]) => compared).map(([key]) => [key, mean(key)])) };
}

const built = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-b', 'server'], { stdio: 'inherit' });
if (built.status !== 0) throw new Error('the server does not compile');
mkdirSync('dist/bench', { recursive: true });
const rounds: Record<Kind, Result[]> = { ours: [], bare: [] };
pin(process.pid, availableParallelism() > 1 ? `1-${availableParallelism() - 1}` : '0');
for (let round = 0; round < Number(values.rounds); round += 1) {
  // Who comes second finds the caches of the other: they take turns in that, too.
  const result = await inTurn(round % 2 === 0 ? ['bare', 'ours'] : ['ours', 'bare']);
  rounds.bare.push(result.bare);
  rounds.ours.push(result.ours);
}
const ours = together(rounds.ours);
const bare = together(rounds.bare);

const number = (value: number | null): string =>
  value === null ? 'never' : value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2);
console.log(`\n${'per operation'.padEnd(34)}${'ours'.padStart(10)}${'bare'.padStart(10)}${'ratio'.padStart(8)}`);
const over: string[] = [];
for (const [key, name, unit, compared] of ROWS) {
  const ratio = Number(ours[key]) / Number(bare[key]);
  if (compared && ratio > GOAL) over.push(name);
  console.log(
    `${`${name}${unit === '' ? '' : `, ${unit}`}`.padEnd(34)}${number(ours[key]).padStart(10)}${number(bare[key]).padStart(10)}${(compared ? ratio.toFixed(2) : '').padStart(8)}`,
  );
}
const load1 = loadavg()[0] ?? 0;
console.log(
  `\n${load.sockets} sockets in rooms of 4, ${load.messages} messages, ${values.rounds} rounds; load of the machine ${load1.toFixed(1)}.`,
);
console.log('Bare: Socket.IO with the same schemas, acknowledgements, rosters and announcements, and nothing else.');
console.log(
  over.length === 0 ? `Everything within ${GOAL} of a bare relay.` : `Above ${GOAL} of a bare relay: ${over.join('; ')}.`,
);
writeFileSync('dist/bench/signaling.json', `${JSON.stringify({ load, loadavg: load1, ours, bare, rounds }, null, 2)}\n`);
