import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { defineHandler, readEnv, systemClock } from '@lamplighter/lambda-kit';
import * as z from 'zod';
import { dynamoDbForecasts } from '../../adapters/dynamodb-forecasts.ts';
import { queryForecasts } from './query-forecasts.ts';

/** Questions about forecasts, breaches and costs, from the command line, the console, and whoever may invoke this function. */
export const handler = defineHandler({
  name: 'prediction/query-forecasts',
  compose: () => {
    const env = readEnv({ PREDICTION_TABLE: z.string() });
    return { forecasts: dynamoDbForecasts(new DynamoDBClient({}), env.PREDICTION_TABLE), now: systemClock };
  },
  handle: (question: unknown, { forecasts, now }) => queryForecasts(question, { forecasts, now }),
});
