import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { defineHandler, readEnv, systemClock } from '@lamplighter/lambda-kit';
import { dynamoDbSigningKey } from '@lamplighter/lambda-kit/dynamodb-signing-key';
import * as z from 'zod';
import { approvalLinks } from '../../adapters/approval-links.ts';
import { auditWindows } from '../../adapters/audit-windows.ts';
import { cloudWatchMeters } from '../../adapters/cloudwatch-meters.ts';
import { dynamoDbExperience } from '../../adapters/dynamodb-experience.ts';
import { dynamoDbGuard } from '../../adapters/dynamodb-guard.ts';
import { dynamoDbRemediations } from '../../adapters/dynamodb-remediations.ts';
import { sqsMoves } from '../../adapters/sqs-moves.ts';
import { ssmConfig } from '../../adapters/ssm-config.ts';
import { ssmKillSwitch } from '../../adapters/ssm-kill-switch.ts';
import { type StepRequest, takeStep } from './take-step.ts';

/** Steps of the state machine that decide and record. */
export const handler = defineHandler({
  name: 'remediation/take-step',
  compose: () => {
    const env = readEnv({
      AWS_REGION: z.string(),
      ACCOUNT_ID: z.string(),
      REMEDIATION_TABLE: z.string(),
      CONFIG_PARAMETER: z.string(),
      KILL_SWITCH_PARAMETER: z.string(),
      AUDIT_FUNCTION: z.string(),
      APPROVAL_BASE_URL: z.string(),
      REALM: z.string(),
    });
    const home = { accountId: env.ACCOUNT_ID, region: env.AWS_REGION };
    const dynamoDb = new DynamoDBClient({});
    const ssm = new SSMClient({});
    const key = dynamoDbSigningKey(dynamoDb, env.REMEDIATION_TABLE, 'approval');
    return {
      remediations: dynamoDbRemediations(dynamoDb, env.REMEDIATION_TABLE),
      guard: dynamoDbGuard(dynamoDb, env.REMEDIATION_TABLE),
      experience: dynamoDbExperience(dynamoDb, env.REMEDIATION_TABLE, systemClock),
      config: ssmConfig(ssm, env.CONFIG_PARAMETER, systemClock),
      killSwitch: ssmKillSwitch(ssm, env.KILL_SWITCH_PARAMETER),
      windows: auditWindows(new LambdaClient({}), env.AUDIT_FUNCTION),
      meters: cloudWatchMeters(new CloudWatchClient({}), home),
      moves: sqsMoves(new SQSClient({})),
      approvalLinks: approvalLinks({ baseUrl: env.APPROVAL_BASE_URL, realm: env.REALM, key }),
      home,
      now: systemClock,
    };
  },
  handle: (request: StepRequest, deps) => takeStep(request, deps),
});
