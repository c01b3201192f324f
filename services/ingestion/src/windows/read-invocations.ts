import type { InvocationItem } from '../domain/invocation-item.ts';
import type { Owner } from '../domain/stored-attempt.ts';
import { CARRIED_MS } from '../domain/windows/max-concurrency.ts';
import type { AuditReaderPort } from '../ports.ts';

/** An asynchronous event is retried for up to six hours (PutFunctionEventInvokeConfig, API reference). */
const RETRY_REACH_MS = 6 * 3_600_000;

/**
 * A function's invocations that windows from `from` until `until` are summed from: those that began there or ran on into there, and those
 * of which a later attempt may have begun there.
 */
export async function readInvocations(
  owner: Required<Owner>,
  { from, until }: { readonly from: number; readonly until: number },
  audit: Pick<AuditReaderPort, 'byFunction' | 'retried'>,
): Promise<InvocationItem[]> {
  const range = { from: from - CARRIED_MS, to: until - 1 };
  const [first, retried] = await Promise.all([
    audit.byFunction({ owner, range }),
    audit.retried({ owner, range: { ...range, to: range.to + RETRY_REACH_MS } }),
  ]);
  return [...first, ...retried];
}
