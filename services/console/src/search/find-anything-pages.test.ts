import { expect, test } from '@jest/globals';
import type { AuditQuery } from '@lamplighter/contracts';
import { answered, fakeServices, NOW } from '../../test/fake-services.ts';
import { findAnything } from './find-anything.ts';

const aPage = (from: number) =>
  Array.from({ length: 1_000 }, (_, at) => ({
    functionName: `f-${from + at}`,
    ...{ accountId: '123456789012', region: 'us-east-1' },
    logGroup: 'one',
  }));

/** A search over functions without end, of which the audit tells those before `told`. */
const searchOf = (told: number) => {
  const audit = async (query: AuditQuery) => {
    if (query.kind === 'windows') return answered({ kind: query.kind, windows: [] });
    if (query.kind !== 'functions') throw new Error(`nobody plays ${query.kind}`);
    const from = Number(query.cursor ?? 0);
    if (from >= told) return { kind: 'failed' as const, reason: 'TooManyRequestsException' };
    return answered({ kind: query.kind, functions: aPage(from), cursor: String(from + 1_000) });
  };
  return findAnything(fakeServices({ audit }), async () => ({ hits: [] }), { auditMs: 60_000, now: () => NOW });
};

test('functions are looked through page by page, and where there are more than that, it is said', async () => {
  const many = searchOf(Number.POSITIVE_INFINITY);

  expect((await many('f-9999')).hits).toEqual([expect.objectContaining({ functionName: 'f-9999' })]);
  expect((await many('f-10000')).note).toBe(
    'Only the first 10,000 functions were looked through. Errors were looked for in 100 of 10,000 functions.',
  );
});

test('where a page of names is not told, it is said how many were looked through', async () => {
  expect(await searchOf(2_000)('f-2000')).toEqual({
    hits: [],
    note: 'Only the first 2,000 functions were looked through. Errors were looked for in 100 of 2,000 functions.',
    unanswered: ['ingestion'],
  });
});
