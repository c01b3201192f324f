import type { InvocationSummary } from '@lamplighter/contracts';
import { ask } from './ask-audit.ts';
import type { InvocationFilter } from './invocation-filter.ts';
import { type ListRequest, listInvocations, MOST_AT_ONCE, MOST_WITH_MESSAGES } from './list-invocations.ts';
import type { AuditSource } from './source/audit-source.ts';

/** The invocations of a range that a filter lets through. */
export interface FilteredInvocations {
  /** In order of their start. */
  readonly invocations: readonly InvocationSummary[];
  /** How many were held against the filter. */
  readonly lookedAt: number;
  /** Epoch milliseconds: how far they were looked at, where that is not all of the range. */
  readonly cutAt?: number;
}

/** The audit knows no index by outcome or duration, so that every invocation is read: beyond that many it is no quick look any more. */
export const MOST_LOOKED_AT = 20_000;

/** Looks through invocations, the newest or the oldest of the range first as the request says, until the limit is found or {@link MOST_LOOKED_AT} were looked at. */
export async function filterInvocations(
  source: AuditSource,
  request: ListRequest,
  { matches }: InvocationFilter,
  tell: (lookedAt: number) => void = () => {},
): Promise<FilteredInvocations> {
  const found: InvocationSummary[] = [];
  let lookedAt = 0;
  let lastAt: number | undefined;
  let isCut = false;
  const isEnough = (): boolean => found.length >= request.limit || (!source.isLocal && lookedAt >= MOST_LOOKED_AT);
  reading: for await (const page of request.isNewest ? newestFirst(source, request) : oldestFirst(source, request)) {
    for (const invocation of page) {
      isCut = isEnough();
      if (isCut) break reading;
      lookedAt += 1;
      lastAt = invocation.startedAt ?? lastAt;
      if (matches(invocation)) found.push(invocation);
    }
    tell(lookedAt);
  }
  const invocations = request.isNewest ? found.toReversed() : found;
  return { invocations, lookedAt, ...(isCut && lastAt !== undefined && { cutAt: lastAt }) };
}

async function* oldestFirst(source: AuditSource, request: ListRequest): AsyncGenerator<readonly InvocationSummary[]> {
  const all = { ...request, limit: Number.POSITIVE_INFINITY, isNewest: false };
  for await (const { invocations } of listInvocations(source, all)) yield invocations;
}

/** A question answers one page of the newest: what was before it is asked for by its end, in which other invocations may have begun too. */
async function* newestFirst(
  source: AuditSource,
  { functionName, since, until, withoutMessages }: ListRequest,
): AsyncGenerator<readonly InvocationSummary[]> {
  const limit = withoutMessages ? MOST_AT_ONCE : MOST_WITH_MESSAGES;
  const range = { ...(since !== undefined && { since }), ...(until !== undefined && { until }) };
  const asked = { kind: 'by-function', functionName, limit, newestFirst: true, withoutMessages, ...range } as const;
  const seen = new Set<string>();
  let before = until;
  while (true) {
    const query = { ...asked, ...(before !== undefined && { until: before }) };
    const { invocations } = await ask(source, query, 'invocations');
    const page = invocations.filter(({ requestId }) => !seen.has(requestId));
    yield page;
    const lastAt = page.at(-1)?.startedAt;
    if (invocations.length < limit || lastAt === undefined) return;
    for (const { requestId } of page) seen.add(requestId);
    before = lastAt + 1;
  }
}
