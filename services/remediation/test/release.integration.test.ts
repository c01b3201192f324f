import {
  GetAliasCommand,
  LambdaClient,
  ListVersionsByFunctionCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type MinuteOfCalls, minuteOfLogs } from '@lamplighter/sandbox/minute-of-logs';
import { findingOf, type RemediationHouse, startRemediation } from './deployed-remediation.ts';
import { deployAliasedFunction } from './watched-function.ts';

const MINUTE_MS = 60_000;

let house: RemediationHouse;
beforeAll(async () => {
  house = await startRemediation(Date.UTC(2026, 0, 15, 12));
  await house.setGuardrails({ blastRadius: { resources: 9, changesPerHour: 99 } });
});
afterAll(() => house?.stop());

async function watch(name: string): Promise<void> {
  await deployAliasedFunction(house.sandbox, name);
  house.sandbox.peers.logs.ensureLogGroup(`/aws/lambda/${name}`);
  await house.settle(20_000);
}

async function minutes(name: string, version: string, count: number, figures: Partial<MinuteOfCalls>): Promise<void> {
  const stream = `2026/01/15/[${version}]0123456789abcdef0123456789abcdef`;
  for (let at = 0; at < count; at++) {
    const start = Math.floor(house.clock.now() / MINUTE_MS) * MINUTE_MS;
    const lines = minuteOfLogs(name, { calls: 20, ...figures, start, version });
    await house.sandbox.peers.logs.write(`/aws/lambda/${name}`, stream, lines);
    await house.settle(MINUTE_MS);
  }
}

/** Two minutes in which memory is nearly used up behind the alias, the finding, and time to act on it. */
async function runShort(name: string): Promise<void> {
  await minutes(name, '1', 3, { memorySizeMb: 256, memoryUsedMb: 150 });
  const openedAt = Math.floor(house.clock.now() / MINUTE_MS) * MINUTE_MS;
  await minutes(name, '1', 2, { memorySizeMb: 256, memoryUsedMb: 244 });
  await house.find(findingOf({ class: 'out-of-memory-risk', openedAt, functionName: name }));
  await house.settle(15_000);
}

async function repairOf(name: string) {
  const answer = await house.ask({ kind: 'recent', limit: 50 });
  const all = answer.kind === 'remediations' ? answer.remediations : [];
  return all.find(({ resource }) => resource.name === name);
}

/** What callers reach, what the next release would be made of, and the versions that there are. */
async function standOf(FunctionName: string) {
  const lambda = house.sandbox.client(LambdaClient);
  const [alias, served, latest, { Versions = [] }] = await Promise.all([
    lambda.send(new GetAliasCommand({ FunctionName, Name: 'live' })),
    house.configurationOf(`${FunctionName}:live`),
    house.configurationOf(FunctionName),
    lambda.send(new ListVersionsByFunctionCommand({ FunctionName })),
  ]);
  return {
    live: alias.FunctionVersion,
    weights: alias.RoutingConfig?.AdditionalVersionWeights ?? {},
    servedMb: served.MemorySize,
    latestMb: latest.MemorySize,
    isSameCode: served.CodeSha256 === latest.CodeSha256,
    versions: Versions.map(({ Version }) => Version),
  };
}

test('callers of an alias get the memory, in a version of the code that they had', async () => {
  await watch('suites');
  const before = await standOf('suites');
  await runShort('suites');

  const after = { live: '2', weights: {}, servedMb: 384, latestMb: 384, isSameCode: true };
  expect(await standOf('suites')).toEqual({ ...after, versions: ['$LATEST', '1', '2'] });
  expect(before).toMatchObject({ live: '1', servedMb: 256, latestMb: 256, isSameCode: true });

  await minutes('suites', '2', 4, { memorySizeMb: 384, memoryUsedMb: 244 });
  expect(await repairOf('suites')).toMatchObject({
    playbook: 'lambda-memory',
    title: 'Set the memory of suites:live from 256 to 384 MB',
    state: 'kept',
    verification: { metric: 'memory-use', before: 244 / 256, after: 244 / 384 },
  });
});

test('what does not help them is taken back, from the alias and from $LATEST', async () => {
  await watch('lofts');
  const before = await standOf('lofts');
  await runShort('lofts');
  expect((await standOf('lofts')).live).toBe('2');

  await minutes('lofts', '2', 4, { memorySizeMb: 384, memoryUsedMb: 244, failures: 10 });

  expect(await repairOf('lofts')).toMatchObject({
    state: 'rolled-back',
    undo: expect.stringContaining('live points to version 1 again'),
  });
  // The version that was published stays; nobody is sent there.
  expect(await standOf('lofts')).toEqual({ ...before, versions: ['$LATEST', '1', '2'] });
});

test('what is not released yet is not released by a repair, which says what to do', async () => {
  await watch('porches');
  await house.sandbox.client(LambdaClient).send(
    new UpdateFunctionConfigurationCommand({
      FunctionName: 'porches',
      Environment: { Variables: { NEW_PRICES: 'on' } },
    }),
  );
  const before = await standOf('porches');

  await runShort('porches');

  expect(await repairOf('porches')).toMatchObject({
    state: 'refused',
    refusals: [
      {
        rail: 'obstacle',
        reason: expect.stringMatching(/^\$LATEST holds code or settings that are not released: live serves version 1/),
        lift: expect.stringContaining('Release what $LATEST holds'),
      },
    ],
  });
  expect(await standOf('porches')).toEqual(before);
});
