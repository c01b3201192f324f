import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect, test } from '@jest/globals';
import type { Severity } from '@lamplighter/contracts';
import { MemoryOutbox } from '../../../test/memory-outbox.ts';
import { signal } from '../../../test/signals.ts';
import { testPolicy } from '../../../test/test-policy.ts';
import { dynamoDbOutbox } from '../../adapters/dynamodb-outbox.ts';
import { openAlert } from '../../domain/open-alert.ts';
import { queryAlerts } from './query-alerts.ts';

const START = Date.UTC(2026, 0, 15, 12);
const POLICY = testPolicy('http://127.0.0.1:1');

/** Open alerts, the older first. */
async function outboxWith(...severities: readonly Severity[]): Promise<MemoryOutbox> {
  const outbox = new MemoryOutbox();
  for (const [index, severity] of severities.entries()) {
    const value = openAlert(signal(`a-${index}`, { severity }), `a-${index}`, POLICY, START + index);
    await outbox.commit({ alert: { value, version: 0 }, deliveries: [] });
  }
  return outbox;
}

async function open(outbox: MemoryOutbox, now = () => START) {
  const answer = await queryAlerts({ kind: 'open' }, { outbox, policy: async () => POLICY, now });
  if (answer.kind !== 'alerts') throw new Error(answer.kind);
  return { ids: answer.alerts.map(({ alertId }) => alertId), total: answer.total };
}

const many = (count: number, severity: Severity): Severity[] => Array.from({ length: count }, () => severity);

test('the worst open alerts are told first, and the newest of those', async () => {
  const outbox = await outboxWith('critical', 'info', 'warning', 'critical');

  expect(await open(outbox)).toEqual({ ids: ['a-3', 'a-0', 'a-2', 'a-1'], total: 4 });
});

test('a critical alert is not hidden behind any number of younger warnings, and all are counted', async () => {
  const { ids, total } = await open(await outboxWith('critical', ...many(150, 'warning')));

  expect(ids[0]).toBe('a-0');
  expect([ids.length, total]).toEqual([100, 151]);
});

test('however many are open, only those that are answered are read', async () => {
  const outbox = await outboxWith(...many(5_000, 'info'));

  const { ids, total } = await open(outbox);

  expect([ids.length, total, outbox.reads]).toEqual([100, 5_000, 100]);
});

test('where counting takes too long, the worst are told and nobody says how many', async () => {
  const outbox = await outboxWith(...many(150, 'critical'), 'info');
  let at = START;

  const { ids, total } = await open(outbox, () => (at += 5_000));

  expect([ids.length, total]).toEqual([100, undefined]);
});

test('where judging takes too long, those that were found to be missed are told and nobody says how many', async () => {
  const outbox = await outboxWith(...many(60, 'critical'));
  let at = START + 3_600_000;
  const answer = await queryAlerts({ kind: 'missed' }, { outbox, policy: async () => POLICY, now: () => (at += 200) });

  expect(answer).toMatchObject({ kind: 'alerts' });
  expect(answer).not.toHaveProperty('total');
  expect(answer).toHaveProperty('alerts.length', 50);
});

test('a critical alert of which nobody hears is found behind any number that recovered unanswered', async () => {
  const outbox = await outboxWith('critical', ...many(2_100, 'warning'));
  for (const alert of [...outbox.alerts.values()].slice(1)) {
    const value = { ...alert.value, state: 'closed', closedBy: 'recovery', missed: 'unheard' } as const;
    await outbox.commit({ alert: { ...alert, value }, deliveries: [] });
  }

  const now = () => START + 3_600_000;
  const answer = await queryAlerts({ kind: 'missed' }, { outbox, policy: async () => POLICY, now });

  expect(answer).toHaveProperty('alerts.0.alertId', 'a-0');
  expect(answer).not.toHaveProperty('total');
});

test('a cursor that no answer held is a question that cannot be answered', async () => {
  const outbox = dynamoDbOutbox(new DynamoDBClient({ region: 'us-east-1' }), 'never-asked');

  const answer = await queryAlerts(
    { kind: 'recent', cursor: 'tampered' },
    { outbox, policy: async () => POLICY, now: () => START },
  );

  expect(answer).toEqual({ kind: 'invalid-query', reason: 'The cursor is none of an answer: ask without one.' });
});
