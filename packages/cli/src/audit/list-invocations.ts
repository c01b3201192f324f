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

/** A function's invocations, page by page as they are read, each in order of their start. */
export async function* listInvocations(
  source: AuditSource,
  { limit, isNewest, ...wanted }: ListRequest,
): AsyncGenerator<InvocationsPage> {
  const query = { kind: 'by-function', ...wanted } as const;
  if (isNewest) {
    const { invocations } = await ask(source, { ...query, newestFirst: true, limit }, 'invocations');
    yield { invocations: invocations.toReversed(), isCut: invocations.length === limit };
    return;
  }
  let left = limit;
  let cursor: string | undefined;
  do {
    const page = { limit: Math.min(left, MOST_AT_ONCE), ...(cursor !== undefined && { cursor }) };
    const answer = await ask(source, { ...query, ...page }, 'invocations');
    left -= answer.invocations.length;
    cursor = answer.cursor;
    yield { invocations: answer.invocations, isCut: cursor !== undefined && left <= 0 };
  } while (cursor !== undefined && left > 0);
}
