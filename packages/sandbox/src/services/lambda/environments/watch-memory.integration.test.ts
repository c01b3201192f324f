import { Worker } from 'node:worker_threads';
import { expect, test } from '@jest/globals';
import { startEngine } from '../../rds/engine/engine.ts';
import { watchMemory } from './watch-memory.ts';

test('a function’s memory is its own: a database that is compiled in another thread does not count', async () => {
  const worker = new Worker("require('node:worker_threads').parentPort.on('message', () => {})", { eval: true });
  await new Promise((resolve) => worker.once('online', resolve));
  const watch = watchMemory(worker, 512);
  watch.begin();

  const engine = await startEngine();
  try {
    for (let index = 0; index < 30; index += 1) await engine.query('select 1');
    watch.end();

    expect(watch.isExceeded()).toBe(false);
    expect(watch.peakMb()).toBeLessThan(90);
  } finally {
    await engine.stop();
    await worker.terminate();
  }
});
