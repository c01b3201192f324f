import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SSMClient } from '@aws-sdk/client-ssm';
import { defineHandler, readEnv, systemClock } from '@lamplighter/lambda-kit';
import * as z from 'zod';
import { dynamoDbOutbox } from '../../adapters/dynamodb-outbox.ts';
import { policyInForce } from '../../adapters/policy-in-force.ts';
import { queryAlerts } from './query-alerts.ts';

/** Questions about alerts, and answers to them, from the command line, the console, and whoever may invoke this function. */
export const handler = defineHandler({
  name: 'alerting/query-alerts',
  compose: (logger) => {
    const env = readEnv({ OUTBOX_TABLE: z.string(), POLICY_PARAMETER: z.string() });
    const dynamoDb = new DynamoDBClient({});
    return {
      outbox: dynamoDbOutbox(dynamoDb, env.OUTBOX_TABLE),
      policy: policyInForce({ ssm: new SSMClient({}), dynamoDb, logger, env, now: systemClock }),
      now: systemClock,
    };
  },
  handle: (question: unknown, deps) => queryAlerts(question, deps),
});
