import { expect, test } from '@jest/globals';
import type { AuditQuery } from '@lamplighter/contracts';
import type { AuditSource } from '../audit/source/audit-source.ts';
import { readWindows } from './read-windows.ts';

const HOUR_MS = 3_600_000;
const WATCHED = {
  functionName: 'booking',
  accountId: '123456789012',
  region: 'us-east-1',
  logGroup: '/aws/lambda/booking',
};

function askedSource(): AuditSource & { readonly asked: AuditQuery[] } {
  const asked: AuditQuery[] = [];
  return {
    name: 'a deployment',
    asked,
    ask: async (query) => {
      asked.push(query);
      return { kind: 'windows', windows: [] };
    },
  };
}

test('a deployment is asked for a day in pages of six hours, so that an answer fits', async () => {
  const source = askedSource();
  await readWindows(source, WATCHED, { since: 0, until: 24 * HOUR_MS });

  const ranges = source.asked.map((query) =>
    query.kind === 'windows' ? [query.since / HOUR_MS, query.until / HOUR_MS] : [],
  );
  expect(ranges).toEqual([
    [0, 6],
    [6, 12],
    [12, 18],
    [18, 24],
  ]);
});

test('all time, which only a replay is asked for, is one page', async () => {
  const source = askedSource();
  await readWindows(source, WATCHED, { since: 0, until: Number.MAX_SAFE_INTEGER });
  expect(source.asked).toHaveLength(1);
});

test('a source that answers something else is a fault that names it', async () => {
  const source: AuditSource = {
    name: 'an old deployment',
    ask: async () => ({ kind: 'invalid-query', reason: 'kind' }),
  };
  await expect(readWindows(source, WATCHED, { since: 0, until: HOUR_MS })).rejects.toThrow(
    'an old deployment did not answer windows',
  );
});
