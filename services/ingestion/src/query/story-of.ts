import type { CompletenessHour, InvocationStory, StoryLine, TraceSpan } from '@lamplighter/contracts';
import { attributedAttempts } from '../domain/attributed-attempt.ts';
import { startOfHour } from '../domain/completeness.ts';
import { fittingLines, jsonBytes } from '../domain/fitting-lines.ts';
import type { InvocationItem } from '../domain/invocation-item.ts';
import { attemptSummaryOf, summaryOf } from '../domain/invocation-summary.ts';
import { traceFrom } from '../domain/spans/trace-from.ts';
import { traceIdOf } from '../domain/spans/trace-id.ts';
import { type StoredAttempt, timeOf } from '../domain/stored-attempt.ts';
import { eventsOf } from '../domain/timeline-chunk.ts';
import type { QueryDeps } from './answer-query.ts';
import { completenessOf } from './completeness-of.ts';

/** A function answers with at most 6,291,556 bytes (Lambda quotas); whoever passes the story on puts something of their own around it. */
const MAX_STORY_BYTES = 5_000_000;
const REACH_MS = 16 * 60_000;
/** Lines of a managed instance bear the ids of their requests, and it may be as busy as a hundred other environments. */
const MANAGED_REACH_MS = 2 * 60_000;

/** The whole story of a request: what the audit holds, and the lines of each attempt read again from the streams that wrote them. */
export async function storyOf(
  requestId: string,
  deps: Pick<QueryDeps, 'audit' | 'timeline' | 'ledger' | 'windows' | 'invocations' | 'spans' | 'traces' | 'now'>,
): Promise<InvocationStory | undefined> {
  const { invocation, messages } = await deps.audit.request(requestId);
  if (!invocation) return undefined;
  const streams = [...byStream(invocation.attempts).values()];
  const [lines, completeness, spans] = await Promise.all([
    Promise.all(streams.map((attempts) => linesOf(requestId, attempts, deps))),
    completenessAround(invocation, deps),
    spansOf(invocation.attempts, deps),
  ]);
  const rest = {
    invocation: summaryOf(invocation, messages),
    attempts: invocation.attempts.map(attemptSummaryOf),
    ...(spans.length === 0 ? {} : { spans: [...spans] }),
    ...(completeness[0] ? { completeness: completeness[0] } : {}),
  };
  const inOrder = lines.flat().sort((a, b) => a.timestamp - b.timestamp);
  const { kept, omitted } = fittingLines(inOrder, MAX_STORY_BYTES - jsonBytes(rest));
  return { ...rest, lines: kept, linesOmitted: omitted };
}

/** Of the hour in which the request began. */
async function completenessAround(
  { accountId, region, functionName, attempts }: InvocationItem,
  deps: Parameters<typeof completenessOf>[2],
): Promise<readonly CompletenessHour[]> {
  if (functionName === undefined) return [];
  const hour = startOfHour(timeOf(attempts[0]!));
  return completenessOf({ accountId, region, functionName }, { from: hour, to: hour }, deps);
}

/** The spans of the traces that attempts took part in. */
async function spansOf(
  attempts: readonly StoredAttempt[],
  { spans, traces }: Pick<QueryDeps, 'spans' | 'traces'>,
): Promise<readonly TraceSpan[]> {
  const ids = new Set(attempts.map(({ traceId = '' }) => traceIdOf(traceId)).filter((id) => id !== undefined));
  const told = await Promise.all(
    [...ids].map(async (id) => {
      const stored = await spans.ofTrace(id);
      return traceFrom(id, stored.length > 0 ? stored : await traces.ofTrace(id));
    }),
  );
  return told.flatMap((trace) => trace.spans);
}

/** Only managed instances report how long it took, and neither what is billed nor memory. */
const isManaged = ({ durationMs, billedDurationMs, memorySizeMb, missing }: StoredAttempt): boolean =>
  durationMs !== undefined && billedDurationMs === undefined && memorySizeMb === undefined && missing.length === 0;

async function linesOf(
  requestId: string,
  attempts: readonly StoredAttempt[],
  { timeline }: Pick<QueryDeps, 'timeline'>,
): Promise<StoryLine[]> {
  const { streamId, logStream } = attempts[0]!;
  const times = attempts.flatMap((attempt) => [timeOf(attempt), attempt.endedAt ?? timeOf(attempt)]);
  const reachMs = attempts.every(isManaged) ? MANAGED_REACH_MS : 2 * REACH_MS;
  const range = { from: Math.min(...times) - reachMs, to: Math.max(...times) + reachMs };
  const events = eventsOf(await timeline.read(streamId, range));
  return attributedAttempts(events, { logStream })
    .filter(({ attempt }) => attempt.requestId === requestId)
    .flatMap(({ lines }) =>
      lines.map(({ event, source, level }) => ({
        timestamp: event.timestamp,
        logStream,
        source,
        ...(level === undefined ? {} : { level }),
        message: event.message,
      })),
    );
}

function byStream(attempts: readonly StoredAttempt[]): Map<string, StoredAttempt[]> {
  const grouped = new Map<string, StoredAttempt[]>();
  for (const attempt of attempts) grouped.set(attempt.streamId, [...(grouped.get(attempt.streamId) ?? []), attempt]);
  return grouped;
}
