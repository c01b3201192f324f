import { expect, test } from '@jest/globals';
import { MemoryTables } from '../../test/memory-ports.ts';
import { logBatch, report } from '../../test/sample-history.ts';
import { ingestBatch } from './ingest-batch.ts';

const idOf = (digit: string): string => `${digit.repeat(8)}-eeee-4eee-8eee-eeeeeeeeeeee`;

test('what cannot be archived is audited, and fails the delivery so that it comes again', async () => {
  const tables = new MemoryTables();
  const archive = () => Promise.reject(new Error('no room in the archive'));
  const lines = [`START RequestId: ${idOf('1')} Version: 1`, `END RequestId: ${idOf('1')}`, report(idOf('1'))];

  const delivery = ingestBatch(logBatch('/aws/lambda/booking', 'aaaa', lines), { ...tables.deps(), archive });

  await expect(delivery).rejects.toThrow('no room');
  expect([...tables.invocations.keys()]).toEqual([idOf('1')]);
  expect(tables.windows.queue).not.toEqual([]);
});

test('a backfill that cannot be archived leaves no evidence, so that the next one brings it all', async () => {
  const tables = new MemoryTables();
  const lines = [`START RequestId: ${idOf('1')} Version: 1`, `END RequestId: ${idOf('1')}`, report(idOf('1'))];
  const backfill = (deps: ReturnType<MemoryTables['deps']>) =>
    ingestBatch(logBatch('/aws/lambda/booking', 'aaaa', lines), deps, { repair: true });
  const archive = () => Promise.reject(new Error('no room in the archive'));

  await expect(backfill({ ...tables.deps(), archive })).rejects.toThrow('no room');
  await backfill(tables.deps());

  expect(tables.archived.flatMap(({ events }) => events)).toHaveLength(3);
});

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
