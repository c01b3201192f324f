import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SSMClient } from '@aws-sdk/client-ssm';
import { defineHandler, readEnv, systemClock } from '@lamplighter/lambda-kit';
import * as z from 'zod';
import { dynamoDbOutbox } from '../../adapters/dynamodb-outbox.ts';
import { ssmPolicy } from '../../adapters/ssm-policy.ts';
import { queryAlerts } from './query-alerts.ts';

/** Questions about alerts, and answers to them, from the command line, the console, and whoever may invoke this function. */
export const handler = defineHandler({
  name: 'alerting/query-alerts',
  compose: () => {
    const env = readEnv({ OUTBOX_TABLE: z.string(), POLICY_PARAMETER: z.string() });
    return {
      outbox: dynamoDbOutbox(new DynamoDBClient({}), env.OUTBOX_TABLE),
      policy: ssmPolicy(new SSMClient({}), env.POLICY_PARAMETER, systemClock),
      now: systemClock,
    };
  },
  handle: (question: unknown, deps) => queryAlerts(question, deps),
});
