import type { AuditAnswer, AuditQuery, InvocationSummary } from '@lamplighter/contracts';
import type { AuditSource } from '../audit/source/audit-source.ts';
import { TIMEOUT_STORY } from './timeout-story.ts';

/** A deployed audit in memory: it answers as the ingestion service does, and keeps what it was asked. */
export function scriptedAudit(calls: Readonly<Record<string, readonly string[]>>): AuditSource & {
  readonly asked: AuditQuery[];
} {
  const asked: AuditQuery[] = [];
  const summaries = (functionName: string): InvocationSummary[] =>
    (calls[functionName] ?? []).map((requestId, startedAt) => ({
      ...TIMEOUT_STORY.invocation,
      ...{ requestId, functionName, startedAt },
    }));
  const answer = (query: AuditQuery): AuditAnswer => {
    if (query.kind === 'functions') {
      const { accountId, region, logGroup } = TIMEOUT_STORY.invocation;
      return {
        kind: 'functions',
        functions: Object.keys(calls).map((functionName) => ({ functionName, accountId, region, logGroup })),
      };
    }
    if (query.kind === 'by-request') {
      const invocation = Object.keys(calls)
        .flatMap(summaries)
        .find(({ requestId }) => requestId === query.requestId);
      return invocation === undefined
        ? { kind: 'not-found', nearest: [] }
        : { kind: 'story', story: { ...TIMEOUT_STORY, invocation } };
    }
    if (query.kind !== 'by-function') return { kind: 'invalid-query', reason: 'not known' };
    const { limit = 100, newestFirst = false, cursor = '-1', since = 0, until = Number.POSITIVE_INFINITY } = query;
    const all = summaries(query.functionName).filter(({ startedAt = 0 }) => startedAt >= since && startedAt < until);
    const invocations = (
      newestFirst ? all.toReversed() : all.filter(({ startedAt = 0 }) => startedAt > Number(cursor))
    ).slice(0, limit);
    const next = !newestFirst && invocations.length === limit && String(invocations.at(-1)?.startedAt);
    return { kind: 'invocations', invocations, ...(next && { cursor: next }) };
  };
  return {
    name: 'the audit',
    asked,
    ask: async (query) => {
      asked.push(query);
      return answer(query);
    },
  };
}
