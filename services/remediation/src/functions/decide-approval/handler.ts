import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SSMClient } from '@aws-sdk/client-ssm';
import { defineHandler, readEnv, systemClock } from '@lamplighter/lambda-kit';
import { dynamoDbSigningKey } from '@lamplighter/lambda-kit/dynamodb-signing-key';
import { htmlResponse } from '@lamplighter/signed-links';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod';
import { dynamoDbRemediations } from '../../adapters/dynamodb-remediations.ts';
import { sfnExecutions } from '../../adapters/sfn-executions.ts';
import { ssmConfig } from '../../adapters/ssm-config.ts';
import { decideApproval } from './decide-approval.ts';

/** Approvers' links. */
export const handler = defineHandler({
  name: 'remediation/decide-approval',
  compose: (logger) => {
    const env = readEnv({
      REMEDIATION_TABLE: z.string(),
      CONFIG_PARAMETER: z.string(),
      STATE_MACHINE: z.string(),
      REALM: z.string(),
    });
    const dynamoDb = new DynamoDBClient({});
    return {
      remediations: dynamoDbRemediations(dynamoDb, env.REMEDIATION_TABLE),
      config: ssmConfig(new SSMClient({}), env.CONFIG_PARAMETER, systemClock),
      continueExecution: sfnExecutions(new SFNClient({}), env.STATE_MACHINE).goOn,
      key: dynamoDbSigningKey(dynamoDb, env.REMEDIATION_TABLE, 'approval'),
      realm: env.REALM,
      now: systemClock,
      refused: (reason: string, claims?: { remediationId: string; approver: string; decision: string }) =>
        logger.warn('a decision was refused', { reason, ...claims }),
    };
  },
  handle: async (event: APIGatewayProxyEventV2, deps): Promise<APIGatewayProxyStructuredResultV2> => {
    const isDecision = event.requestContext.http.method === 'POST';
    const { status, html } = await decideApproval({ token: event.pathParameters?.token ?? '', isDecision }, deps);
    return htmlResponse(status, html);
  },
});
