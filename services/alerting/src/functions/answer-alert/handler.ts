import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SSMClient } from '@aws-sdk/client-ssm';
import { defineHandler, readEnv, systemClock } from '@lamplighter/lambda-kit';
import { dynamoDbSigningKey } from '@lamplighter/lambda-kit/dynamodb-signing-key';
import { htmlResponse } from '@lamplighter/signed-links';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod';
import { dynamoDbOutbox } from '../../adapters/dynamodb-outbox.ts';
import { policyInForce } from '../../adapters/policy-in-force.ts';
import { ssmSecrets } from '../../adapters/ssm-secrets.ts';
import { tokenSecrets } from '../../adapters/token-secrets.ts';
import type { AnswerClaims } from '../../domain/answer-token.ts';
import { isFromSlack } from '../../domain/slack-signature.ts';
import { answerStoredAlert } from '../../outbox/answer-stored-alert.ts';
import { answerRequest } from './answer-request.ts';
import { slackInteraction } from './slack-interaction.ts';

/** Links in messages, and Slack's buttons. */
export const handler = defineHandler({
  name: 'alerting/answer-alert',
  compose: (logger) => {
    const env = readEnv({
      OUTBOX_TABLE: z.string(),
      POLICY_PARAMETER: z.string(),
      SLACK_SIGNING_SECRET: z.string(),
      REALM: z.string(),
    });
    const dynamoDb = new DynamoDBClient({});
    const ssm = new SSMClient({});
    const secret = tokenSecrets(ssmSecrets(ssm, systemClock));
    return {
      outbox: dynamoDbOutbox(dynamoDb, env.OUTBOX_TABLE),
      policy: policyInForce({ ssm, dynamoDb, logger, env, now: systemClock }),
      key: dynamoDbSigningKey(dynamoDb, env.OUTBOX_TABLE, 'answer'),
      signingSecret: () => secret(env.SLACK_SIGNING_SECRET),
      realm: env.REALM,
      now: systemClock,
      refused: (reason: string, claims?: AnswerClaims) =>
        logger.warn('an answer was refused', { reason, ...(claims && { alertId: claims.alertId, by: claims.by }) }),
    };
  },
  handle: async (event: APIGatewayProxyEventV2, deps): Promise<APIGatewayProxyStructuredResultV2> => {
    const body = event.isBase64Encoded ? Buffer.from(event.body ?? '', 'base64').toString() : (event.body ?? '');
    if (event.routeKey === 'POST /slack/interactions') return answerSlack(event, body, deps);
    const isPost = event.requestContext.http.method === 'POST';
    const answer = isPost ? (new URLSearchParams(body).get('answer') ?? '') : undefined;
    const { status, html } = await answerRequest({ token: event.pathParameters?.token ?? '', answer }, deps);
    return htmlResponse(status, html);
  },
});

type SlackDeps = Parameters<typeof answerStoredAlert>[2] & {
  readonly signingSecret: () => Promise<string>;
  readonly refused: (reason: string) => void;
};

async function answerSlack(event: APIGatewayProxyEventV2, body: string, deps: SlackDeps) {
  const signed = {
    timestamp: event.headers['x-slack-request-timestamp'] ?? '',
    signature: event.headers['x-slack-signature'] ?? '',
    body,
  };
  if (!isFromSlack(signed, await deps.signingSecret(), deps.now())) {
    deps.refused('not from Slack');
    return { statusCode: 401 };
  }
  const said = slackInteraction(body, await deps.policy());
  if (said === 'malformed') return { statusCode: 400 };
  if (said !== undefined) await answerStoredAlert(said.alertId, said.answer, deps);
  return { statusCode: 200 };
}
