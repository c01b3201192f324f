import { marshall } from '@aws-sdk/util-dynamodb';
import { expect, test } from '@jest/globals';
import { aRepair } from '../../test/a-repair.ts';
import { memoryTable } from '../../test/memory-table.ts';
import { dynamoDbExperience } from './dynamodb-experience.ts';

const MONTH_MS = 30 * 86_400_000;
const LEARNT = { playbook: 'lambda-timeout', findingClass: 'timeouts' };
const repair = (remediationId: string) => aRepair({ remediation: { remediationId } });

test('each repair counts once, and less as it becomes old', async () => {
  const clock = { now: 0 };
  const experience = dynamoDbExperience(memoryTable().client, 'repairs', () => clock.now);

  await experience.learn(repair('a'), 'undone');
  await experience.learn(repair('a'), 'undone');
  clock.now = MONTH_MS;
  await experience.learn(repair('b'), 'kept');
  expect(await experience.all()).toEqual([{ ...LEARNT, kept: 1, undone: 0.5 }]);

  clock.now = 2 * MONTH_MS;
  expect(await experience.all()).toEqual([{ ...LEARNT, kept: 0.5, undone: 0.25 }]);
});

test('two outcomes at once are both counted', async () => {
  const experience = dynamoDbExperience(memoryTable().client, 'repairs', () => 0);

  await Promise.all(['a', 'b', 'c'].map((id) => experience.learn(repair(id), 'undone')));

  expect(await experience.all()).toEqual([{ ...LEARNT, kept: 0, undone: 3 }]);
});

test('counts of an earlier version are read, and counted on', async () => {
  const table = memoryTable();
  table.put(marshall({ pk: 'EXPERIENCE', sk: 'lambda-timeout#timeouts', ...LEARNT, undone: 4 }));
  const experience = dynamoDbExperience(table.client, 'repairs', () => MONTH_MS);
  expect(await experience.all()).toEqual([{ ...LEARNT, kept: 0, undone: 2 }]);

  await experience.learn(repair('a'), 'undone');

  expect(await experience.all()).toEqual([{ ...LEARNT, kept: 0, undone: 3 }]);
});
