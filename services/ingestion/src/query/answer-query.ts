import { type AuditAnswer, AuditQuery, type CompletenessHour } from '@lamplighter/contracts';
import { functionId } from '../domain/function-id.ts';
import { summaryOf } from '../domain/invocation-summary.ts';
import type { MessageItem } from '../domain/message-item.ts';
import { traceFrom } from '../domain/spans/trace-from.ts';
import { traceIdOf } from '../domain/spans/trace-id.ts';
import type { Owner } from '../domain/stored-attempt.ts';
import type { TimeRange } from '../domain/time-range.ts';
import { minuteAt } from '../domain/windows/minute.ts';
import type {
  AuditReaderPort,
  InvocationsPort,
  LedgerPort,
  SpansPort,
  TimelinePort,
  TracesPort,
  WindowLedgerPort,
} from '../ports.ts';
import { activeWindows } from '../windows/active-windows.ts';
import { completenessOf, recordedCompleteness } from './completeness-of.ts';
import { storyOf } from './story-of.ts';

export interface QueryDeps {
  readonly accountId: string;
  readonly region: string;
  readonly now: () => number;
  readonly audit: AuditReaderPort;
  readonly timeline: Pick<TimelinePort, 'read'>;
  readonly ledger: Pick<LedgerPort, 'functions' | 'hours'>;
  readonly windows: Pick<WindowLedgerPort, 'current'>;
  readonly invocations: InvocationsPort;
  readonly spans: Pick<SpansPort, 'ofTrace'>;
  /** Asked for the traces of a request that `spans` has nothing of. */
  readonly traces: TracesPort;
}

const DEFAULT_LIMIT = 100;

/** Answers one question about what happened. A question that is not one is answered with what is wrong with it. */
export async function answerQuery(question: unknown, deps: QueryDeps): Promise<AuditAnswer> {
  const parsed = AuditQuery.safeParse(question);
  if (!parsed.success)
    return {
      kind: 'invalid-query',
      reason: parsed.error.issues.map((issue) => `${issue.path.join('.') || 'query'}: ${issue.message}`).join('; '),
    };
  const query = parsed.data;
  switch (query.kind) {
    case 'by-request': {
      const story = await storyOf(query.requestId, deps);
      return story ? { kind: 'story', story } : { kind: 'not-found', nearest: [] };
    }
    case 'by-function':
      return byFunction(query, deps);
    case 'by-sequence':
      return bySequence(query, deps);
    case 'by-trace':
      return byTrace(query.traceId, deps);
    case 'functions':
      return watchedFunctions(query, deps);
    case 'windows': {
      const range = { from: minuteAt(query.since), until: query.until };
      return { kind: 'windows', windows: await activeWindows(ownerOf(query, deps), range, deps) };
    }
    case 'completeness':
      return { kind: 'completeness', hours: await hoursOf(query, deps) };
  }
}

const hoursOf = (query: Extract<AuditQuery, { kind: 'completeness' }>, deps: QueryDeps): Promise<CompletenessHour[]> =>
  (query.recordedOnly ? recordedCompleteness : completenessOf)(ownerOf(query, deps), rangeOf(query), deps);

async function watchedFunctions(
  { limit, cursor }: Extract<AuditQuery, { kind: 'functions' }>,
  { ledger }: Pick<QueryDeps, 'ledger'>,
): Promise<AuditAnswer> {
  const functions = await ledger.functions({ ...(limit && { limit }), ...(cursor && { after: cursor }) });
  const last = functions.length === limit ? functions.at(-1) : undefined;
  return { kind: 'functions', functions: [...functions], ...(last && { cursor: functionId(last) }) };
}

async function byTrace(asked: string, { spans }: Pick<QueryDeps, 'spans'>): Promise<AuditAnswer> {
  const traceId = traceIdOf(asked);
  if (traceId === undefined)
    return { kind: 'invalid-query', reason: 'traceId: neither 1-<8 hex digits>-<24 hex digits> nor 32 hex digits' };
  const trace = traceFrom(traceId, await spans.ofTrace(traceId));
  return trace.spans.length === 0 ? { kind: 'not-found', nearest: [] } : { kind: 'trace', trace };
}

async function byFunction(query: Extract<AuditQuery, { kind: 'by-function' }>, deps: QueryDeps): Promise<AuditAnswer> {
  const { limit = DEFAULT_LIMIT, cursor, newestFirst = false, withoutMessages = false } = query;
  if (newestFirst && cursor !== undefined)
    return {
      kind: 'invalid-query',
      reason: 'cursor: newestFirst answers one page; ask for what was before its last one by until.',
    };
  const items = await deps.audit.byFunction({
    owner: ownerOf(query, deps),
    range: rangeOf(query),
    limit,
    newestFirst,
    ...(cursor === undefined ? {} : { after: cursor }),
  });
  const invocations = await Promise.all(
    items.map(async (item) => {
      const hasMessages = !withoutMessages && item.attempts.some((attempt) => attempt.messageCount > 0);
      return summaryOf(item, hasMessages ? (await deps.audit.request(item.pk)).messages : []);
    }),
  );
  const last = items.at(-1);
  return {
    kind: 'invocations',
    invocations,
    ...(last && !newestFirst && items.length === limit ? { cursor: last.startKey } : {}),
  };
}

async function bySequence(query: Extract<AuditQuery, { kind: 'by-sequence' }>, deps: QueryDeps): Promise<AuditAnswer> {
  const limit = query.limit ?? DEFAULT_LIMIT;
  const items = await deps.audit.bySequence({
    stream: query.stream,
    limit,
    ...(query.sequenceNumber === undefined ? {} : { sequenceNumber: query.sequenceNumber }),
    ...(query.cursor === undefined ? {} : { after: query.cursor }),
  });
  const messages = await Promise.all(
    distinctItems(items).map(async (item) => {
      const { invocation } = await deps.audit.request(item.pk);
      const status = invocation?.attempts.at(-1)?.status ?? 'unknown';
      const { stream, sequenceNumber, pk: requestId, functionName } = item;
      return { stream, sequenceNumber, requestId, status, ...(functionName === undefined ? {} : { functionName }) };
    }),
  );
  const last = items.at(-1);
  return { kind: 'messages', messages, ...(last && items.length === limit ? { cursor: last.sequenceKey } : {}) };
}

/** A message that several attempts of a request processed is one. */
function distinctItems(items: readonly MessageItem[]): MessageItem[] {
  return [...new Map(items.map((item) => [item.sequenceKey, item])).values()];
}

function ownerOf(
  query: { functionName: string; accountId?: string | undefined; region?: string | undefined },
  deps: QueryDeps,
): Required<Owner> {
  return {
    functionName: query.functionName,
    accountId: query.accountId ?? deps.accountId,
    region: query.region ?? deps.region,
  };
}

/** The last day that a Date can hold. */
const FOREVER = 8_640_000_000_000_000;

function rangeOf(query: { since?: number | undefined; until?: number | undefined }): TimeRange {
  return { from: query.since ?? 0, to: query.until === undefined ? FOREVER : query.until - 1 };
}
