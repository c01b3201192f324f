import { expect, test } from '@jest/globals';
import { MemoryTables } from '../../test/memory-ports.ts';
import { logBatch, report } from '../../test/sample-history.ts';
import type { Counts } from '../domain/completeness.ts';
import type { TimeRange } from '../domain/time-range.ts';
import { ingestBatch } from '../ingest/ingest-batch.ts';
import { countAudited } from './count-audited.ts';

const HOUR = Date.UTC(2026, 0, 15, 9);
const MINUTE = Date.UTC(2026, 0, 15, 9, 59);
const MINUTE_MS = 60_000;
const range = { from: HOUR, to: HOUR + 60 * MINUTE_MS - 1 };
const booking = {
  functionName: 'booking',
  accountId: '123456789012',
  region: 'us-east-1',
  logGroup: '/aws/lambda/booking',
};
const idOf = (digit: string) => `${digit.repeat(8)}-eeee-4eee-8eee-eeeeeeeeeeee`;
/** An attempt that begins `offsetMs` behind 09:59:30. */
const attempt = (id: string, offsetMs: number) => [
  [offsetMs, `START RequestId: ${id} Version: 1`] as const,
  `END RequestId: ${id}`,
  report(id),
];

async function counted(lines: ReturnType<typeof attempt>[], invoked: Counts) {
  const tables = new MemoryTables(async () => {});
  for (const [index, one] of lines.entries())
    await ingestBatch(logBatch('/aws/lambda/booking', String(index).repeat(4), one), tables.deps());
  const { audit } = tables.closingDeps();
  const asked: TimeRange[] = [];
  const counts = await countAudited(booking, range, {
    invoked,
    audit: {
      retried: audit.retried,
      byFunction: (query) => {
        asked.push(query.range);
        return audit.byFunction(query);
      },
    },
  });
  return { counts, asked };
}

test('an attempt counts in its hour, though those before and behind it lie in others', async () => {
  const request = idOf('a');
  const hourBefore = attempt(request, -60.5 * MINUTE_MS);
  const hourAfter = attempt(request, 90_000);

  const { counts } = await counted([hourBefore, attempt(request, 10_000), hourAfter], new Map());

  expect(counts).toEqual(new Map([[MINUTE, 1]]));
});

test('a busy hour is read in parts, and counted as the whole', async () => {
  const lines = [attempt(idOf('a'), -10 * MINUTE_MS), attempt(idOf('b'), 0), attempt(idOf('b'), 5_000)];
  const busy = new Map(Array.from({ length: 60 }, (_, index) => [HOUR + index * MINUTE_MS, 15_000]));

  const whole = await counted(lines, new Map());
  const parts = await counted(lines, busy);

  expect(parts.counts).toEqual(whole.counts);
  expect(whole.counts).toEqual(
    new Map([
      [MINUTE - 10 * MINUTE_MS, 1],
      [MINUTE, 2],
    ]),
  );
  expect([whole.asked.length, parts.asked.length]).toEqual([1, 60]);
});
