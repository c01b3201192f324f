import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { FirehoseClient } from '@aws-sdk/client-firehose';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { readEnv, type StructuredLogger, systemClock } from '@lamplighter/lambda-kit';
import { eventBridgePublisher } from '@lamplighter/lambda-kit/eventbridge-publisher';
import * as z from 'zod';
import type { IngestDeps } from '../ingest/ingest-batch.ts';
import type { IngestPayloadDeps } from '../ingest/ingest-payload.ts';
import type { Door, PublishPort } from '../ports.ts';
import { closingScheduler } from '../windows/closing-scheduler.ts';
import { FIREHOSE_WAIT, OVERFLOW_WAIT } from './archive-waits.ts';
import { dynamoDbAuditWriter } from './dynamodb-audit-writer.ts';
import { dynamoDbLedger } from './dynamodb-ledger.ts';
import { dynamoDbSpans } from './dynamodb-spans.ts';
import { dynamoDbTimeline } from './dynamodb-timeline.ts';
import { dynamoDbWindowLedger } from './dynamodb-window-ledger.ts';
import { firehoseArchive } from './firehose-archive.ts';
import { s3ArchiveOverflow } from './s3-archive-overflow.ts';
import { s3DeadLetters } from './s3-dead-letters.ts';
import { sqsClosings } from './sqs-closings.ts';
import { windowPolicyFromEnv, windowRecordsKeptMs } from './window-policy-from-env.ts';

/** What writes batches into the audit is composed of, and the bus. */
export function ingestBatchFromEnv(logger: StructuredLogger): IngestDeps & { readonly publish: PublishPort } {
  const env = readEnv({
    AWS_REGION: z.string(),
    AUDIT_TABLE: z.string(),
    TIMELINE_TABLE: z.string(),
    LEDGER_TABLE: z.string(),
    ARCHIVE_STREAM: z.string(),
    ARCHIVE_BUCKET: z.string(),
    EVENT_BUS: z.string(),
    WINDOW_CLOSINGS: z.string(),
    AUDIT_DAYS: z.coerce.number().int().positive(),
  });
  const policy = windowPolicyFromEnv();
  const dynamoDb = new DynamoDBClient({});
  return {
    region: env.AWS_REGION,
    auditDays: env.AUDIT_DAYS,
    timeline: dynamoDbTimeline(dynamoDb, env.TIMELINE_TABLE),
    audit: dynamoDbAuditWriter(dynamoDb, env.AUDIT_TABLE, env.AUDIT_DAYS),
    ledger: dynamoDbLedger(dynamoDb, env.LEDGER_TABLE),
    closings: closingScheduler({
      now: systemClock,
      policy,
      windows: dynamoDbWindowLedger(dynamoDb, env.LEDGER_TABLE, windowRecordsKeptMs(policy)),
      closings: sqsClosings(new SQSClient({}), env.WINDOW_CLOSINGS),
    }),
    archive: firehoseArchive({
      client: new FirehoseClient(FIREHOSE_WAIT),
      deliveryStream: env.ARCHIVE_STREAM,
      overflow: s3ArchiveOverflow(new S3Client(OVERFLOW_WAIT), env.ARCHIVE_BUCKET, systemClock),
      logger,
    }),
    publish: eventBridgePublisher(new EventBridgeClient({}), env.EVENT_BUS),
  };
}

/** What a door is composed of. */
export function ingestPayloadFromEnv(door: Door, logger: StructuredLogger): IngestPayloadDeps {
  const env = readEnv({ AUDIT_TABLE: z.string(), DEAD_LETTER_BUCKET: z.string(), OWN_LOG_GROUP_PREFIX: z.string() });
  return {
    ...ingestBatchFromEnv(logger),
    door,
    ownLogGroupPrefix: env.OWN_LOG_GROUP_PREFIX,
    spans: dynamoDbSpans(new DynamoDBClient({}), env.AUDIT_TABLE),
    deadLetters: s3DeadLetters(new S3Client({}), env.DEAD_LETTER_BUCKET),
  };
}
