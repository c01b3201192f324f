import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { XRayClient } from '@aws-sdk/client-xray';
import { defineHandler, readEnv, systemClock } from '@lamplighter/lambda-kit';
import * as z from 'zod';
import { cloudWatchInvocations } from '../../adapters/cloudwatch-invocations.ts';
import { dynamoDbAuditReader } from '../../adapters/dynamodb-audit-reader.ts';
import { dynamoDbLedger } from '../../adapters/dynamodb-ledger.ts';
import { dynamoDbSpans } from '../../adapters/dynamodb-spans.ts';
import { dynamoDbTimeline } from '../../adapters/dynamodb-timeline.ts';
import { dynamoDbWindowReader } from '../../adapters/dynamodb-window-ledger.ts';
import { xrayTraces } from '../../adapters/xray-traces.ts';
import { answerQuery } from '../../query/answer-query.ts';

/** Questions about the audit, from the command line, the console, and whoever may invoke this function. */
export const handler = defineHandler({
  name: 'ingestion/query-audit',
  compose: (logger) => {
    const env = readEnv({
      AWS_REGION: z.string(),
      AUDIT_TABLE: z.string(),
      TIMELINE_TABLE: z.string(),
      LEDGER_TABLE: z.string(),
    });
    const dynamoDb = new DynamoDBClient({});
    return {
      region: env.AWS_REGION,
      now: systemClock,
      audit: dynamoDbAuditReader(dynamoDb, env.AUDIT_TABLE),
      timeline: dynamoDbTimeline(dynamoDb, env.TIMELINE_TABLE),
      spans: dynamoDbSpans(dynamoDb, env.AUDIT_TABLE),
      traces: xrayTraces(new XRayClient({}), logger),
      ledger: dynamoDbLedger(dynamoDb, env.LEDGER_TABLE),
      windows: dynamoDbWindowReader(dynamoDb, env.LEDGER_TABLE),
      invocations: cloudWatchInvocations(new CloudWatchClient({})),
    };
  },
  handle: (question: unknown, composed, context) =>
    answerQuery(question, { ...composed, accountId: context.invokedFunctionArn.split(':')[4]! }),
});
