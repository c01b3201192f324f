import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { SSMClient } from '@aws-sdk/client-ssm';
import type { PolicyPort } from '../ports.ts';
import { LAST_GOOD_POLICY } from './outbox-keys.ts';
import { ssmPolicy } from './ssm-policy.ts';

const KEY = { pk: { S: LAST_GOOD_POLICY.pk }, sk: { S: LAST_GOOD_POLICY.sk } };

export interface PolicySettings {
  readonly ssm: SSMClient;
  readonly dynamoDb: DynamoDBClient;
  readonly env: { readonly OUTBOX_TABLE: string; readonly POLICY_PARAMETER: string };
  readonly logger: { error(message: string, details: { readonly problem: string }): void };
  readonly now: () => number;
}

/** The policy of the stack: from its SSM parameter; where that has become wrong or cannot be read, the last good one, which lies in the outbox table. */
export function policyInForce({ ssm, dynamoDb, env, logger, now }: PolicySettings): PolicyPort {
  const TableName = env.OUTBOX_TABLE;
  return ssmPolicy(ssm, env.POLICY_PARAMETER, {
    now,
    lastGood: {
      read: async () => {
        const { Item } = await dynamoDb.send(new GetItemCommand({ TableName, Key: KEY, ConsistentRead: true }));
        return Item?.text?.S;
      },
      keep: async (text) => {
        await dynamoDb.send(new PutItemCommand({ TableName, Item: { ...KEY, text: { S: text } } }));
      },
    },
    complain: (problem) => logger.error('the policy is wrong; the last good one stays in force', { problem }),
  });
}
