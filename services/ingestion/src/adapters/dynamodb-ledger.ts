import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  paginateQuery,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { CompletenessHour, WatchedFunction } from '@lamplighter/contracts';
import * as z from 'zod';
import type { LedgerPort } from '../ports.ts';

const FUNCTIONS = 'FUNCTIONS';
const LedgerHour = CompletenessHour.extend({ backfillFrom: z.number().optional() });

/** The ledger table: the partition FUNCTIONS lists every function, and one partition a function its hours. */
export function dynamoDbLedger(client: DynamoDBClient, tableName: string): LedgerPort {
  /** Registered by this execution environment already: saves the put that would change nothing. */
  const registered = new Set<string>();

  const read = async (values: Record<string, AttributeValue>, condition: string) => {
    const items: Record<string, unknown>[] = [];
    const pages = paginateQuery(
      { client },
      {
        TableName: tableName,
        ConsistentRead: true,
        KeyConditionExpression: condition,
        ExpressionAttributeValues: values,
      },
    );
    for await (const page of pages) items.push(...(page.Items ?? []).map((item) => unmarshall(item)));
    return items;
  };

  return {
    async register(watched) {
      const key = keyOf(watched);
      if (registered.has(key)) return;
      const Item = marshall({ pk: FUNCTIONS, sk: key, ...watched });
      try {
        await client.send(
          new PutItemCommand({ TableName: tableName, Item, ConditionExpression: 'attribute_not_exists(pk)' }),
        );
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
      registered.add(key);
    },
    async functions() {
      const items = await read({ ':functions': { S: FUNCTIONS } }, 'pk = :functions');
      return items.map((item) => WatchedFunction.parse(item));
    },
    async record(watched, hour, expiresAt) {
      const item = { pk: keyOf(watched), sk: new Date(hour.hour).toISOString(), ...hour, expiresAt };
      const Item = marshall(item, { removeUndefinedValues: true });
      await client.send(new PutItemCommand({ TableName: tableName, Item }));
    },
    async hours(watched, range) {
      const items = await read(
        {
          ':function': { S: keyOf(watched) },
          ':from': { S: new Date(range.from).toISOString() },
          ':to': { S: new Date(range.to).toISOString() },
        },
        'pk = :function AND sk BETWEEN :from AND :to',
      );
      return items.map((item) => LedgerHour.parse(item));
    },
  };
}

function keyOf(watched: WatchedFunction): string {
  return `${watched.accountId}:${watched.region}:${watched.functionName}`;
}
