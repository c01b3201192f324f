import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { defineHandler, readEnv, systemClock } from '@lamplighter/lambda-kit';
import * as z from 'zod';
import { dynamoDbOutbox } from '../../adapters/dynamodb-outbox.ts';
import { policyInForce } from '../../adapters/policy-in-force.ts';
import { sfnEscalations } from '../../adapters/sfn-escalations.ts';
import { sqsDeliveryOrders } from '../../adapters/sqs-delivery-orders.ts';
import type { DeliveryOrder, StoredAlertWithDeliveries } from '../../ports.ts';
import { sweepOutbox } from './sweep-outbox.ts';

/** Alerts that nothing else looked after in time. */
export const handler = defineHandler({
  name: 'alerting/sweep-outbox',
  compose: (logger) => {
    const env = readEnv({
      OUTBOX_TABLE: z.string(),
      POLICY_PARAMETER: z.string(),
      DELIVERY_QUEUE: z.string(),
      UNDELIVERED_QUEUE: z.string(),
      ESCALATION_MACHINE: z.string(),
    });
    const dynamoDb = new DynamoDBClient({});
    const sqs = new SQSClient({});
    const report = sqsDeliveryOrders(sqs, env.UNDELIVERED_QUEUE);
    return {
      outbox: dynamoDbOutbox(dynamoDb, env.OUTBOX_TABLE),
      policy: policyInForce({ ssm: new SSMClient({}), dynamoDb, logger, env, now: systemClock }),
      order: sqsDeliveryOrders(sqs, env.DELIVERY_QUEUE),
      startEscalation: sfnEscalations(new SFNClient({}), env.ESCALATION_MACHINE),
      reportUnheard: async (orders: readonly DeliveryOrder[]) => {
        logger.error('nobody could be told of an alert', { alertId: orders[0]?.alertId });
        await report(orders, 0);
      },
      failed: ({ alert }: StoredAlertWithDeliveries, error: Error) =>
        logger.error('an alert could not be looked after; the next round tries again', {
          alertId: alert.value?.alertId,
          error,
        }),
      now: systemClock,
    };
  },
  handle: async (_event: unknown, deps): Promise<void> => {
    await sweepOutbox(deps);
  },
});
