import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { defineHandler, readEnv, systemClock } from '@lamplighter/lambda-kit';
import { eventBridgePublisher } from '@lamplighter/lambda-kit/eventbridge-publisher';
import * as z from 'zod';
import { cloudWatchLogGroups } from '../../adapters/cloudwatch-log-groups.ts';
import { dynamoDbLedger } from '../../adapters/dynamodb-ledger.ts';
import { dynamoDbRounds } from '../../adapters/dynamodb-rounds.ts';
import { createdLogGroup } from '../../domain/created-log-group.ts';
import { subscribeLogGroup } from '../../subscribe/subscribe-log-group.ts';
import { sweepLogGroups } from '../../subscribe/sweep-log-groups.ts';

/** A log group that appeared (CloudTrail's CreateLogGroup), or, hourly, all that were missed. */
export const handler = defineHandler({
  name: 'ingestion/subscribe-log-group',
  compose: () => {
    const env = readEnv({
      AWS_REGION: z.string(),
      DESTINATION_ARN: z.string(),
      DESTINATION_ROLE_ARN: z.string(),
      FILTER_NAME: z.string(),
      WATCHED_LOG_GROUP_PREFIX: z.string().min(1),
      OWN_LOG_GROUP_PREFIX: z.string(),
      WATCHED_RETENTION_DAYS: z.coerce.number().int().positive(),
      LEDGER_TABLE: z.string(),
      EVENT_BUS: z.string(),
    });
    const dynamoDb = new DynamoDBClient({});
    return {
      region: env.AWS_REGION,
      now: systemClock,
      policy: {
        watchedPrefix: env.WATCHED_LOG_GROUP_PREFIX,
        ownPrefix: env.OWN_LOG_GROUP_PREFIX,
        filterName: env.FILTER_NAME,
        destinationArn: env.DESTINATION_ARN,
      },
      retentionDays: env.WATCHED_RETENTION_DAYS,
      // Waits by itself where an account of thousands of groups is throttled.
      logGroups: cloudWatchLogGroups(new CloudWatchLogsClient({ retryMode: 'adaptive', maxAttempts: 6 }), {
        filterName: env.FILTER_NAME,
        destinationArn: env.DESTINATION_ARN,
        roleArn: env.DESTINATION_ROLE_ARN,
      }),
      ledger: dynamoDbLedger(dynamoDb, env.LEDGER_TABLE),
      rounds: dynamoDbRounds(dynamoDb, env.LEDGER_TABLE),
      publish: eventBridgePublisher(new EventBridgeClient({}), env.EVENT_BUS),
    };
  },
  handle: async (event: unknown, composed, context) => {
    const deps = { ...composed, accountId: context.invokedFunctionArn.split(':')[4]! };
    if ((event as { sweep?: unknown })?.sweep === true)
      return sweepLogGroups({ ...deps, remainingMs: () => context.getRemainingTimeInMillis() });
    const logGroup = createdLogGroup(event);
    if (logGroup !== undefined) await subscribeLogGroup(logGroup, deps, { created: true });
  },
});
