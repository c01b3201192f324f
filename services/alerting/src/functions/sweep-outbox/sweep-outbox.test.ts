import { expect, test } from '@jest/globals';
import { NeglectedWorld } from '../../../test/neglected-world.ts';
import { answerStoredAlert } from '../../outbox/answer-stored-alert.ts';
import { queryAlerts } from '../query-alerts/query-alerts.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

test('what its relay never ordered is ordered, and what somebody works on is not', async () => {
  const world = new NeglectedWorld();
  await world.accept('lost');
  world.time += 9 * MINUTE_MS;
  await world.accept('fresh');
  world.time += 2 * MINUTE_MS;

  await world.sweep();

  expect(world.ordered).toEqual(['ops']);
});

test('an escalation that never began, or ended too early, goes on', async () => {
  const world = new NeglectedWorld();
  await world.accept('a');
  await world.end({ state: 'delivered', sent: 0 });
  world.time += 14 * MINUTE_MS;
  await world.sweep();
  expect(world.started).toEqual([]);

  world.time += 2 * MINUTE_MS;
  await world.sweep();

  expect(world.started).toEqual([`${[...world.outbox.alerts.keys()][0]}-1`]);
  expect(world.outbox.deliveries().map(({ channel }) => channel)).toEqual(['ops', 'direct']);
});

test('an alert that nobody heard of is missed, also after it recovered, until a person says so; whoever runs this is told once', async () => {
  const world = new NeglectedWorld();
  await world.accept('a');
  await world.end({ state: 'undeliverable', reason: 'gone' });
  expect(await world.missed()).toEqual(['a']);

  world.time += 2 * MINUTE_MS;
  await world.accept('a', { kind: 'resolve', revision: 1 });
  await world.end({ state: 'undeliverable' });
  expect(await world.missed()).toEqual(['a']);
  for (let round = 0; round < 3; round++) await world.sweep();
  expect(await world.missed()).toEqual(['a']);
  expect(world.reported).toEqual(['ops']);

  const [alertId] = world.outbox.alerts.keys();
  await answerStoredAlert(alertId!, { kind: 'acknowledge', by: 'anna' }, world);
  expect(await world.missed()).toEqual([]);
  await world.sweep();
  expect(await world.missed()).toEqual([]);
});

test('what nobody heard of is tried again every hour, and is missed no more once somebody has heard', async () => {
  const world = new NeglectedWorld();
  await world.accept('a');
  await world.accept('a', { kind: 'resolve', revision: 1 });
  await world.end({ state: 'undeliverable' });
  world.time += 30 * MINUTE_MS;
  await world.sweep();
  expect(world.ordered).toEqual([]);

  world.time += 31 * MINUTE_MS;
  await world.sweep();
  expect(world.ordered).toEqual(['ops']);
  expect(world.outbox.deliveries()).toMatchObject([{ state: 'pending', wanted: 1, attempts: 0 }]);

  await world.end({ state: 'delivered', sent: 1 });
  await world.sweep();
  expect(await world.missed()).toEqual([]);
  expect(await listed(world, 'missed')).toEqual([]);
  expect(await listed(world, 'ended')).toEqual([]);
});

test('nobody tries for ever what nobody can be told of', async () => {
  const world = new NeglectedWorld();
  await world.accept('a');
  await world.accept('a', { kind: 'resolve', revision: 1 });
  await world.end({ state: 'undeliverable' });
  world.time += 8 * 24 * HOUR_MS;

  await world.sweep();

  expect(world.ordered).toEqual([]);
  expect(await world.missed()).toEqual(['a']);
});

test('what ended is looked after until its end is told, and not longer', async () => {
  const world = new NeglectedWorld();
  await world.accept('a');
  await world.end({ state: 'delivered', sent: 0 });
  await world.accept('a', { kind: 'resolve', revision: 1 });
  world.time += 11 * MINUTE_MS;
  await world.sweep();
  expect(world.ordered).toEqual(['ops']);
  expect(await listed(world, 'ended')).toHaveLength(1);

  await world.end({ state: 'delivered', sent: 1 });
  await world.sweep();
  expect(await listed(world, 'ended')).toEqual([]);
});

test('whoever is on call next hears, once and alone, of what is in the hands of the one before', async () => {
  const world = new NeglectedWorld();
  await world.accept('a');
  await world.end({ state: 'delivered', sent: 0 });
  const [alertId] = world.outbox.alerts.keys();
  const onCall = await queryAlerts({ kind: 'on-call' }, world);
  const first = onCall.kind === 'on-call' ? onCall.rotas.find(({ rota }) => rota === 'first')!.person : '';
  await answerStoredAlert(alertId!, { kind: 'acknowledge', by: first }, world);
  await world.end({ state: 'delivered', sent: 1 });
  await world.sweep();
  expect(world.ordered).toEqual([]);

  world.time += 5 * 24 * HOUR_MS;
  await world.sweep();
  await world.end({ state: 'delivered', sent: 1 });
  await world.sweep();

  expect(world.ordered).toEqual(['direct']);
  expect(world.outbox.deliveries().map(({ person }) => person)).toEqual([undefined, first === 'anna' ? 'ben' : 'anna']);
});

test('what somebody took on who was not on call is handed over to nobody', async () => {
  const world = new NeglectedWorld();
  await world.accept('a');
  const [alertId] = world.outbox.alerts.keys();
  await answerStoredAlert(alertId!, { kind: 'acknowledge', by: 'cleo' }, world);
  await world.end({ state: 'delivered', sent: 1 });
  world.time += 5 * 24 * HOUR_MS;

  await world.sweep();

  expect(world.ordered).toEqual([]);
});

test('a queue that is behind gets a thousand orders a round, of the worst first', async () => {
  const world = new NeglectedWorld();
  for (let n = 0; n < 1_001; n++) await world.accept(`w-${n}`, { severity: 'info' });
  await world.accept('bad');
  world.time += 11 * MINUTE_MS;

  await world.sweep();

  expect(world.ordered).toHaveLength(1_000);
  expect(world.ordered[0]).toBe('ops');
});

test('an alert that cannot be looked after keeps no other from it', async () => {
  const world = new NeglectedWorld();
  await world.accept('poisoned');
  await world.accept('sound');
  world.time += 11 * MINUTE_MS;
  const poisoned = world.outbox.deliveries().find(({ alertId }) => alertId.endsWith(idOf(world, 'poisoned')));

  await world.sweep(async ([order]) => {
    if (order?.alertId === poisoned?.alertId) throw new Error('refused');
  });

  expect(world.failed).toEqual(['poisoned']);
  expect(world.ordered).toEqual(['ops']);
});

async function listed({ outbox }: NeglectedWorld, list: 'ended' | 'missed'): Promise<string[]> {
  const ids: string[] = [];
  for await (const page of outbox.listed(list)) ids.push(...page);
  return ids;
}

const idOf = ({ outbox }: NeglectedWorld, subjectId: string): string =>
  [...outbox.alerts.values()].find(({ value }) => value.subject.id === subjectId)!.value.alertId;
