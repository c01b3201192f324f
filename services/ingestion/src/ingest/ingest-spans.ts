import type { LogBatch } from '@lamplighter/lambda-logs';
import { isOwnLogGroup } from '../domain/own-log-group.ts';
import { readSpan, type SpanRejectReason } from '../domain/spans/read-span.ts';
import { spanItem } from '../domain/spans/span-item.ts';
import type { ArchivePort, SpansPort } from '../ports.ts';
import { eachOf } from './each-of.ts';

export interface IngestSpansDeps {
  readonly region: string;
  readonly auditDays: number;
  readonly ownLogGroupPrefix: string;
  readonly archive: ArchivePort;
  readonly spans: Pick<SpansPort, 'put'>;
}

/** One delivery of `aws/spans` into the audit; gives the reasons of the events that hold no span. Lamplighter's own spans are left out. */
export async function ingestSpans(batch: LogBatch, deps: IngestSpansDeps): Promise<readonly SpanRejectReason[]> {
  if (batch.events.length === 0) return [];
  await deps.archive(batch, deps.region);
  const read = batch.events.map(readSpan);
  const spans = read.flatMap((one) => (one.kind === 'span' ? [one.span] : []));
  const watched = spans.filter(
    ({ functionName = '' }) => !isOwnLogGroup(`/aws/lambda/${functionName}`, deps.ownLogGroupPrefix),
  );
  await eachOf(watched, (span) => deps.spans.put(spanItem(span, deps.auditDays)));
  return read.flatMap((one) => (one.kind === 'rejected' ? [one.reason] : []));
}
