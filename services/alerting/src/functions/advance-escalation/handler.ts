import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SSMClient } from '@aws-sdk/client-ssm';
import { defineHandler, readEnv, systemClock } from '@lamplighter/lambda-kit';
import * as z from 'zod';
import { dynamoDbOutbox } from '../../adapters/dynamodb-outbox.ts';
import { policyInForce } from '../../adapters/policy-in-force.ts';
import { advanceEscalation, type EscalationTurn } from './advance-escalation.ts';

/** One turn of the escalation state machine. */
export const handler = defineHandler({
  name: 'alerting/advance-escalation',
  compose: (logger) => {
    const env = readEnv({ OUTBOX_TABLE: z.string(), POLICY_PARAMETER: z.string() });
    const dynamoDb = new DynamoDBClient({});
    return {
      outbox: dynamoDbOutbox(dynamoDb, env.OUTBOX_TABLE),
      policy: policyInForce({ ssm: new SSMClient({}), dynamoDb, logger, env, now: systemClock }),
      now: systemClock,
    };
  },
  handle: (turn: EscalationTurn, deps) => advanceEscalation(turn, deps),
});
