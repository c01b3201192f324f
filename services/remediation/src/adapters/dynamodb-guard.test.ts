import {
  type AttributeValue,
  DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  TransactionCanceledException as TransactionCanceled,
  type TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { expect, test } from '@jest/globals';
import { GuardrailConfig, guard } from '@lamplighter/remedies';
import { aRepair } from '../../test/a-repair.ts';
import type { ChangeRecord } from '../ports.ts';
import { changeRecordOf, guardRequestOf } from '../steps/guard-request-of.ts';
import { dynamoDbExperience } from './dynamodb-experience.ts';
import { dynamoDbGuard } from './dynamodb-guard.ts';

const DAY_MS = 86_400_000;
const RECORD: ChangeRecord = {
  remediationId: 'kept',
  resourceKey: 'aurora/hotel',
  at: 0,
  wasUndone: false,
  isInForce: true,
  costPerHourUsd: 2,
  costPerMonthUsd: 40,
};

type Items = NonNullable<ConstructorParameters<typeof TransactWriteItemsCommand>[0]['TransactItems']>;

/** The table, as far as it is put into and asked by partition. */
function aTable(refuse?: TransactionCanceledException) {
  const rows = new Map<string, Record<string, AttributeValue>>();
  const transact = (items: Items) => {
    if (refuse !== undefined) throw refuse;
    for (const { Put, Delete } of items) {
      if (Put) rows.set(JSON.stringify([Put.Item?.pk, Put.Item?.sk]), Put.Item!);
      if (Delete) rows.delete(JSON.stringify([Delete.Key?.pk, Delete.Key?.sk]));
    }
  };
  const send = async (command: unknown) => {
    if (command instanceof GetItemCommand) return {};
    if (command instanceof TransactWriteItemsCommand) return transact(command.input.TransactItems!);
    if (!(command instanceof QueryCommand)) throw new Error('nobody should ask');
    const { ':pk': pk, ':from': from } = command.input.ExpressionAttributeValues!;
    const isAsked = (row: Record<string, AttributeValue>) => row.pk?.S === pk?.S && row.sk!.S! >= (from?.S ?? '');
    return { Items: [...rows.values()].filter(isAsked) };
  };
  return {
    client: Object.assign(new DynamoDBClient({ region: 'us-east-1' }), { send }) as DynamoDBClient,
    rows: () => [...rows.values()].map((row) => unmarshall(row)),
  };
}

const canceled = (Code: string) =>
  new TransactionCanceled({ message: '', $metadata: {}, CancellationReasons: [{ Code }, { Code: 'None' }] });

test('what is in force costs on, however long ago it was made', async () => {
  const { client, rows } = aTable();
  const guard = dynamoDbGuard(client, 'repairs');
  await guard.admit(RECORD, 0);

  const { state } = await guard.state(100 * DAY_MS);

  expect(state).toMatchObject({ spentPerHourUsd: 2, spentPerMonthUsd: 40, recent: [] });
  expect(rows().find(({ pk }) => pk === 'CHANGES')).not.toHaveProperty('expiresAt');
  await guard.release({ ...RECORD, isInForce: false });
  expect((await guard.state(DAY_MS)).state).toMatchObject({
    spentPerHourUsd: 0,
    recent: [{ resourceKey: 'aurora/hotel' }],
  });
  expect(rows().find(({ pk }) => pk === 'CHANGES')).toHaveProperty('expiresAt');
});

test.each<[string, boolean]>([
  ['ConditionalCheckFailed', true],
  ['TransactionConflict', false],
])('a lock whose return ends in %s was given back already: %s', async (code, isDone) => {
  const { client } = aTable(canceled(code));
  const released = dynamoDbGuard(client, 'repairs').release(RECORD);
  const learnt = dynamoDbExperience(client, 'repairs').learn(aRepair(), 'kept');

  for (const done of [released, learnt])
    if (isDone) await expect(done).resolves.toBeUndefined();
    else await expect(done).rejects.toThrow();
});

test('what was let in and changed nothing is counted by no rail, and its resource need not cool down', async () => {
  const { client } = aTable();
  const rails = dynamoDbGuard(client, 'repairs');
  const minutes = 60_000;
  const repair = aRepair();
  const config = GuardrailConfig.parse({ mode: 'automatic', allow: [{ playbooks: ['*'] }] });
  await rails.admit(changeRecordOf(repair, 0), 0);

  await rails.forget(changeRecordOf(repair, 5 * minutes));

  const { state } = await rails.state(10 * minutes);
  expect(state).toMatchObject({ inChange: [], recent: [], spentPerHourUsd: 0 });
  const again = aRepair({ remediation: { remediationId: 'again' } });
  expect(guard(guardRequestOf(again, 'dev'), { ...state, isKilled: false }, config)).toMatchObject({
    kind: 'allowed',
  });
});

test.each(['release', 'forget'] as const)('%s gives a lock back that was taken under another key', async (ending) => {
  const { client } = aTable();
  const rails = dynamoDbGuard(client, 'repairs');
  await rails.admit({ ...RECORD, resourceKey: 'aurora/arn:aws:rds:us-east-1:1:cluster:hotel' }, 0);
  await rails.admit({ ...RECORD, remediationId: 'other', resourceKey: 'lambda/rooms' }, 1);

  await rails[ending](RECORD);

  expect((await rails.state(1)).state.inChange).toEqual([{ remediationId: 'other', resourceKey: 'lambda/rooms' }]);
});

test('who meets another admission comes again', async () => {
  const { client } = aTable(canceled('TransactionConflict'));

  expect(await dynamoDbGuard(client, 'repairs').admit(RECORD, 0)).toBe('conflict');
});
