import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SSMClient } from '@aws-sdk/client-ssm';
import { defineHandler, readEnv, systemClock } from '@lamplighter/lambda-kit';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import { dynamoDbOutbox } from '../../adapters/dynamodb-outbox.ts';
import { policyInForce } from '../../adapters/policy-in-force.ts';
import { acceptSignals, sortEvents } from './accept-event.ts';

/** Events that may concern somebody, from the queue behind the rules. One that fails comes again alone, and lies in the dead-letter queue in the end. */
export const handler = defineHandler({
  name: 'alerting/accept-event',
  compose: (logger) => {
    const env = readEnv({ OUTBOX_TABLE: z.string(), POLICY_PARAMETER: z.string() });
    const dynamoDb = new DynamoDBClient({});
    return {
      logger,
      outbox: dynamoDbOutbox(dynamoDb, env.OUTBOX_TABLE),
      policy: policyInForce({ ssm: new SSMClient({}), dynamoDb, logger, env, now: systemClock }),
      now: systemClock,
    };
  },
  handle: async (event: SQSEvent, { logger, ...deps }): Promise<SQSBatchResponse> => {
    const { groups, unreadable } = sortEvents(event.Records.map(({ messageId, body }) => ({ id: messageId, body })));
    for (const { id, error } of unreadable) logger.error('an event could not be read; it comes again', { id, error });
    const outcomes = await Promise.all(
      [...groups.values()].map(async (own) => {
        try {
          await acceptSignals(
            own.map(({ signal }) => signal),
            deps,
          );
          return [];
        } catch (error) {
          logger.error('events were not accepted; they come again', { events: own.length, error: error as Error });
          return own.map(({ id }) => id);
        }
      }),
    );
    const failed = [...unreadable.map(({ id }) => id), ...outcomes.flat()];
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  },
});
