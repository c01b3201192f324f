import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { XRayClient } from '@aws-sdk/client-xray';
import { defineHandler, readEnv, systemClock } from '@lamplighter/lambda-kit';
import { eventBridgePublisher } from '@lamplighter/lambda-kit/eventbridge-publisher';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import { askAudit } from '../../adapters/ask-audit.ts';
import { auditCalls } from '../../adapters/audit-calls.ts';
import { auditTraces } from '../../adapters/audit-traces.ts';
import { bedrockAdviser } from '../../adapters/bedrock-adviser.ts';
import { cloudWatchMetrics } from '../../adapters/cloudwatch-metrics.ts';
import { dynamoDbAssessments } from '../../adapters/dynamodb-assessments.ts';
import { dynamoDbChanges } from '../../adapters/dynamodb-changes.ts';
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
      ACCOUNT_ID: z.string(),
      ANALYSIS_TABLE: z.string(),
      AUDIT_FUNCTION: z.string(),
      EVENT_BUS: z.string(),
      ADVISER_MODEL: z.string().default(''),
    });
    const dynamoDb = new DynamoDBClient({});
    const lambda = new LambdaClient({});
    const audit = askAudit(lambda, env.AUDIT_FUNCTION);
    const own = { accountId: env.ACCOUNT_ID, region: env.AWS_REGION };
    return {
      logger,
      assessments: dynamoDbAssessments(dynamoDb, env.ANALYSIS_TABLE, logger),
      findings: dynamoDbFindings(dynamoDb, env.ANALYSIS_TABLE),
      changes: dynamoDbChanges(dynamoDb, env.ANALYSIS_TABLE),
      settings: lambdaSettings(lambda, env.AWS_REGION),
      metrics: cloudWatchMetrics(new CloudWatchClient({}), own),
      calls: auditCalls(audit),
      traces: probedTraces(auditTraces(audit), xrayTraces(new XRayClient({}), own), logger),
      adviser: bedrockAdviser(new BedrockRuntimeClient({}), env.ADVISER_MODEL, logger),
      publish: eventBridgePublisher(new EventBridgeClient({}), env.EVENT_BUS),
      now: systemClock,
    };
  },
  handle: (event: SQSEvent, deps): Promise<SQSBatchResponse> => assessBatch(event, deps),
});
