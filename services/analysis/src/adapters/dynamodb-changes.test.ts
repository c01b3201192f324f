import { DynamoDBClient, type QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { expect, test } from '@jest/globals';
import type { FunctionChange } from '@lamplighter/contracts';
import { changeKey } from './analysis-keys.ts';
import { dynamoDbChanges } from './dynamodb-changes.ts';

const identity = { accountId: '111111111111', region: 'us-east-1', functionName: 'pay' };
const change = (at: number): FunctionChange => ({
  ...{ ...identity, changeId: `c${at}`, at, source: 'cloudtrail', kind: 'code', version: '$LATEST' },
});
const rowOf = (at: number, told: unknown = change(at)) => marshall({ ...changeKey(change(at)), change: told });

/** A table that gives its rows by the order and number asked for. */
function tableOf(rows: readonly ReturnType<typeof rowOf>[]) {
  const asked: (boolean | undefined)[] = [];
  const send = async ({ input }: QueryCommand) => {
    asked.push(input.ScanIndexForward);
    const sorted = rows.toSorted((a, b) => (a.sk!.S! < b.sk!.S! ? -1 : 1));
    return { Items: (input.ScanIndexForward === false ? sorted.reverse() : sorted).slice(0, input.Limit) };
  };
  const client: DynamoDBClient = Object.assign(new DynamoDBClient({ region: 'us-east-1' }), { send });
  return { changes: dynamoDbChanges(client, 'changes'), asked };
}
const times = (told: readonly FunctionChange[]) => told.map(({ at }) => at).sort((a, b) => a - b);
const ALL = { since: 0, until: 10_000 };

test('of very many changes the oldest are told beside the newest, each once', async () => {
  const numbers = (from: number, until: number) => Array.from({ length: until - from }, (_, at) => from + at);
  const { changes } = tableOf(numbers(0, 1_000).map((at) => rowOf(at)));
  expect(times(await changes.ofFunction(identity, ALL))).toEqual([...numbers(0, 300), ...numbers(700, 1_000)]);

  const some = tableOf(numbers(0, 400).map((at) => rowOf(at)));
  expect(times(await some.changes.ofFunction(identity, ALL))).toEqual(numbers(0, 400));
});

test('few changes are asked for once; a row of another shape hides no other one', async () => {
  const { changes, asked } = tableOf([rowOf(1), rowOf(2, { kind: 'of another version' }), rowOf(3)]);
  expect(times(await changes.ofFunction(identity, ALL))).toEqual([1, 3]);
  expect(asked).toEqual([false]);
});
