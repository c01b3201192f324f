import { DescribeTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from '@jest/globals';
import { findingOf } from '../../../test/deployed-remediation.ts';
import { readTable } from './read-table.ts';

const FINDING = findingOf({ class: 'dependency-slow', openedAt: 0, functionName: 'rooms' });

/** An account with a table called bookings. */
const send = async (command: unknown) => {
  if (command instanceof ListTablesCommand) return { TableNames: ['bookings'] };
  if (command instanceof DescribeTableCommand) return { Table: {} };
  throw new Error('nobody should ask');
};
const client = Object.assign(new DynamoDBClient({ region: 'us-east-1' }), { send }) as DynamoDBClient;

test.each<[string, string | undefined]>([
  ['bookings', 'bookings'],
  ['arn:aws:dynamodb:us-east-1:123456789012:table/bookings', 'bookings'],
  ['arn:aws:dynamodb:us-east-1:999999999999:table/bookings', undefined],
  ['arn:aws:dynamodb:eu-west-1:123456789012:table/bookings', undefined],
])('what an environment calls %s is the table %s of this account and region', async (value, tableName) => {
  expect((await readTable(client, [value], FINDING))?.tableName).toBe(tableName);
});
