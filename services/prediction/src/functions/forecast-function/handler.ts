import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { defineHandler, readEnv, systemClock } from '@lamplighter/lambda-kit';
import { eventBridgePublisher } from '@lamplighter/lambda-kit/eventbridge-publisher';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import { dynamoDbPredictions } from '../../adapters/dynamodb-predictions.ts';
import { lambdaSettings } from '../../adapters/lambda-settings.ts';
import { forecastBatch } from './forecast-batch.ts';

/** Empty where there is none. */
const Budget = z.preprocess((text) => (text === '' ? undefined : text), z.coerce.number().positive().optional());

/** Windows of functions: what comes of them in the next hour, in the function and in its account. */
export const handler = defineHandler({
  name: 'prediction/forecast-function',
  compose: (logger) => {
    const env = readEnv({
      AWS_REGION: z.string(),
      ACCOUNT_ID: z.string(),
      PREDICTION_TABLE: z.string(),
      EVENT_BUS: z.string(),
      MONTHLY_BUDGET_USD: Budget,
    });
    const own = { accountId: env.ACCOUNT_ID, region: env.AWS_REGION };
    return {
      logger,
      predictions: dynamoDbPredictions(new DynamoDBClient({}), env.PREDICTION_TABLE),
      lambda: lambdaSettings(new LambdaClient({}), own),
      publish: eventBridgePublisher(new EventBridgeClient({}), env.EVENT_BUS),
      now: systemClock,
      ...(env.MONTHLY_BUDGET_USD !== undefined && { monthlyBudgetUsd: env.MONTHLY_BUDGET_USD }),
    };
  },
  handle: (event: SQSEvent, { logger, ...deps }): Promise<SQSBatchResponse> => forecastBatch(event, deps, logger),
});
