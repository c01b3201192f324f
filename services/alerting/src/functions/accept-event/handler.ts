import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { commandPlace, defineHandler, readEnv, systemClock } from '@lamplighter/lambda-kit';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import { dynamoDbOutbox } from '../../adapters/dynamodb-outbox.ts';
import { policyInForce } from '../../adapters/policy-in-force.ts';
import { sqsHeldEvents } from '../../adapters/sqs-held-events.ts';
import { acceptSignals, sortEvents } from './accept-event.ts';
import { recordBounce } from './record-bounce.ts';

/** Events that may concern somebody, from the queue behind the rules. One that fails comes again alone, and lies in the dead-letter queue in the end. */
export const handler = defineHandler({
  name: 'alerting/accept-event',
  compose: (logger) => {
    const env = readEnv({
      OUTBOX_TABLE: z.string(),
      POLICY_PARAMETER: z.string(),
      INCOMING_QUEUE_URL: z.string(),
      STAGE: z.string(),
    });
    const dynamoDb = new DynamoDBClient({});
    return {
      logger,
      outbox: dynamoDbOutbox(dynamoDb, env.OUTBOX_TABLE),
      policy: policyInForce({ ssm: new SSMClient({}), dynamoDb, logger, env, now: systemClock }),
      hold: sqsHeldEvents(new SQSClient({}), env.INCOMING_QUEUE_URL),
      place: commandPlace(env.STAGE),
      now: systemClock,
    };
  },
  handle: async (event: SQSEvent, { logger, hold, place, ...deps }): Promise<SQSBatchResponse> => {
    const records = event.Records.map(({ messageId, body }) => ({ id: messageId, body }));
    const { groups, bounces, held, unreadable } = sortEvents(records, deps.now(), place);
    for (const { id, error } of unreadable) logger.error('an event could not be read; it comes again', { id, error });
    const attempts = [
      ...bounces.map(({ id, bounce }) => ({ ids: [id], attempt: () => recordBounce(bounce, deps) })),
      ...held.map(({ id, body, delayMs }) => ({ ids: [id], attempt: () => hold(body, delayMs) })),
      ...[...groups.values()].map((own) => ({
        ids: own.map(({ id }) => id),
        attempt: () =>
          acceptSignals(
            own.map(({ signal }) => signal),
            deps,
          ),
      })),
    ];
    const outcomes = await Promise.all(
      attempts.map(async ({ ids, attempt }) => {
        try {
          await attempt();
          return [];
        } catch (error) {
          logger.error('events were not accepted; they come again', { events: ids.length, error: error as Error });
          return ids;
        }
      }),
    );
    const failed = [...unreadable.map(({ id }) => id), ...outcomes.flat()];
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  },
});
