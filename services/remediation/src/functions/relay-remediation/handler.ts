import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { defineHandler, readEnv } from '@lamplighter/lambda-kit';
import { eventBridgePublisher } from '@lamplighter/lambda-kit/eventbridge-publisher';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import * as z from 'zod';
import type { StoredRemediation } from '../../domain/stored-remediation.ts';
import { relayRemediation } from './relay-remediation.ts';

/** The table's own stream. From the first record that fails on, the shard comes again: no revision is skipped. */
export const handler = defineHandler({
  name: 'remediation/relay-remediation',
  compose: (logger) => {
    const env = readEnv({ EVENT_BUS: z.string() });
    return { logger, publish: eventBridgePublisher(new EventBridgeClient({}), env.EVENT_BUS) };
  },
  handle: async (event: DynamoDBStreamEvent, { logger, publish }): Promise<DynamoDBBatchResponse> => {
    for (const { dynamodb } of event.Records) {
      const after = storedIn(dynamodb?.NewImage as Record<string, AttributeValue> | undefined);
      if (after === undefined) continue;
      try {
        await relayRemediation(
          storedIn(dynamodb?.OldImage as Record<string, AttributeValue> | undefined),
          after,
          publish,
        );
      } catch (error) {
        logger.error('a repair was not told; it comes again', { error: error as Error });
        return { batchItemFailures: [{ itemIdentifier: dynamodb!.SequenceNumber! }] };
      }
    }
    return { batchItemFailures: [] };
  },
});

function storedIn(image: Record<string, AttributeValue> | undefined): StoredRemediation | undefined {
  return image === undefined ? undefined : (unmarshall(image).stored as StoredRemediation | undefined);
}
