/** One queue per room: each thing that happens to it ends before the next begins. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { InOrder } from '../../server/signaling/in-order.js';

describe('what happens to a room', () => {
  /** Three tasks, each of which waits in its middle. */
  function trace(queue: InOrder, steps: string[]) {
    return (room: string, name: string, inside?: () => Promise<unknown>) =>
      queue.run(room, async () => {
        steps.push(`${name} begins`);
        await Promise.resolve();
        const more = inside?.();
        await Promise.resolve();
        steps.push(`${name} ends`);
        return { name, more };
      });
  }

  it('happens one after the other, and other rooms do not wait for it', async () => {
    const steps: string[] = [];
    const run = trace(new InOrder(), steps);
    const all = [run('a', '1'), run('a', '2'), run('b', 'other'), run('a', '3')];
    assert.deepEqual(
      (await Promise.all(all)).map(({ name }) => name),
      ['1', '2', 'other', '3'],
    );
    const inA = steps.filter((step) => !step.startsWith('other'));
    assert.deepEqual(inA, ['1 begins', '1 ends', '2 begins', '2 ends', '3 begins', '3 ends']);
  });

  it('waits also for what is asked from inside a task', async () => {
    const steps: string[] = [];
    const run = trace(new InOrder(), steps);
    const { more } = await run('a', '1', () => run('a', '2'));
    await more;
    assert.deepEqual(steps, ['1 begins', '1 ends', '2 begins', '2 ends']);
  });

  it('goes on after a task that failed, and its caller hears of it', async () => {
    const steps: string[] = [];
    const queue = new InOrder();
    const run = trace(queue, steps);
    const failing = queue.run('a', () => Promise.reject(new Error('no store')));
    const next = run('a', '2');
    await assert.rejects(failing, /no store/);
    await next;
    await assert.rejects(
      queue.run('a', () => Promise.reject(new Error('again'))),
      /again/,
    );
    await run('a', '3');
    assert.deepEqual(steps, ['2 begins', '2 ends', '3 begins', '3 ends']);
  });
});
