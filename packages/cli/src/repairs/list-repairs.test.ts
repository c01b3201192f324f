import { expect, test } from '@jest/globals';
import { RemediationChanged } from '@lamplighter/contracts';
import { listRepairs } from './list-repairs.ts';

const repair = (remediationId: string) => ({ ...RemediationChanged.example.remediation, remediationId });
const overview = (waiting: readonly string[], recent: readonly string[]) => ({
  ...{ kind: 'overview' as const, isKilled: false },
  waiting: waiting.map(repair),
  recent: recent.map(repair),
});

test('what waits for a person comes first however old, and once', () => {
  const { remediations, isCut } = listRepairs(overview(['old', 'new'], ['newest', 'new']), 3);
  expect([remediations.map(({ remediationId }) => remediationId), isCut]).toEqual([['old', 'new', 'newest'], false]);
});

test('a page that is full may have more behind it', () => {
  expect(listRepairs(overview([], ['a', 'b']), 2).isCut).toBe(true);
});
