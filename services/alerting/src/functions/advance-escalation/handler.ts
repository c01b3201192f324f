import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SSMClient } from '@aws-sdk/client-ssm';
import { defineHandler, readEnv, systemClock } from '@lamplighter/lambda-kit';
import * as z from 'zod';
import { dynamoDbOutbox } from '../../adapters/dynamodb-outbox.ts';
import { ssmPolicy } from '../../adapters/ssm-policy.ts';
import { advanceEscalation, type EscalationTurn } from './advance-escalation.ts';

/** One turn of the escalation state machine. */
export const handler = defineHandler({
  name: 'alerting/advance-escalation',
  compose: () => {
    const env = readEnv({ OUTBOX_TABLE: z.string(), POLICY_PARAMETER: z.string() });
    return {
      outbox: dynamoDbOutbox(new DynamoDBClient({}), env.OUTBOX_TABLE),
      policy: ssmPolicy(new SSMClient({}), env.POLICY_PARAMETER, systemClock),
      now: systemClock,
    };
  },
  handle: (turn: EscalationTurn, deps) => advanceEscalation(turn, deps),
});
