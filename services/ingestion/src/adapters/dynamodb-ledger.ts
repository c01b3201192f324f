import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  type PutItemCommandInput,
  paginateQuery,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { CompletenessHour, WatchedFunction } from '@lamplighter/contracts';
import * as z from 'zod';
import { functionId } from '../domain/function-id.ts';
import { isoTime } from '../domain/iso-time.ts';
import { isOfWebFunction, WEB_FUNCTION_GROUPS } from '../domain/web-function.ts';
import type { LedgerPort } from '../ports.ts';

const FUNCTIONS = 'FUNCTIONS';
const LedgerHour = CompletenessHour.extend({
  backfillFrom: z.number().optional(),
  fruitless: z.object({ times: z.number(), at: z.number() }).optional(),
});

/** The ledger table: the partition FUNCTIONS lists every function, and one partition a function its hours. */
export function dynamoDbLedger(client: DynamoDBClient, tableName: string): LedgerPort {
  /** Registered by this execution environment already: saves the put that would change nothing. */
  const registered = new Set<string>();

  const read = async (
    values: Record<string, AttributeValue>,
    condition: string,
    limit: number = Number.POSITIVE_INFINITY,
  ) => {
    const items: Record<string, unknown>[] = [];
    const pages = paginateQuery(
      { client },
      {
        TableName: tableName,
        ConsistentRead: true,
        KeyConditionExpression: condition,
        ExpressionAttributeValues: values,
        ...(Number.isFinite(limit) && { Limit: limit }),
      },
    );
    for await (const page of pages) {
      items.push(...(page.Items ?? []).map((item) => unmarshall(item)));
      if (items.length >= limit) break;
    }
    return items.slice(0, limit);
  };

  return {
    async register(watched) {
      const key = functionId(watched);
      if (registered.has(key)) return;
      const Item = marshall({ pk: FUNCTIONS, sk: key, ...watched });
      try {
        await client.send(new PutItemCommand({ TableName: tableName, Item, ...unlessKnown(watched) }));
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
      registered.add(key);
    },
    async functions({ limit, after } = {}) {
      const values = { ':functions': { S: FUNCTIONS } };
      const items =
        after === undefined
          ? await read(values, 'pk = :functions', limit)
          : await read({ ...values, ':after': { S: after } }, 'pk = :functions AND sk > :after', limit);
      return items.map((item) => WatchedFunction.parse(item));
    },
    async record(watched, hour, expiresAt) {
      const item = { pk: functionId(watched), sk: new Date(hour.hour).toISOString(), ...hour, expiresAt };
      const Item = marshall(item, { removeUndefinedValues: true });
      await client.send(new PutItemCommand({ TableName: tableName, Item }));
    },
    async hours(watched, range) {
      const items = await read(
        {
          ':function': { S: functionId(watched) },
          ':from': { S: isoTime(range.from) },
          ':to': { S: isoTime(range.to) },
        },
        'pk = :function AND sk BETWEEN :from AND :to',
      );
      return items.map((item) => LedgerHour.parse(item));
    },
  };
}

/** A row stays as it is, but for one that a Web Function took of a function of the same name, before it had a name of its own. */
const unlessKnown = (watched: WatchedFunction): Partial<PutItemCommandInput> =>
  isOfWebFunction(watched)
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : {
        ConditionExpression: 'attribute_not_exists(pk) OR begins_with(logGroup, :web)',
        ExpressionAttributeValues: { ':web': { S: WEB_FUNCTION_GROUPS } },
      };
