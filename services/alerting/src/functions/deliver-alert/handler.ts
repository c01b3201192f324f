import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { defineHandler, readEnv, systemClock } from '@lamplighter/lambda-kit';
import { dynamoDbSigningKey } from '@lamplighter/lambda-kit/dynamodb-signing-key';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import { answerUrls } from '../../adapters/answer-urls.ts';
import { channelNamed } from '../../adapters/channels/channel-named.ts';
import { sesSuppression } from '../../adapters/channels/ses-suppression.ts';
import { dynamoDbOutbox } from '../../adapters/dynamodb-outbox.ts';
import { policyInForce } from '../../adapters/policy-in-force.ts';
import { sqsDeliveryOrders } from '../../adapters/sqs-delivery-orders.ts';
import { ssmSecrets } from '../../adapters/ssm-secrets.ts';
import type { DeliveryOrder } from '../../ports.ts';
import { deliverAlert } from './deliver-alert.ts';

/** Orders to bring a recipient up to date. One that fails comes again alone. */
export const handler = defineHandler({
  name: 'alerting/deliver-alert',
  compose: (logger) => {
    const env = readEnv({
      OUTBOX_TABLE: z.string(),
      DELIVERY_QUEUE: z.string(),
      POLICY_PARAMETER: z.string(),
      ANSWER_BASE_URL: z.string(),
      REALM: z.string(),
      STAGE: z.string(),
      SLACK_URL: z.url(),
      PAGERDUTY_URL: z.url(),
    });
    const dynamoDb = new DynamoDBClient({});
    const ssm = new SSMClient({});
    const ses = new SESv2Client({ maxAttempts: 1 });
    const policy = policyInForce({ ssm, dynamoDb, logger, env, now: systemClock });
    return {
      logger,
      policy,
      outbox: dynamoDbOutbox(dynamoDb, env.OUTBOX_TABLE),
      order: sqsDeliveryOrders(new SQSClient({}), env.DELIVERY_QUEUE),
      channel: channelNamed({
        policy,
        secret: ssmSecrets(ssm, systemClock),
        ses,
        suppressed: sesSuppression(ses, systemClock),
        stage: env.STAGE,
        slackUrl: env.SLACK_URL,
        pagerDutyUrl: env.PAGERDUTY_URL,
        now: systemClock,
      }),
      answerUrl: answerUrls({
        baseUrl: env.ANSWER_BASE_URL,
        realm: env.REALM,
        key: dynamoDbSigningKey(dynamoDb, env.OUTBOX_TABLE, 'answer'),
      }),
      now: systemClock,
      jitter: Math.random,
    };
  },
  handle: async (event: SQSEvent, { logger, ...deps }): Promise<SQSBatchResponse> => {
    const outcomes = await Promise.all(
      event.Records.map(async ({ messageId, body }) => {
        try {
          await deliverAlert(JSON.parse(body) as DeliveryOrder, { ...deps, owner: randomUUID() });
          return [];
        } catch (error) {
          logger.error('a delivery was not carried out; it comes again', { messageId, error: error as Error });
          return [{ itemIdentifier: messageId }];
        }
      }),
    );
    return { batchItemFailures: outcomes.flat() };
  },
});
