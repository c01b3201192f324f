import { BatchGetTracesCommand, GetTraceSummariesCommand, type XRayClient } from '@aws-sdk/client-xray';
import { expect, test } from '@jest/globals';
import type { AuditAnswer, AuditQuery } from '@lamplighter/contracts';
import { auditCalls } from './audit-calls.ts';
import { auditTraces } from './audit-traces.ts';
import { xrayTraces } from './xray-traces.ts';

const IDENTITY = { accountId: '123456789012', region: 'us-east-1', functionName: 'hotel-pay' };
const ONSET = Date.UTC(2026, 0, 15, 12);
const MINUTE_MS = 60_000;
const question = { onset: ONSET, until: ONSET + MINUTE_MS, limit: 20 };

type ByFunction = Extract<AuditQuery, { kind: 'by-function' }>;

/** An audit of a function that is called ten times a second, each call traced. */
function busyAudit() {
  const asked: ByFunction[] = [];
  const traced: string[] = [];
  const ask = async (query: AuditQuery): Promise<AuditAnswer> => {
    if (query.kind === 'by-trace') {
      traced.push(query.traceId);
      return { kind: 'not-found', nearest: [] };
    }
    if (query.kind !== 'by-function') throw new Error(query.kind);
    asked.push(query);
    const first = Math.ceil(query.since! / 100);
    const last = Math.floor(query.until! / 100);
    const length = Math.min(query.limit!, last - first + 1);
    const starts = Array.from({ length }, (_, at) => (query.newestFirst ? last - at : first + at) * 100);
    const invocations = starts.map((startedAt) => ({
      requestId: `r${startedAt}`,
      startedAt,
      traceId: String(startedAt),
    }));
    return { kind: 'invocations', invocations } as unknown as AuditAnswer;
  };
  return { ask, asked, traced };
}

test('of a busy function traces are taken from all of the minute, and no more calls are read for it than of a quiet one', async () => {
  const audit = busyAudit();
  await auditTraces(audit.ask)(IDENTITY, question);

  const after = audit.traced.map(Number).filter((startedAt) => startedAt >= ONSET);
  const quarters = new Set(after.map((startedAt) => Math.floor((startedAt - ONSET) / 15_000)));
  expect(quarters).toEqual(new Set([0, 1, 2, 3]));
  expect(after).toHaveLength(20);
  expect(audit.asked.reduce((sum, { limit }) => sum + limit!, 0)).toBe(800);
  expect(audit.asked.every(({ withoutMessages }) => withoutMessages)).toBe(true);
});

test('the calls of a busy reader are the newest ones, oldest first', async () => {
  const { ask } = busyAudit();
  const calls = await auditCalls(ask)(IDENTITY, { since: ONSET, until: ONSET + 10 * MINUTE_MS, limit: 400 });

  expect(calls).toHaveLength(400);
  expect(calls.at(-1)!.startedAt).toBe(ONSET + 10 * MINUTE_MS);
  expect(calls[0]!.startedAt).toBe(ONSET + 10 * MINUTE_MS - 39_900);
});

const document = (id: string) =>
  JSON.stringify({ id, trace_id: id, name: IDENTITY.functionName, origin: 'AWS::Lambda', start_time: 1, end_time: 2 });

/** X-Ray with three traces in each part of a range, a trace a page, and batches that leave one for later. */
function pagingXRay() {
  const calls = { summaries: 0, batches: 0 };
  const send = async (command: unknown) => {
    if (command instanceof GetTraceSummariesCommand) {
      calls.summaries++;
      const { StartTime, NextToken = '0' } = command.input;
      const page = Number(NextToken);
      const TraceSummaries = [{ Id: `${StartTime!.getTime()}-${page}` }];
      return page < 2 ? { TraceSummaries, NextToken: String(page + 1) } : { TraceSummaries };
    }
    if (!(command instanceof BatchGetTracesCommand)) throw new Error('unknown');
    calls.batches++;
    const [first, ...left] = command.input.TraceIds!;
    const whole = left.length > 3 ? left.slice(1) : left;
    const answered = [first, ...whole].filter((id) => id !== undefined);
    return {
      Traces: answered.map((Id) => ({ Id, Segments: [{ Id: 's', Document: document(Id) }] })),
      UnprocessedTraceIds: left.length > 3 ? left.slice(0, 1) : [],
    };
  };
  return { client: { send } as unknown as Pick<XRayClient, 'send'>, calls };
}

test('pages of summaries are read as far as it is worth it, and what a batch leaves is asked for again', async () => {
  const { client, calls } = pagingXRay();
  const { spans } = await xrayTraces(client, IDENTITY)(IDENTITY, question);

  const ids = new Set(spans.map(({ traceId }) => traceId));
  // Two pages of each of four parts, before and since.
  expect(calls.summaries).toBe(16);
  expect(ids.size).toBe(16);
  expect(calls.batches).toBeLessThanOrEqual(8);
});

test('a batch that is never processed is not asked for without end', async () => {
  let batches = 0;
  const send = async (command: unknown) => {
    if (command instanceof GetTraceSummariesCommand)
      return { TraceSummaries: [{ Id: String(command.input.StartTime!.getTime()) }] };
    batches++;
    return { UnprocessedTraceIds: (command as BatchGetTracesCommand).input.TraceIds };
  };
  const client = { send } as unknown as Pick<XRayClient, 'send'>;
  expect(await xrayTraces(client, IDENTITY)(IDENTITY, question)).toEqual({ spans: [] });
  expect(batches).toBe(8);
});
