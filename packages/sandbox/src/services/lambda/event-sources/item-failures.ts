/** What a function's answer says about a batch, under ReportBatchItemFailures. */
export type BatchVerdict =
  | { readonly kind: 'all-done' }
  | { readonly kind: 'all-failed' }
  | { readonly kind: 'some-failed'; readonly failed: ReadonlySet<string> };

/**
 * Reads `{ batchItemFailures: [{ itemIdentifier }] }`. Nothing there is complete success; an empty, missing or unknown identifier
 * fails the whole batch. https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html
 */
export function readItemFailures(payload: string, identifiers: readonly string[]): BatchVerdict {
  let answer: unknown;
  try {
    answer = JSON.parse(payload);
  } catch {
    return { kind: 'all-failed' };
  }
  const failures = (answer as { batchItemFailures?: unknown } | null)?.batchItemFailures ?? [];
  if (!Array.isArray(failures)) return { kind: 'all-failed' };
  if (failures.length === 0) return { kind: 'all-done' };
  const failed = new Set<string>();
  for (const failure of failures as ({ itemIdentifier?: unknown } | null)[]) {
    const identifier = failure?.itemIdentifier;
    if (typeof identifier !== 'string' || !identifiers.includes(identifier)) return { kind: 'all-failed' };
    failed.add(identifier);
  }
  return { kind: 'some-failed', failed };
}
