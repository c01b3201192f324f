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

/**
 * The outbox's own stream. A batch that fails comes again in halves, so that the record which fails holds up no other for long; what is given up in the end lies
 * in the table all the same, where sweep-outbox finds it.
 */
export const handler = defineHandler({
  name: 'alerting/relay-outbox',
  compose: (logger) => {
    const env = readEnv({
      OUTBOX_TABLE: z.string(),
      DELIVERY_QUEUE: z.string(),
      ESCALATION_MACHINE: z.string(),
      EVENT_BUS: z.string(),
    });
    return {
      logger,
      outbox: dynamoDbOutbox(new DynamoDBClient({}), env.OUTBOX_TABLE),
      order: sqsDeliveryOrders(new SQSClient({}), env.DELIVERY_QUEUE),
      startEscalation: sfnEscalations(new SFNClient({}), env.ESCALATION_MACHINE),
      publish: eventBridgePublisher(new EventBridgeClient({}), env.EVENT_BUS),
      unpublished: (news: number, error: Error) => logger.error('the bus was not told of alerts', { news, error }),
    };
  },
  handle: async (event: DynamoDBStreamEvent, { logger, ...deps }): Promise<void> => {
    const rows = event.Records.flatMap(({ eventID, dynamodb }) => {
      const { NewImage, OldImage } = dynamodb as { NewImage?: Image; OldImage?: Image };
      try {
        return rowOf(NewImage, OldImage) ?? [];
      } catch (error) {
        // It reads no better the next time.
        logger.error('a row of the outbox could not be read', { eventID, error: error as Error });
        return [];
      }
    });
    await relayOutbox(rows, deps);
  },
});
