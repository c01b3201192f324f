import { expect, test } from '@jest/globals';
import { type AuditQuery, type FunctionWindow, type InvocationSummary, WindowsClosed } from '@lamplighter/contracts';
import { aGet, answered, fakeDeps, NOW } from '../../test/fake-services.ts';
import { answerApi } from './answer-api.ts';

const MINUTE_MS = 60_000;
const BEGIN = NOW - (NOW % MINUTE_MS) - 10 * MINUTE_MS;
const { figures } = WindowsClosed.example.windows[0]!;

const minute = (at: number, errors: number): FunctionWindow => ({
  ...{ ...figures, start: BEGIN + at * MINUTE_MS, errors },
  ...{ timeouts: 0, outOfMemory: 0, initErrors: 0 },
});
const call = (requestId: string, startedAt: number, more: Partial<InvocationSummary> = {}): InvocationSummary => ({
  ...{ requestId, startedAt, functionName: 'pay', accountId: '1', region: 'r', logGroup: 'g', logStream: 's' },
  ...{ coldStart: false, status: 'success' as const, messages: [], logLines: 0, attempts: 1, missing: [] },
  ...more,
});

/** An audit of these minutes and calls, which notes what it is asked. */
function auditOf(windows: readonly FunctionWindow[], calls: readonly InvocationSummary[]) {
  const asked: AuditQuery[] = [];
  const audit = async (query: AuditQuery) => {
    asked.push(query);
    if (query.kind === 'windows') return answered({ kind: 'windows' as const, windows: [...windows] });
    if (query.kind !== 'by-function') throw new Error(query.kind);
    const { since = 0, until = 0, newestFirst, limit = 100 } = query;
    const found = calls.filter(({ startedAt = 0 }) => since <= startedAt && startedAt <= until);
    const invocations = (newestFirst ? found.toReversed() : found).slice(0, limit);
    return answered({ kind: 'invocations' as const, invocations });
  };
  const ask = async (query: Record<string, string>) => {
    const { status, body } = await answerApi(aGet('/api/calls', { name: 'pay', ...query }), fakeDeps({ audit }));
    return { status, list: JSON.parse(body) };
  };
  return { ask, asked };
}

test('calls that failed are found, the newest first, in the minutes that count failures and in no other', async () => {
  const calls = [
    call('ok', BEGIN + 5),
    call('first', BEGIN + 10, { status: 'timeout', durationMs: 3_000 }),
    call('in a good minute', BEGIN + MINUTE_MS, { status: 'error' }),
    call('second', BEGIN + 2 * MINUTE_MS, { status: 'error', errorType: 'Refused', errorMessage: 'Refused: no' }),
    call('retried', BEGIN + 2 * MINUTE_MS + 1, { attempts: 2 }),
  ];
  const { ask, asked } = auditOf([minute(0, 1), minute(1, 0), minute(2, 2)], calls);

  const { list } = await ask({});

  expect(list.calls.map(({ requestId }: { requestId: string }) => requestId)).toEqual(['retried', 'second', 'first']);
  expect(list.calls[1]).toMatchObject({ status: 'error', error: 'Refused: no' });
  expect(list.hasMore).toBe(false);
  expect(asked.filter(({ kind }) => kind === 'by-function')).toHaveLength(2);
});

test('of many failures the newest fifty are told, and that there are more', async () => {
  const windows = Array.from({ length: 9 }, (_, at) => minute(at, 20));
  const calls = windows.flatMap(({ start }) =>
    Array.from({ length: 20 }, (_, at) => call(`${start}-${at}`, start + at, { status: 'error' })),
  );
  const { ask, asked } = auditOf(windows, calls);

  const { list } = await ask({});

  expect(list.calls).toHaveLength(50);
  expect(list.calls[0].requestId).toBe(calls.at(-1)!.requestId);
  expect(list.hasMore).toBe(true);
  expect(asked.filter(({ kind }) => kind === 'by-function')).toHaveLength(3);
});

test('all calls are the newest, whatever became of them, with one question', async () => {
  const { ask, asked } = auditOf(
    [],
    Array.from({ length: 60 }, (_, at) => call(`c-${at}`, BEGIN + at)),
  );

  const { list } = await ask({ only: 'all' });

  expect(list.calls).toHaveLength(50);
  expect(list.calls[0].requestId).toBe('c-59');
  expect(list.hasMore).toBe(true);
  expect(asked).toHaveLength(1);
});

test('a kind of calls that there is not is refused with a reason', async () => {
  const { status, list } = await auditOf([], []).ask({ only: 'slow' });

  expect(status).toBe(400);
  expect(list.detail).toContain('only');
});
