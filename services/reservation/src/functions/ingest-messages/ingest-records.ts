import type { KinesisStreamBatchResponse, KinesisStreamEvent, KinesisStreamRecord } from 'aws-lambda';
import type { IncomingMessage, IngestOutcome } from '../../ingest/incoming-message.ts';
import { type IngestDeps, ingestMessages } from '../../ingest/ingest-messages.ts';
import { isHit } from '../../runtime/faults/chance.ts';
import type { Faults } from '../../runtime/faults/faults-schema.ts';
import type { Log } from '../../runtime/safe-log.ts';
import { ServiceError, speakableError } from '../../runtime/service-error.ts';

export interface IngestRecordsDeps extends IngestDeps {
  readonly log: Log;
  readonly faults: () => Faults;
}

const NAME = 'ingest-messages';
const MS_PER_SECOND = 1_000;
/** A legacy message on the stream: partition key `legacy:<source>`, with anything after another colon. */
const LEGACY_KEY = /^legacy:([a-z0-9][a-z0-9-]{0,63})(?::|$)/;

/** A batch of the stream: a line in the log per message, with its sequence number; failures are asked for again. */
export async function ingestRecords(
  { Records: records }: KinesisStreamEvent,
  deps: IngestRecordsDeps,
): Promise<KinesisStreamBatchResponse> {
  try {
    refusePoison(records, deps.faults());
  } catch (error) {
    // Whoever watches can tell the message that is in every batch which fails only where such a batch names its messages.
    for (const record of records)
      deps.log('error', 'a message was in a batch that failed', messageOf(record, 'failed'));
    throw error;
  }
  const outcomes = await ingestMessages(records.map(incomingOf), deps);
  for (const [index, record] of records.entries()) tell(record, outcomes[index]!, deps.log);
  const failed = records.filter((_, index) => outcomes[index]!.kind === 'retry');
  return { batchItemFailures: failed.map(({ kinesis }) => ({ itemIdentifier: kinesis.sequenceNumber })) };
}

function incomingOf({ kinesis, eventID, eventSourceARN }: KinesisStreamRecord): IncomingMessage {
  return {
    bytes: Buffer.from(kinesis.data, 'base64'),
    receivedAtMs: Math.round(kinesis.approximateArrivalTimestamp * MS_PER_SECOND),
    legacySource: LEGACY_KEY.exec(kinesis.partitionKey)?.[1],
    origin: {
      stream: streamOf(eventSourceARN),
      shard: eventID.split(':')[0] ?? '',
      sequenceNumber: kinesis.sequenceNumber,
    },
  };
}

const streamOf = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

const messageOf = ({ kinesis, eventSourceARN }: KinesisStreamRecord, outcome: string) => ({
  stream: streamOf(eventSourceARN),
  sequenceNumber: kinesis.sequenceNumber,
  outcome,
});

/** The audit of whoever watches reads `stream` and `sequenceNumber`. */
function tell(record: KinesisStreamRecord, outcome: IngestOutcome, log: Log): void {
  const message = messageOf(record, outcome.kind);
  if (outcome.kind === 'retry') {
    log('error', 'a message has to come again', { ...message, errorName: speakableError(outcome.error).name });
    return;
  }
  const { reservations, setAside, doubts, code } = outcome;
  log('info', 'message processed', { ...message, reservations, setAside, doubts, code });
}

/** The fault of a poison message: one that its function cannot survive, whatever batch it is in. */
function refusePoison(records: readonly KinesisStreamRecord[], { poisonMessages, seed }: Faults): void {
  if (poisonMessages === undefined || !(poisonMessages.functions?.includes(NAME) ?? true)) return;
  if (records.some(({ kinesis }) => isHit(poisonMessages.pct, seed, 'poison', kinesis.sequenceNumber)))
    throw new ServiceError('POISON_MESSAGE', 'The fault of a poison message is in this batch.');
}
