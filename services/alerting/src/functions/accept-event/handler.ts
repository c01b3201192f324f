import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SSMClient } from '@aws-sdk/client-ssm';
import { defineHandler, readEnv, systemClock } from '@lamplighter/lambda-kit';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import { dynamoDbOutbox } from '../../adapters/dynamodb-outbox.ts';
import { ssmPolicy } from '../../adapters/ssm-policy.ts';
import { acceptEvent } from './accept-event.ts';

/** Events that may concern somebody, from the queue behind the rules. One that fails comes again alone, and lies in the dead-letter queue in the end. */
export const handler = defineHandler({
  name: 'alerting/accept-event',
  compose: (logger) => {
    const env = readEnv({ OUTBOX_TABLE: z.string(), POLICY_PARAMETER: z.string() });
    return {
      logger,
      outbox: dynamoDbOutbox(new DynamoDBClient({}), env.OUTBOX_TABLE),
      policy: ssmPolicy(new SSMClient({}), env.POLICY_PARAMETER, systemClock),
      now: systemClock,
    };
  },
  handle: async (event: SQSEvent, { logger, ...deps }): Promise<SQSBatchResponse> => {
    const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
    for (const { messageId, body } of event.Records) {
      try {
        await acceptEvent(JSON.parse(body), deps);
      } catch (error) {
        logger.error('an event was not accepted; it comes again', { messageId, error: error as Error });
        batchItemFailures.push({ itemIdentifier: messageId });
      }
    }
    return { batchItemFailures };
  },
});
