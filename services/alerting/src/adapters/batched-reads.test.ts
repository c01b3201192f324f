import type { BatchGetItemCommandInput, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { expect, test } from '@jest/globals';
import { batchedReads } from './batched-reads.ts';

const keyOf = (pk: string) => ({ pk, sk: 'ROW' });

/** A table that has every row but `missing`, and leaves what is beyond `most` keys unprocessed. */
function tableOf({ most = 100 } = {}) {
  const calls: number[] = [];
  const send = async ({ input }: { readonly input: BatchGetItemCommandInput }) => {
    const keys = input.RequestItems?.alerts?.Keys ?? [];
    calls.push(keys.length);
    const found = keys.slice(0, most).filter(({ pk }) => pk?.S !== 'missing');
    return {
      Responses: { alerts: found.map((key) => ({ ...key, ...marshall({ name: `row ${key.pk?.S}` }) })) },
      ...(keys.length > most && { UnprocessedKeys: { alerts: { Keys: keys.slice(most) } } }),
    };
  };
  const read = batchedReads({ send } as unknown as DynamoDBClient, 'alerts');
  return { calls, read };
}

test('rows that are asked for at once are read in one call, each once', async () => {
  const { calls, read } = tableOf();

  const rows = await Promise.all(['a', 'b', 'missing', 'a'].map((pk) => read(keyOf(pk))));

  expect(rows.map((row) => row?.name)).toEqual(['row a', 'row b', undefined, 'row a']);
  expect(calls).toEqual([3]);
});

test('what is asked for later is read anew', async () => {
  const { calls, read } = tableOf();

  await read(keyOf('a'));
  await read(keyOf('a'));

  expect(calls).toEqual([1, 1]);
});

test('more than a hundred rows, and rows that the table leaves unprocessed, come in further calls', async () => {
  const { calls, read } = tableOf({ most: 60 });
  const names = Array.from({ length: 130 }, (_, index) => `row-${index}`);

  const rows = await Promise.all(names.map((pk) => read(keyOf(pk))));

  expect(rows.map((row) => row?.pk)).toEqual(names);
  expect(calls).toEqual([100, 70, 10]);
});

test('whoever asked is told that the table did not answer', async () => {
  const send = async () => {
    throw new Error('throttled');
  };
  const read = batchedReads({ send } as unknown as DynamoDBClient, 'alerts');

  const outcomes = await Promise.allSettled([read(keyOf('a')), read(keyOf('b'))]);

  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});
