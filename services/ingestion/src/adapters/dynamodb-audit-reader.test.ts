import { DynamoDBClient, type QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { expect, test } from '@jest/globals';
import { INDEX_SHARDS, startKeyOf } from '../domain/index-keys.ts';
import { dynamoDbAuditReader } from './dynamodb-audit-reader.ts';

const owner = { accountId: '123456789012', region: 'us-east-1', functionName: 'hotel-pay' };

/** An index whose shards hold a call every hundred milliseconds between them, in the order that is asked for. */
function sharded(calls: number) {
  const asked: QueryCommandInput[] = [];
  const client = new DynamoDBClient({ region: owner.region });
  const send = async ({ input }: QueryCommand) => {
    asked.push(input);
    const shard = Number(input.ExpressionAttributeValues![':partition']!.S!.split(':').at(-1));
    const own = Array.from({ length: calls }, (_, at) => at).filter((at) => at % INDEX_SHARDS === shard);
    const ordered = input.ScanIndexForward === false ? own.reverse() : own;
    return { Items: ordered.slice(0, input.Limit).map((at) => marshall({ startKey: startKeyOf(at * 100) })) };
  };
  return { reader: dynamoDbAuditReader(Object.assign(client, { send }), 'audit'), asked };
}

test.each([
  [false, [0, 100, 200]],
  [true, [9_900, 9_800, 9_700]],
])('calls of all shards come in one order, newest first: %s', async (newestFirst, starts) => {
  const { reader, asked } = sharded(100);
  const found = await reader.byFunction({ owner, range: { from: 0, to: 10_000 }, limit: 3, newestFirst });

  expect(found.map(({ startKey }) => startKey)).toEqual(starts.map((start) => startKeyOf(start)));
  expect(asked).toHaveLength(INDEX_SHARDS);
  expect(asked.every(({ Limit }) => Limit === 3)).toBe(true);
});
