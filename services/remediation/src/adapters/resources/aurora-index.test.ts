import type { RDSDataClient } from '@aws-sdk/client-rds-data';
import { expect, test } from '@jest/globals';
import type { Change } from '@lamplighter/remedies';
import { NothingChanged } from '../../domain/nothing-changed.ts';
import { auroraIndex } from './aurora-index.ts';

const CHANGE = {
  kind: 'aurora-index' as const,
  clusterArn: 'arn:aws:rds:us-east-1:123456789012:cluster:hotel',
  secretArn: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:hotel',
  database: 'hotel',
  table: 'payment',
  columns: ['card_token' as string],
  indexName: 'payment_card_token_idx',
} satisfies Change & { kind: 'aurora-index' };

/** A database that says this of the index. */
const client = (state: string | undefined) =>
  ({
    send: async () => ({ records: state === undefined ? [] : [[{ stringValue: state }]] }),
  }) as unknown as RDSDataClient;

test('an index that somebody made meanwhile is not made again, and never dropped', async () => {
  await expect(auroraIndex(client('valid')).read(CHANGE)).rejects.toThrow(NothingChanged);
});

test('one that was not there is dropped to undo it, one that somebody is building is not', async () => {
  expect(await auroraIndex(client(undefined)).read(CHANGE)).toMatchObject({
    kind: 'aurora-index',
    columns: ['dropped'],
  });
  expect(await auroraIndex(client('building')).read(CHANGE)).toEqual({ kind: 'absent' });
});
