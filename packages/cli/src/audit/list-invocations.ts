import type { InvocationSummary } from '@lamplighter/contracts';
import { ask } from './ask-audit.ts';
import type { AuditSource } from './source/audit-source.ts';

export interface ListRequest {
  readonly functionName: string;
  readonly since?: number;
  readonly until?: number;
  /** Most invocations that are given. */
  readonly limit: number;
  /** The newest of the range, at most {@link MOST_AT_ONCE}; else the oldest. */
  readonly isNewest: boolean;
  /** Their messages cost a read of each. */
  readonly withoutMessages: boolean;
}

/** Invocations in order of their start. */
export interface InvocationsPage {
  readonly invocations: readonly InvocationSummary[];
  /** It ends at the limit: there may be more. */
  readonly isCut: boolean;
}

/** The most that one question answers. */
export const MOST_AT_ONCE = 1_000;
/** The most that are asked for at once with their messages: an answer of a Lambda function holds 6 MB, and 1,000 batches of a stream need twice that. */
export const MOST_WITH_MESSAGES = 100;

/** A function's invocations, page by page as they are read, each in order of their start. */
export function listInvocations(source: AuditSource, request: ListRequest): AsyncGenerator<InvocationsPage> {
  if (!request.isNewest) return oldest(source, request);
  return request.withoutMessages ? newest(source, request) : newestWithMessages(source, request);
}

async function* newest(source: AuditSource, { isNewest, ...query }: ListRequest): AsyncGenerator<InvocationsPage> {
  const asked = { kind: 'by-function', ...query, newestFirst: isNewest } as const;
  const { invocations } = await ask(source, asked, 'invocations');
  yield { invocations: invocations.toReversed(), isCut: invocations.length === query.limit };
}

/** Only the oldest are answered in pages: the newest are found without their messages, then read with them from the first of them on. */
async function* newestWithMessages(source: AuditSource, request: ListRequest): AsyncGenerator<InvocationsPage> {
  for await (const { invocations, isCut } of newest(source, { ...request, withoutMessages: true })) {
    const wanted = new Set(invocations.map(({ requestId }) => requestId));
    const since = invocations[0]?.startedAt;
    const all = { ...request, ...(since !== undefined && { since }), limit: Number.POSITIVE_INFINITY };
    for await (const page of oldest(source, all)) {
      const found = page.invocations.filter(({ requestId }) => wanted.delete(requestId));
      if (found.length > 0) yield { invocations: found, isCut };
      if (wanted.size === 0) break;
    }
  }
}

async function* oldest(
  source: AuditSource,
  { limit, isNewest: _, ...wanted }: ListRequest,
): AsyncGenerator<InvocationsPage> {
  const mostAtOnce = wanted.withoutMessages || source.isLocal ? MOST_AT_ONCE : MOST_WITH_MESSAGES;
  let left = limit;
  let cursor: string | undefined;
  do {
    const page = { limit: Math.min(left, mostAtOnce), ...(cursor !== undefined && { cursor }) };
    const answer = await ask(source, { kind: 'by-function', ...wanted, ...page }, 'invocations');
    left -= answer.invocations.length;
    cursor = answer.cursor;
    yield { invocations: answer.invocations, isCut: cursor !== undefined && left <= 0 };
  } while (cursor !== undefined && left > 0);
}
