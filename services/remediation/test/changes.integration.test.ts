import {
  GetAliasCommand,
  LambdaClient,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Change, PLAYBOOKS, playbookNamed, RELEASE_PERMISSIONS } from '@lamplighter/remedies';
import { strToU8, zipSync } from 'fflate';
import { narrowedResources } from '../src/adapters/narrowed-resources.ts';
import type { Snapshot } from '../src/domain/stored-remediation.ts';
import { type ChangeCase, changeCases, permissionsOf } from './change-cases.ts';
import { type ChangeableResources, deployChangeable, giveUp, makeSomethingToChange } from './changeable-resources.ts';
import { type RemediationHouse, startRemediation } from './deployed-remediation.ts';
import { handsOf } from './hands.ts';

const MINUTE_MS = 60_000;
const KINDS = Change.options.map(({ shape }) => shape.kind.value);

let house: RemediationHouse;
let at: ChangeableResources;
let cases: Readonly<Record<string, ChangeCase>>;
beforeAll(async () => {
  house = await startRemediation(Date.UTC(2026, 0, 15, 12));
  at = await deployChangeable(house.sandbox);
  cases = changeCases(at);
  await makeSomethingToChange(house.sandbox, at);
});
afterAll(() => house?.stop());

const handsFor = (permissions: readonly string[], change: Change) => handsOf(house, permissions, change);

test('every playbook proposes a kind of change that is carried out here', () => {
  expect(Object.keys(changeCases({} as ChangeableResources)).sort()).toEqual([...KINDS].sort());
  expect([...PLAYBOOKS.flatMap(({ permissions }) => permissions), ...RELEASE_PERMISSIONS]).toEqual(
    expect.arrayContaining(Object.values(cases).flatMap((one) => [...permissionsOf(one)])),
  );
});

async function expectMade(one: ChangeCase, snapshot: () => Promise<Snapshot>, before: Snapshot['restore']) {
  if (one.refusedOnceMade !== undefined) {
    await expect(snapshot()).rejects.toThrow(one.refusedOnceMade);
    return;
  }
  const { restore: made } = await snapshot();
  expect(made).toEqual(one.made ?? (one.isReadBack ? one.change : { kind: 'absent' }));
  expect(made).not.toEqual(before.kind === 'absent' ? undefined : before);
}

describe.each(KINDS)('%s, in a session that may do nothing else', (kind) => {
  test('is read, made, made again, and taken back to what it was', async () => {
    const one = cases[kind]!;
    const hands = await handsFor(permissionsOf(one), one.change);
    const now = house.clock.now();
    const { restore: before } = await hands.snapshot(one.change, now);

    await hands.apply(one.change, now);
    await hands.apply(one.change, now);
    await expectMade(one, () => hands.snapshot(one.change, now), before);

    if (before.kind === 'absent') return;
    expect(Change.parse(before)).toEqual(before);
    await hands.undo(one.change, before, { takenAt: now });
    await hands.undo(one.change, before, { takenAt: now });
    expect((await hands.snapshot(one.change, now)).restore).toEqual(before);
  });
});

test('an alias that somebody else schedules is not read to be changed', async () => {
  const one = cases['lambda-provisioned-schedule']!;
  const change = one.change as Extract<Change, { kind: 'lambda-provisioned-schedule' }>;
  const hands = await handsFor(permissionsOf(one), change);
  const now = house.clock.now();
  const { restore } = await hands.snapshot(change, now);
  await hands.apply(change, now);
  const [, ...rest] = change.actions;

  await expect(hands.snapshot({ ...change, actions: rest }, now)).rejects.toThrow('Somebody else schedules');

  await hands.undo(change, Change.parse(restore), { takenAt: now });
});

test('environments are started of what callers reach, and of nothing else', async () => {
  const { change } = cases['lambda-warm']!;
  const hands = await handsFor(playbookNamed('pre-warm')!.permissions, change);

  // One call, so that none is still under way when the next ones are counted.
  const unqualified = Change.parse({ ...change, qualifier: undefined, environments: 1 });
  await expect(hands.apply(unqualified, 0)).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
  house.sandbox.forgetCalls();
  await hands.apply(change, 0);

  const warmed = house.sandbox.calls().filter(({ operation }) => operation === 'Invoke');
  expect(warmed).toHaveLength(2);
});

test('a limit of a queue that had none is set, and taken away again', async () => {
  const uuid = at.jobsMapping;
  const change = Change.parse({ kind: 'event-source-mapping', uuid, functionName: 'cleaners', maximumConcurrency: 5 });
  const hands = await handsFor(playbookNamed('mapping-concurrency')!.permissions, change);
  const { restore: before } = await hands.snapshot(change, 0);

  await hands.apply(change, 0);
  expect((await hands.snapshot(change, 0)).restore).toEqual(change);
  await hands.undo(change, before as Change, { takenAt: 0 });

  expect(before).toEqual({ ...change, maximumConcurrency: null });
  expect((await hands.snapshot(change, 0)).restore).toEqual(before);
});

test('a stage of a REST API is throttled, and loses the limit that it did not have', async () => {
  const { change: http, playbook } = cases['api-throttle']!;
  const change = Change.parse({ ...http, protocol: 'REST', apiId: at.restApi, stage: 'live' });
  const hands = await handsFor(playbookNamed(playbook)!.permissions, change);
  const { restore: before } = await hands.snapshot(change, 0);

  await hands.apply(change, 0);
  expect((await hands.snapshot(change, 0)).restore).toEqual(change);
  await hands.undo(change, before as Change, { takenAt: 0 });

  expect((await hands.snapshot(change, 0)).restore).toEqual({ ...change, rateLimit: null, burstLimit: null });
});

describe('what an alias serves', () => {
  const one = () => cases['lambda-release']!;
  const pointer = async () => {
    const asked = new GetAliasCommand({ FunctionName: 'lobby', Name: 'live' });
    return (await house.sandbox.client(LambdaClient).send(asked)).FunctionVersion;
  };

  test('is what it was, with another memory and timeout, for as long as the change stands', async () => {
    const { change } = one();
    const hands = await handsFor(permissionsOf(one()), change);
    const { restore } = await hands.snapshot(change, 0);
    const before = await house.configurationOf('lobby:live');

    await hands.apply(change, 0);
    await hands.apply(change, 0);
    const made = await house.configurationOf('lobby:live');
    await hands.undo(change, restore as Change, { takenAt: 0 });

    expect(made).toMatchObject({ MemorySize: 384, Timeout: 6, CodeSha256: before.CodeSha256 });
    expect({ ...(await house.configurationOf('lobby:live')), $metadata: {} }).toEqual({ ...before, $metadata: {} });
    expect(await house.configurationOf('lobby')).toMatchObject({ MemorySize: 256, Timeout: 3 });
  });

  test('is left where somebody else has released since, and $LATEST gets back its settings', async () => {
    const { change } = one();
    const hands = await handsFor(permissionsOf(one()), change);
    const { restore } = await hands.snapshot(change, 0);
    await hands.apply(change, 0);
    const theirs = await releaseByHand('lobby', 'exports.handler = async () => ({ theirs: true });');

    await hands.undo(change, restore as Change, { takenAt: 0 });

    expect(await pointer()).toBe(theirs);
    expect(await house.configurationOf('lobby')).toMatchObject({ MemorySize: 256, Timeout: 3 });
  });

  test('is not released with what else $LATEST holds by now', async () => {
    const { change } = one();
    const hands = await handsFor(permissionsOf(one()), change);
    const before = await pointer();

    await expect(hands.snapshot(change, 0)).rejects.toThrow('somebody released, or is about to');
    await expect(hands.apply(change, 0)).rejects.toThrow('somebody released, or is about to');

    expect(await pointer()).toBe(before);
    expect(await house.configurationOf('lobby')).toMatchObject({ MemorySize: 256, Timeout: 3 });
  });
});

/** New code behind the alias `live`, as its owner deploys it; the version. */
async function releaseByHand(FunctionName: string, code: string): Promise<string> {
  const lambda = house.sandbox.client(LambdaClient);
  const ZipFile = zipSync({ 'index.js': strToU8(code) });
  await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile }));
  const { Version } = await lambda.send(new PublishVersionCommand({ FunctionName }));
  await lambda.send(new UpdateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: Version }));
  return Version!;
}

test('a stream goes on demand, and is provisioned again with the shards that it had', async () => {
  const change = Change.parse({ kind: 'kinesis-capacity', streamName: 'bookings', mode: 'ON_DEMAND' });
  const hands = await handsFor(playbookNamed('kinesis-capacity')!.permissions, change);
  const { restore: before } = await hands.snapshot(change, 0);

  await hands.apply(change, 0);
  expect((await hands.snapshot(change, 0)).restore).toEqual(change);
  await house.settle(MINUTE_MS);
  await hands.undo(change, before as Change, { takenAt: 0 });
  await house.settle(MINUTE_MS);
  await hands.undo(change, before as Change, { takenAt: 0 });

  expect(before).toEqual({ ...change, mode: 'PROVISIONED', shards: 1 });
  expect((await hands.snapshot(change, 0)).restore).toEqual(before);
});

test('a move of dead letters that is cancelled leaves there what has not moved', async () => {
  const { change } = cases['queue-redrive']!;
  await house.settle(10 * 60_000);
  const hands = await handsFor(permissionsOf(cases['queue-redrive']!), change);
  await giveUp(house.sandbox, at, 10);
  const now = house.clock.now();

  await hands.apply(change, now);
  await house.settle(2_000);
  await hands.apply(Change.parse({ ...change, perSecond: 0 }), now);
  await house.settle(60_000);

  const attributes = { QueueUrl: at.deadUrl, AttributeNames: ['ApproximateNumberOfMessages' as const] };
  const { Attributes } = await house.sandbox.client(SQSClient).send(new GetQueueAttributesCommand(attributes));
  expect(Number(Attributes!.ApproximateNumberOfMessages)).toBeGreaterThan(0);
});

test('a move that was begun since the snapshot, and is over, is not begun again', async () => {
  const { change } = cases['queue-redrive']!;
  await house.settle(10 * 60_000);
  const hands = await handsFor(permissionsOf(cases['queue-redrive']!), change);
  await giveUp(house.sandbox, at, 3);
  const now = house.clock.now();
  house.sandbox.forgetCalls();

  await hands.apply(change, now);
  await house.settle(30_000);
  await giveUp(house.sandbox, at, 3);
  await hands.apply(change, now);

  const started = house.sandbox.calls().filter(({ operation }) => operation === 'StartMessageMoveTask');
  expect(started).toHaveLength(1);
});

describe('the narrowed session', () => {
  test('may not touch another resource', async () => {
    const { change } = cases['dynamodb-capacity']!;
    const hands = await handsFor(permissionsOf(cases['dynamodb-capacity']!), change);

    await expect(hands.snapshot(Change.parse({ ...change, tableName: 'offers' }), 0)).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });

  test('may not do what its playbook does not name', async () => {
    const { change } = cases['lambda-configuration']!;
    const hands = await handsFor(['lambda:GetFunctionConfiguration'], change);

    await hands.snapshot(change, 0);
    await expect(hands.apply(change, 0)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test('is more than nothing: without its role it is none', async () => {
    const { change } = cases['lambda-configuration']!;
    const { region, endpoint, accountId } = house.sandbox;
    const roleArn = `arn:aws:iam::${accountId}:role/lamplighter-dev-${region}-hands`;
    const administrator = narrowedResources(house.sandbox.client(STSClient), { roleArn, region, endpoint });

    await expect(administrator([], change, 'nobody')).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});
