import { expect, test } from '@jest/globals';
import { MemoryTables } from '../../test/memory-ports.ts';
import { logBatch, report } from '../../test/sample-history.ts';
import { ingestBatch } from './ingest-batch.ts';

const idOf = (digit: string): string => `${digit.repeat(8)}-eeee-4eee-8eee-eeeeeeeeeeee`;

test('a request that cannot be written fails the delivery, and keeps the windows of its neighbours from nothing', async () => {
  const tables = new MemoryTables();
  const deps = tables.deps();
  const lines = ['1', '2'].flatMap((digit) => [
    `START RequestId: ${idOf(digit)} Version: 1`,
    `END RequestId: ${idOf(digit)}`,
    report(idOf(digit)),
  ]);
  const audit: typeof deps.audit = {
    ...deps.audit,
    replaceAttempts: async (change) => {
      if (change.requestId === idOf('1')) throw new Error('too large');
      return deps.audit.replaceAttempts(change);
    },
  };

  const delivery = ingestBatch(logBatch('/aws/lambda/booking', 'aaaa', lines), { ...deps, audit });

  await expect(delivery).rejects.toThrow('too large');
  expect([...tables.invocations.keys()]).toEqual([idOf('2')]);
  expect(tables.windows.queue).not.toEqual([]);
});
