import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { defineHandler, readEnv, systemClock } from '@lamplighter/lambda-kit';
import * as z from 'zod';
import { cloudWatchSyntheticMetric } from '../../adapters/cloudwatch-synthetic-metric.ts';
import { dynamoDbOutbox } from '../../adapters/dynamodb-outbox.ts';
import { checkSyntheticAlert } from './check-synthetic-alert.ts';

/** Which channels the daily proof went through. */
export const handler = defineHandler({
  name: 'alerting/check-synthetic-alert',
  compose: (logger) => {
    const env = readEnv({ OUTBOX_TABLE: z.string(), STAGE: z.string() });
    return {
      logger,
      outbox: dynamoDbOutbox(new DynamoDBClient({}), env.OUTBOX_TABLE),
      report: cloudWatchSyntheticMetric(new CloudWatchClient({}), env.STAGE),
      now: systemClock,
    };
  },
  handle: async (_event: unknown, { logger, ...deps }): Promise<void> => {
    const silent = await checkSyntheticAlert(deps);
    if (silent.length > 0) logger.error('the synthetic alert did not come through', { channels: silent });
  },
});
