import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SQSClient } from '@aws-sdk/client-sqs';
import { defineHandler, readEnv, systemClock } from '@lamplighter/lambda-kit';
import { eventBridgePublisher } from '@lamplighter/lambda-kit/eventbridge-publisher';
import * as z from 'zod';
import { dynamoDbAuditReader } from '../../adapters/dynamodb-audit-reader.ts';
import { dynamoDbWindowLedger } from '../../adapters/dynamodb-window-ledger.ts';
import { sqsClosings } from '../../adapters/sqs-closings.ts';
import { windowPolicyFromEnv } from '../../adapters/window-policy-from-env.ts';
import { closeMessages } from './close-messages.ts';

const DAY_MS = 86_400_000;

/** Minutes of functions whose time has come. */
export const handler = defineHandler({
  name: 'ingestion/close-windows',
  compose: (logger) => {
    const env = readEnv({
      AUDIT_TABLE: z.string(),
      LEDGER_TABLE: z.string(),
      WINDOW_CLOSINGS: z.string(),
      EVENT_BUS: z.string(),
      AUDIT_DAYS: z.coerce.number().int().positive(),
    });
    const policy = windowPolicyFromEnv();
    const dynamoDb = new DynamoDBClient({});
    return {
      logger,
      now: systemClock,
      policy,
      audit: dynamoDbAuditReader(dynamoDb, env.AUDIT_TABLE),
      windows: dynamoDbWindowLedger(dynamoDb, env.LEDGER_TABLE, env.AUDIT_DAYS * DAY_MS),
      closings: sqsClosings(new SQSClient({}), env.WINDOW_CLOSINGS),
      publish: eventBridgePublisher(new EventBridgeClient({}), env.EVENT_BUS),
    };
  },
  handle: closeMessages,
});
