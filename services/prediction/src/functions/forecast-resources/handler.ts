import { ApiGatewayV2Client } from '@aws-sdk/client-apigatewayv2';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { RDSClient } from '@aws-sdk/client-rds';
import { defineHandler, readEnv, systemClock } from '@lamplighter/lambda-kit';
import { eventBridgePublisher } from '@lamplighter/lambda-kit/eventbridge-publisher';
import * as z from 'zod';
import { awsCapacities } from '../../adapters/aws-capacities.ts';
import { cloudWatchMeasurements } from '../../adapters/cloudwatch-measurements.ts';
import { dynamoDbKnownGauges } from '../../adapters/dynamodb-known-gauges.ts';
import { dynamoDbPredictions } from '../../adapters/dynamodb-predictions.ts';
import { forecastResources } from './forecast-resources.ts';

/** Streams, tables, databases and APIs: when they will be full. */
export const handler = defineHandler({
  name: 'prediction/forecast-resources',
  compose: (logger) => {
    const env = readEnv({
      AWS_REGION: z.string(),
      ACCOUNT_ID: z.string(),
      PREDICTION_TABLE: z.string(),
      EVENT_BUS: z.string(),
    });
    const dynamoDb = new DynamoDBClient({});
    const clients = {
      kinesis: new KinesisClient({}),
      dynamoDb,
      rds: new RDSClient({}),
      apis: new ApiGatewayV2Client({}),
    };
    return {
      logger,
      own: { accountId: env.ACCOUNT_ID, region: env.AWS_REGION },
      capacities: awsCapacities(clients),
      measurements: cloudWatchMeasurements(new CloudWatchClient({})),
      knownGauges: dynamoDbKnownGauges(dynamoDb, env.PREDICTION_TABLE),
      predictions: dynamoDbPredictions(dynamoDb, env.PREDICTION_TABLE),
      publish: eventBridgePublisher(new EventBridgeClient({}), env.EVENT_BUS),
      now: systemClock,
    };
  },
  handle: (event: unknown, { logger, ...deps }): Promise<void> => forecastResources(event, deps, logger),
});
