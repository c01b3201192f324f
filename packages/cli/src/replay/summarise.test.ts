import { expect, test } from '@jest/globals';
import type { InvocationSummary } from '@lamplighter/contracts';
import { readEvidence } from './log-evidence.ts';
import { summarise } from './summarise.ts';

const ID = '7c9567b5-107b-4a6c-8798-0157ac21db52';
const LOST = '7c9567b5-107b-4a6c-8798-0157ac21db53';

const attempt = (id: string, atMs: number) =>
  [
    `START RequestId: ${id} Version: 1`,
    `END RequestId: ${id}`,
    `REPORT RequestId: ${id}\tDuration: 1.00 ms\tBilled Duration: 1 ms\tMemory Size: 128 MB\tMax Memory Used: 48 MB\t`,
  ].map((message, index) => ({ timestamp: Date.UTC(2026, 9, 8) + atMs + index, message }));

const evidence = readEvidence([
  {
    logGroup: '/aws/lambda/orders',
    logStream: '2026/10/08/[1]22be53a8cfde4e68b844f8ec293b2543',
    events: [...attempt(ID, 0), ...attempt(ID, 60_000), ...attempt(LOST, 120_000)],
  },
]);
const findings = { evidence, rejected: [], repeated: 0, door: 'direct' as const, seconds: 1 };
const audited = (attempts: number, missing: InvocationSummary['missing'] = []) =>
  ({ requestId: ID, attempts, missing }) as unknown as InvocationSummary;

test('what is lost are attempts: those of a request that the audit does not know, and one of a request that it does', () => {
  expect(summarise({ ...findings, invocations: [audited(2)] }).lost).toBe(1);
  expect(summarise({ ...findings, invocations: [audited(1)] }).lost).toBe(2);
});

test('a request is complete where each of its attempts is', () => {
  expect(summarise({ ...findings, invocations: [audited(2, ['report'])] })).toMatchObject({
    complete: 0,
    incomplete: 1,
  });
});

test('the share that is complete is rounded, and whole only where nothing is missing', () => {
  const of = (complete: number, incomplete: number) =>
    summarise({
      ...findings,
      invocations: [
        ...Array.from({ length: complete }, () => audited(1)),
        ...Array.from({ length: incomplete }, () => audited(1, ['report'])),
      ],
    }).completenessPct;

  expect([of(7, 4), of(3, 0), of(0, 0), of(99_999, 1)]).toEqual([63.64, 100, 100, 99.99]);
});
