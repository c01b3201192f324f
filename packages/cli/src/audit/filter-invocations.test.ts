import { expect, test } from '@jest/globals';
import type { AuditAnswer, AuditQuery, InvocationSummary } from '@lamplighter/contracts';
import { scriptedAudit } from '../testing/scripted-audit.ts';
import { TIMEOUT_STORY } from '../testing/timeout-story.ts';
import { filterInvocations, MOST_LOOKED_AT } from './filter-invocations.ts';
import { filterOf } from './invocation-filter.ts';

const FAILED = filterOf({ failed: true })!;
const request = { functionName: 'orders', since: 0, until: 100_000, limit: 1_000, withoutMessages: true };

/** A deployed audit in which every seventh call failed; a call a millisecond, but for a burst of 30 in one. */
function audit(count: number, isLocal = false) {
  const source = scriptedAudit({ orders: Array.from({ length: count }, (_, at) => `id-${at}`) });
  const place = ({ requestId }: InvocationSummary) => Number(requestId.slice('id-'.length));
  const told = (invocation: InvocationSummary): InvocationSummary => {
    const at = place(invocation);
    return { ...invocation, startedAt: at - (at % 30), status: at % 7 === 0 ? 'error' : 'success' };
  };
  const bursts = async (query: AuditQuery): Promise<AuditAnswer> => {
    const until =
      query.kind === 'by-function' && query.newestFirst ? Math.ceil((query.until ?? 0) / 30) * 30 : undefined;
    const answer = await source.ask({ ...query, ...(until !== undefined && { until }) } as AuditQuery);
    return answer.kind === 'invocations' ? { ...answer, invocations: answer.invocations.map(told) } : answer;
  };
  return { ...source, ask: bursts, ...(isLocal && { isLocal: true as const }) };
}
const idsOf = ({ invocations }: { readonly invocations: readonly InvocationSummary[] }) =>
  invocations.map(({ requestId }) => requestId);

test('of the newest every page is looked through, each call once, and what is found is in its order', async () => {
  const found = await filterInvocations(audit(2_500), { ...request, isNewest: true }, FAILED);

  expect(found.lookedAt).toBe(2_500);
  expect(idsOf(found)).toEqual(Array.from({ length: 358 }, (_, at) => `id-${at * 7}`));
  expect(found).not.toHaveProperty('cutAt');
});

test('the newest that match are enough where a limit says so, and it is told how far was looked', async () => {
  const found = await filterInvocations(audit(2_500), { ...request, isNewest: true, limit: 2 }, FAILED);

  expect(found).toMatchObject({ lookedAt: 8, cutAt: 2_490 });
  expect(idsOf(found)).toEqual(['id-2492', 'id-2499']);
});

test('from a time on the oldest come first', async () => {
  const found = await filterInvocations(audit(50, true), { ...request, isNewest: false, limit: 3 }, FAILED);

  expect(idsOf(found)).toEqual(['id-0', 'id-7', 'id-14']);
  expect(found).toMatchObject({ lookedAt: 15, cutAt: 0 });
});

test('a look ends at a number of calls, however few were found', async () => {
  const none = filterOf({ status: 'timeout' })!;
  const found = await filterInvocations(audit(MOST_LOOKED_AT + 10), { ...request, isNewest: false }, none);

  expect(found).toMatchObject({ invocations: [], lookedAt: MOST_LOOKED_AT });
  expect(found.cutAt).toBeGreaterThan(0);
});

test('a filter takes an outcome, a duration, or both', () => {
  const of = (status: InvocationSummary['status'], durationMs: number) => ({
    ...TIMEOUT_STORY.invocation,
    ...{ status, durationMs },
  });
  const calls = [of('success', 10), of('success', 600), of('error', 10), of('timeout', 3_000), of('unknown', 900)];
  const left = (options: Parameters<typeof filterOf>[0]) => calls.filter(filterOf(options)!.matches);

  expect(left({ failed: true })).toEqual([calls[2], calls[3]]);
  expect(left({ status: 'timeout' })).toEqual([calls[3]]);
  expect(left({ slowerThan: 500 })).toEqual([calls[1], calls[3], calls[4]]);
  expect(left({ failed: true, slowerThan: 500 })).toEqual([calls[3]]);
  expect(filterOf({ failed: true, slowerThan: 500 })?.words).toBe('failed and took longer than 500 ms');
  expect(filterOf({})).toBeUndefined();
  expect(() => filterOf({ failed: true, status: 'error' })).toThrow('--failed and --status');
});
