import { TransactionCanceledException as TransactionCanceled } from '@aws-sdk/client-dynamodb';
import { expect, test } from '@jest/globals';
import { GuardrailConfig, guard } from '@lamplighter/remedies';
import { aRepair } from '../../test/a-repair.ts';
import { memoryTable } from '../../test/memory-table.ts';
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

const canceled = (Code: string) =>
  new TransactionCanceled({ message: '', $metadata: {}, CancellationReasons: [{ Code }, { Code: 'None' }] });

test('what is in force costs on, however long ago it was made', async () => {
  const { client, rows } = memoryTable();
  const guard = dynamoDbGuard(client, 'repairs');
  await guard.admit(RECORD, 0);

  const { state } = await guard.state(100 * DAY_MS);

  expect(state).toMatchObject({ spentPerHourUsd: 2, costs: [{ costPerMonthUsd: 40 }], recent: [] });
  expect(rows().find(({ pk }) => pk === 'CHANGES')).not.toHaveProperty('expiresAt');
  await guard.release({ ...RECORD, isInForce: false });
  expect((await guard.state(DAY_MS)).state).toMatchObject({
    spentPerHourUsd: 0,
    recent: [{ resourceKey: 'aurora/hotel' }],
  });
  expect(rows().find(({ pk }) => pk === 'CHANGES')).toHaveProperty('expiresAt');
});

test('what ended counts its cost while a rail looks back; without an end it does not', async () => {
  const { client, rows } = memoryTable();
  const rails = dynamoDbGuard(client, 'repairs');
  await rails.admit(RECORD, 0);
  await rails.admit({ ...RECORD, remediationId: 'older', resourceKey: 'lambda/rooms' }, 1);
  await rails.release({ ...RECORD, isInForce: false, endedAt: 40 * DAY_MS });
  await rails.release({ ...RECORD, remediationId: 'older', resourceKey: 'lambda/rooms', isInForce: false });

  const { state } = await rails.state(41 * DAY_MS);

  expect(state.costs).toEqual([{ at: 0, endedAt: 40 * DAY_MS, costPerHourUsd: 2, costPerMonthUsd: 40 }]);
  const ended = rows().find(({ record }) => record?.remediationId === 'kept');
  expect(ended?.expiresAt).toBe(71 * 86_400);
});

test('what would be replaced costs no more from now on, but what it did', async () => {
  const rails = dynamoDbGuard(memoryTable().client, 'repairs');
  await rails.admit(RECORD, 0);

  const { state } = await rails.state(DAY_MS, 'kept');

  expect(state).toMatchObject({ spentPerHourUsd: 0, costs: [{ at: 0, endedAt: DAY_MS }] });
});

test.each<[string, boolean]>([
  ['ConditionalCheckFailed', true],
  ['TransactionConflict', false],
])('a lock whose return ends in %s was given back already: %s', async (code, isDone) => {
  const { client } = memoryTable(canceled(code));
  const released = dynamoDbGuard(client, 'repairs').release(RECORD);
  const learnt = dynamoDbExperience(client, 'repairs', () => 0).learn(aRepair(), 'kept');

  for (const done of [released, learnt])
    if (isDone) await expect(done).resolves.toBeUndefined();
    else await expect(done).rejects.toThrow();
});

test('what was let in and changed nothing is counted by no rail, and its resource need not cool down', async () => {
  const { client } = memoryTable();
  const rails = dynamoDbGuard(client, 'repairs');
  const minutes = 60_000;
  const repair = aRepair();
  const config = GuardrailConfig.parse({ mode: 'automatic', allow: [{ playbooks: ['*'] }] });
  await rails.admit(changeRecordOf(repair, 0), 0);

  await rails.forget(changeRecordOf(repair, 5 * minutes));

  const { state } = await rails.state(10 * minutes);
  expect(state).toMatchObject({ inChange: [], recent: [], spentPerHourUsd: 0 });
  const again = aRepair({ remediation: { remediationId: 'again' } });
  expect(
    guard(
      guardRequestOf(again, { accountId: '123456789012', region: 'us-east-1' }),
      { ...state, isKilled: false },
      config,
    ),
  ).toMatchObject({
    kind: 'allowed',
  });
});

test.each(['release', 'forget'] as const)('%s gives a lock back that was taken under another key', async (ending) => {
  const { client } = memoryTable();
  const rails = dynamoDbGuard(client, 'repairs');
  await rails.admit({ ...RECORD, resourceKey: 'aurora/arn:aws:rds:us-east-1:1:cluster:hotel' }, 0);
  await rails.admit({ ...RECORD, remediationId: 'other', resourceKey: 'lambda/rooms' }, 1);

  await rails[ending](RECORD);

  expect((await rails.state(1)).state.inChange).toEqual([{ remediationId: 'other', resourceKey: 'lambda/rooms' }]);
});

test('who meets another admission comes again', async () => {
  const { client } = memoryTable(canceled('TransactionConflict'));

  expect(await dynamoDbGuard(client, 'repairs').admit(RECORD, 0)).toBe('conflict');
});
