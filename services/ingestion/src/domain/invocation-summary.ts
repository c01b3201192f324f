import type { AttemptSummary, InvocationSummary } from '@lamplighter/contracts';
import { costOfAttempt } from './cost-of-attempt.ts';
import { sequenceKeyOf } from './index-keys.ts';
import type { InvocationItem } from './invocation-item.ts';
import type { MessageItem } from './message-item.ts';
import type { StoredAttempt } from './stored-attempt.ts';

/**
 * One line about an invocation. Its figures are those of its last attempt, which decided how it ended; `startedAt` is when the first one began,
 * log lines, cost and what is missing are those of all of them.
 */
export function summaryOf(
  item: InvocationItem,
  messages: readonly Pick<MessageItem, 'stream' | 'sequenceNumber'>[],
): InvocationSummary {
  const first = item.attempts[0]!;
  const last = item.attempts.at(-1)!;
  const {
    status: _status,
    missing: _missing,
    costUsd: _cost,
    logLines: _lines,
    startedAt: _start,
    endedAt: _end,
    runtimeVersion: _runtime,
    ...figures
  } = attemptSummaryOf(last);
  const costs = item.attempts.map(costOfAttempt).filter((cost) => cost !== undefined);
  return {
    requestId: item.pk,
    ...optional('functionName', item.functionName),
    accountId: item.accountId,
    region: item.region,
    logGroup: last.logGroup,
    ...optional('startedAt', first.startedAt),
    ...figures,
    coldStart: item.attempts.some((attempt) => attempt.coldStart),
    status: last.status,
    messages: distinctMessages(messages),
    logLines: item.attempts.reduce((sum, attempt) => sum + attempt.logLines, 0),
    attempts: item.attempts.length,
    ...optional('costUsd', costs.length === 0 ? undefined : costs.reduce((sum, cost) => sum + cost, 0)),
    missing: [...new Set(item.attempts.flatMap(({ missing }) => missing))].sort(),
  };
}

/** One attempt as the story shows it. */
export function attemptSummaryOf(attempt: StoredAttempt): AttemptSummary {
  return {
    logStream: attempt.logStream,
    ...optional('version', attempt.version),
    ...optional('startedAt', attempt.startedAt),
    ...optional('endedAt', attempt.endedAt),
    ...optional('durationMs', attempt.durationMs),
    ...optional('billedDurationMs', attempt.billedDurationMs),
    ...optional('memorySizeMb', attempt.memorySizeMb),
    ...optional('maxMemoryUsedMb', attempt.maxMemoryUsedMb),
    ...optional('initDurationMs', attempt.initDurationMs),
    ...optional('restoreDurationMs', attempt.restoreDurationMs),
    coldStart: attempt.coldStart,
    status: attempt.status,
    ...optional('errorType', attempt.errorType),
    ...optional('errorMessage', attempt.errorMessage),
    ...optional('traceId', attempt.traceId),
    ...optional('runtimeVersion', attempt.runtimeVersion),
    logLines: attempt.logLines,
    ...optional('costUsd', costOfAttempt(attempt)),
    missing: [...attempt.missing],
  };
}

function optional<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { [K in Key]?: Value });
}

/** Each message once, though several attempts processed it, in their incoming order. */
function distinctMessages(
  messages: readonly Pick<MessageItem, 'stream' | 'sequenceNumber'>[],
): InvocationSummary['messages'] {
  const byKey = new Map(
    messages.map(({ stream, sequenceNumber }) => [
      `${sequenceKeyOf(sequenceNumber)}\n${stream}`,
      { stream, sequenceNumber },
    ]),
  );
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, message]) => message);
}
