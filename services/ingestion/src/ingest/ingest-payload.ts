import { decodeKinesisRecordData, decodeSubscriptionPayload } from '@lamplighter/lambda-logs';
import { isOwnLogGroup } from '../domain/own-log-group.ts';
import { SPANS_LOG_GROUP } from '../domain/spans/spans-log-group.ts';
import type { Door } from '../ports.ts';
import { type IngestDeps, ingestBatch } from './ingest-batch.ts';
import { type IngestSpansDeps, ingestSpans } from './ingest-spans.ts';
import { type PutAsideDeps, putAside } from './put-aside.ts';

export interface IngestPayloadDeps extends IngestDeps, IngestSpansDeps, PutAsideDeps {
  readonly door: Door;
  readonly ownLogGroupPrefix: string;
}

/**
 * One subscription payload, as either door hands it over: base64 text the direct one, the bytes of a Kinesis record the stream. What cannot be read is set aside with its reason and is done with; what throws
 * here is trouble of ours, and the payload has to come again.
 */
export async function ingestPayload(data: string | Uint8Array, deps: IngestPayloadDeps): Promise<void> {
  const letter = (reason: string, detail: string, rejectedEvents = 0) =>
    putAside(
      {
        reason,
        detail,
        door: deps.door,
        payload: typeof data === 'string' ? Buffer.from(data, 'utf8') : data,
        rejectedEvents,
      },
      deps,
    );
  const decoded = typeof data === 'string' ? decodeSubscriptionPayload(data) : decodeKinesisRecordData(data);
  if (decoded.kind === 'control') return;
  if (decoded.kind === 'rejected') return letter(decoded.reason, decoded.detail);
  const { batch, rejectedEvents } = decoded;
  if (isOwnLogGroup(batch.logGroup, deps.ownLogGroupPrefix)) {
    return letter(
      'self-feeding',
      `${batch.logGroup} is Lamplighter's own; remove its subscription filter`,
      batch.events.length,
    );
  }
  if (rejectedEvents.length > 0) {
    const reasons = [...new Set(rejectedEvents.map((event) => event.reason))].join(', ');
    await letter(
      'bad-log-events',
      `${rejectedEvents.length} of ${rejectedEvents.length + batch.events.length} events: ${reasons}`,
      rejectedEvents.length,
    );
  }
  if (batch.logGroup !== SPANS_LOG_GROUP) return ingestBatch(batch, deps);
  const reasons = await ingestSpans(batch, deps);
  if (reasons.length === 0) return;
  const detail = `${reasons.length} of ${batch.events.length} events: ${[...new Set(reasons)].join(', ')}`;
  await letter('bad-spans', detail, reasons.length);
}
