import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { XRayClient } from '@aws-sdk/client-xray';
import { defineHandler, readEnv, systemClock } from '@lamplighter/lambda-kit';
import { eventBridgePublisher } from '@lamplighter/lambda-kit/eventbridge-publisher';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import { auditTraces } from '../../adapters/audit-traces.ts';
import { bedrockAdviser } from '../../adapters/bedrock-adviser.ts';
import { dynamoDbAssessments } from '../../adapters/dynamodb-assessments.ts';
import { dynamoDbFindings } from '../../adapters/dynamodb-findings.ts';
import { lambdaSettings } from '../../adapters/lambda-settings.ts';
import { probedTraces } from '../../adapters/probed-traces.ts';
import { xrayTraces } from '../../adapters/xray-traces.ts';
import { assessBatch } from './assess-batch.ts';

/** Windows, deploys, alarms and given-up requests of functions: what is abnormal, since when, and why. */
export const handler = defineHandler({
  name: 'analysis/assess-function',
  compose: (logger) => {
    const env = readEnv({
      AWS_REGION: z.string(),
      ANALYSIS_TABLE: z.string(),
      AUDIT_FUNCTION: z.string(),
      EVENT_BUS: z.string(),
      ADVISER_MODEL: z.string().default(''),
    });
    const dynamoDb = new DynamoDBClient({});
    const lambda = new LambdaClient({});
    return {
      logger,
      assessments: dynamoDbAssessments(dynamoDb, env.ANALYSIS_TABLE),
      findings: dynamoDbFindings(dynamoDb, env.ANALYSIS_TABLE),
      settings: lambdaSettings(lambda, env.AWS_REGION),
      traces: probedTraces(auditTraces(lambda, env.AUDIT_FUNCTION), xrayTraces(new XRayClient({})), logger),
      adviser: bedrockAdviser(new BedrockRuntimeClient({}), env.ADVISER_MODEL, logger),
      publish: eventBridgePublisher(new EventBridgeClient({}), env.EVENT_BUS),
      now: systemClock,
    };
  },
  handle: (event: SQSEvent, { logger, ...deps }): Promise<SQSBatchResponse> => assessBatch(event, deps, logger),
});
