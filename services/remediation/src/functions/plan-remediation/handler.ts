import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { ApiGatewayV2Client } from '@aws-sdk/client-apigatewayv2';
import { ApplicationAutoScalingClient } from '@aws-sdk/client-application-auto-scaling';
import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ElastiCacheClient } from '@aws-sdk/client-elasticache';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { RDSClient } from '@aws-sdk/client-rds';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import { defineHandler, readEnv, systemClock } from '@lamplighter/lambda-kit';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import { auditWindows } from '../../adapters/audit-windows.ts';
import { awsContext } from '../../adapters/aws-context.ts';
import { bedrockAdviser } from '../../adapters/bedrock-adviser.ts';
import { cloudWatchMeters } from '../../adapters/cloudwatch-meters.ts';
import { dynamoDbExperience } from '../../adapters/dynamodb-experience.ts';
import { dynamoDbFindings } from '../../adapters/dynamodb-findings.ts';
import { dynamoDbGuard } from '../../adapters/dynamodb-guard.ts';
import { dynamoDbRemediations } from '../../adapters/dynamodb-remediations.ts';
import { narrowedStatements } from '../../adapters/narrowed-statements.ts';
import { sfnExecutions } from '../../adapters/sfn-executions.ts';
import { sqsHeldEvents } from '../../adapters/sqs-held-events.ts';
import { ssmConfig } from '../../adapters/ssm-config.ts';
import { ssmKillSwitch } from '../../adapters/ssm-kill-switch.ts';
import { planEvent } from './plan-event.ts';

/** USD of a million tokens; empty where the price book's holds. */
const usd = z.union([z.literal(''), z.coerce.number().nonnegative()]).default('');

/** The owner's own price, which takes both. */
const ownPrice = ({ ADVISER_INPUT_USD: input, ADVISER_OUTPUT_USD: output }: Record<string, unknown>) =>
  typeof input === 'number' && typeof output === 'number' ? { input, output } : undefined;

/** Findings and advices, from the queue behind the rules. One that fails comes again alone. */
export const handler = defineHandler({
  name: 'remediation/plan-remediation',
  compose: (logger) => {
    const env = readEnv({
      AWS_REGION: z.string(),
      ACCOUNT_ID: z.string(),
      REMEDIATION_TABLE: z.string(),
      CONFIG_PARAMETER: z.string(),
      KILL_SWITCH_PARAMETER: z.string(),
      FINDINGS_QUEUE_URL: z.string(),
      STATE_MACHINE: z.string(),
      AUDIT_FUNCTION: z.string(),
      EYES_ROLE: z.string(),
      ADVISER_MODEL: z.string().default(''),
      ADVISER_INPUT_USD: usd,
      ADVISER_OUTPUT_USD: usd,
    });
    const home = { accountId: env.ACCOUNT_ID, region: env.AWS_REGION };
    const dynamoDb = new DynamoDBClient({});
    const lambda = new LambdaClient({});
    const ssm = new SSMClient({});
    const sqs = new SQSClient({});
    const remediations = dynamoDbRemediations(dynamoDb, env.REMEDIATION_TABLE);
    const { start, withdraw } = sfnExecutions(new SFNClient({}), env.STATE_MACHINE);
    return {
      logger,
      remediations,
      experience: dynamoDbExperience(dynamoDb, env.REMEDIATION_TABLE, systemClock),
      context: awsContext({
        lambda,
        rds: new RDSClient({}),
        statementsOf: narrowedStatements(new STSClient({}), { roleArn: env.EYES_ROLE, region: env.AWS_REGION }),
        kinesis: new KinesisClient({}),
        dynamoDb,
        elastiCache: new ElastiCacheClient({}),
        sqs,
        http: new ApiGatewayV2Client({}),
        rest: new APIGatewayClient({}),
        scaling: new ApplicationAutoScalingClient({}),
        remediations,
        windows: auditWindows(lambda, env.AUDIT_FUNCTION),
        meters: cloudWatchMeters(new CloudWatchClient({}), home),
        logger,
      }),
      adviser: bedrockAdviser(new BedrockRuntimeClient({}), {
        modelId: env.ADVISER_MODEL,
        price: ownPrice(env),
        logger,
      }),
      config: ssmConfig(ssm, env.CONFIG_PARAMETER, systemClock),
      killSwitch: ssmKillSwitch(ssm, env.KILL_SWITCH_PARAMETER),
      findings: dynamoDbFindings(dynamoDb, env.REMEDIATION_TABLE),
      guard: dynamoDbGuard(dynamoDb, env.REMEDIATION_TABLE),
      hold: sqsHeldEvents(sqs, env.FINDINGS_QUEUE_URL),
      home,
      start,
      withdraw,
      now: systemClock,
    };
  },
  handle: async (event: SQSEvent, deps): Promise<SQSBatchResponse> => {
    const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
    for (const { messageId, body } of event.Records) {
      try {
        await planEvent(body, deps);
      } catch (error) {
        deps.logger.error('a finding or an advice was not planned for; it comes again', {
          messageId,
          error: error as Error,
        });
        batchItemFailures.push({ itemIdentifier: messageId });
      }
    }
    return { batchItemFailures };
  },
});
