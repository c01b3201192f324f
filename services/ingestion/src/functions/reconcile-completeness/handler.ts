import { setTimeout } from 'node:timers/promises';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { defineHandler, readEnv, systemClock } from '@lamplighter/lambda-kit';
import * as z from 'zod';
import { cloudWatchCompletenessMetric } from '../../adapters/cloudwatch-completeness-metric.ts';
import { cloudWatchInvocations } from '../../adapters/cloudwatch-invocations.ts';
import { cloudWatchLogGroupReader } from '../../adapters/cloudwatch-log-group-reader.ts';
import { dynamoDbAuditReader } from '../../adapters/dynamodb-audit-reader.ts';
import { dynamoDbLedger } from '../../adapters/dynamodb-ledger.ts';
import { dynamoDbRounds } from '../../adapters/dynamodb-rounds.ts';
import { ingestBatchFromEnv } from '../../adapters/ingest-from-env.ts';
import { reconcileCompleteness } from '../../reconcile/reconcile-completeness.ts';

/** An index follows its table within a fraction of a second (Amazon DynamoDB Developer Guide, "Global secondary indexes"). */
const INDEX_LAG_MS = 1_000;

/** The loss ledger, every hour. */
export const handler = defineHandler({
  name: 'ingestion/reconcile-completeness',
  compose: (logger) => {
    const env = readEnv({
      STAGE: z.string(),
      AUDIT_TABLE: z.string(),
      LEDGER_TABLE: z.string(),
      AUDIT_DAYS: z.coerce.number().int().positive(),
    });
    const ingest = ingestBatchFromEnv(logger);
    const dynamoDb = new DynamoDBClient({});
    const cloudWatch = new CloudWatchClient({});
    return {
      ingest,
      publish: ingest.publish,
      audit: dynamoDbAuditReader(dynamoDb, env.AUDIT_TABLE),
      ledger: dynamoDbLedger(dynamoDb, env.LEDGER_TABLE),
      rounds: dynamoDbRounds(dynamoDb, env.LEDGER_TABLE),
      ledgerDays: env.AUDIT_DAYS,
      readLogGroup: cloudWatchLogGroupReader(new CloudWatchLogsClient({})),
      invocations: cloudWatchInvocations(cloudWatch),
      metric: cloudWatchCompletenessMetric(cloudWatch, env.STAGE),
      pause: () => setTimeout(INDEX_LAG_MS),
    };
  },
  handle: async (_event: unknown, composed, context) => {
    const accountId = context.invokedFunctionArn.split(':')[4]!;
    const remainingMs = () => context.getRemainingTimeInMillis();
    await reconcileCompleteness(systemClock(), { ...composed, accountId, remainingMs });
  },
});
