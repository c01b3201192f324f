import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import { defineHandler, readEnv } from '@lamplighter/lambda-kit';
import { eventBridgePublisher } from '@lamplighter/lambda-kit/eventbridge-publisher';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import * as z from 'zod';
import { cloudWatchSyntheticMetric } from '../../adapters/cloudwatch-synthetic-metric.ts';
import { dynamoDbOutbox } from '../../adapters/dynamodb-outbox.ts';
import { rowOf } from '../../adapters/outbox-row.ts';
import { sfnEscalations } from '../../adapters/sfn-escalations.ts';
import { sqsDeliveryOrders } from '../../adapters/sqs-delivery-orders.ts';
import { relayOutbox } from './relay-outbox.ts';

/** The outbox's own stream. From the first record that fails on, the shard comes again: nothing is skipped. */
export const handler = defineHandler({
  name: 'alerting/relay-outbox',
  compose: (logger) => {
    const env = readEnv({
      OUTBOX_TABLE: z.string(),
      DELIVERY_QUEUE: z.string(),
      ESCALATION_MACHINE: z.string(),
      EVENT_BUS: z.string(),
      STAGE: z.string(),
    });
    return {
      logger,
      outbox: dynamoDbOutbox(new DynamoDBClient({}), env.OUTBOX_TABLE),
      order: sqsDeliveryOrders(new SQSClient({}), env.DELIVERY_QUEUE),
      startEscalation: sfnEscalations(new SFNClient({}), env.ESCALATION_MACHINE),
      syntheticDelivered: cloudWatchSyntheticMetric(new CloudWatchClient({}), env.STAGE),
      publish: eventBridgePublisher(new EventBridgeClient({}), env.EVENT_BUS),
    };
  },
  handle: async (event: DynamoDBStreamEvent, { logger, ...deps }): Promise<DynamoDBBatchResponse> => {
    for (const { dynamodb } of event.Records) {
      const images = dynamodb as {
        NewImage?: Record<string, AttributeValue>;
        OldImage?: Record<string, AttributeValue>;
      };
      const row = rowOf(images.NewImage, images.OldImage);
      if (row === undefined) continue;
      try {
        await relayOutbox(row, deps);
      } catch (error) {
        logger.error('a row was not relayed; it comes again', { row: row.kind, error: error as Error });
        return { batchItemFailures: [{ itemIdentifier: dynamodb!.SequenceNumber! }] };
      }
    }
    return { batchItemFailures: [] };
  },
});
