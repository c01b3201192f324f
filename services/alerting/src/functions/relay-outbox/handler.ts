import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import { defineHandler, readEnv } from '@lamplighter/lambda-kit';
import { eventBridgePublisher } from '@lamplighter/lambda-kit/eventbridge-publisher';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import * as z from 'zod';
import { dynamoDbOutbox } from '../../adapters/dynamodb-outbox.ts';
import { rowOf } from '../../adapters/outbox-row.ts';
import { sfnEscalations } from '../../adapters/sfn-escalations.ts';
import { sqsDeliveryOrders } from '../../adapters/sqs-delivery-orders.ts';
import { relayOutbox } from './relay-outbox.ts';

type Image = Record<string, AttributeValue>;

/** The outbox's own stream. A batch that fails comes again as a whole: nothing is skipped, and everything that it sets in motion may be repeated. */
export const handler = defineHandler({
  name: 'alerting/relay-outbox',
  compose: () => {
    const env = readEnv({
      OUTBOX_TABLE: z.string(),
      DELIVERY_QUEUE: z.string(),
      ESCALATION_MACHINE: z.string(),
      EVENT_BUS: z.string(),
    });
    return {
      outbox: dynamoDbOutbox(new DynamoDBClient({}), env.OUTBOX_TABLE),
      order: sqsDeliveryOrders(new SQSClient({}), env.DELIVERY_QUEUE),
      startEscalation: sfnEscalations(new SFNClient({}), env.ESCALATION_MACHINE),
      publish: eventBridgePublisher(new EventBridgeClient({}), env.EVENT_BUS),
    };
  },
  handle: async (event: DynamoDBStreamEvent, deps): Promise<void> => {
    const rows = event.Records.flatMap(({ dynamodb }) => {
      const { NewImage, OldImage } = dynamodb as { NewImage?: Image; OldImage?: Image };
      return rowOf(NewImage, OldImage) ?? [];
    });
    await relayOutbox(rows, deps);
  },
});
