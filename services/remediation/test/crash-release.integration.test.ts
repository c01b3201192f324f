import { DeleteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetAliasCommand, LambdaClient, ListVersionsByFunctionCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type CallCrash, crashAtCall } from '@lamplighter/sandbox';
import { findingOf, type RemediationHouse, startRemediation } from './deployed-remediation.ts';
import { readRecords } from './repair-records.ts';
import { deployAliasedFunction } from './watched-function.ts';

const MINUTE_MS = 60_000;
const WHENS = ['before', 'after'] as const;
const READS = /^(?:Get|List|AssumeRole)/;

let house: RemediationHouse;
beforeAll(async () => {
  house = await startRemediation(Date.UTC(2026, 0, 15, 12));
  await house.setGuardrails({
    verdictMinutes: 3,
    rollbacksPerDay: 1_000,
    blastRadius: { resources: 9, changesPerHour: 1_000 },
  });
});
afterAll(() => house?.stop());

/** An alias of a function that nobody calls gets more memory, and loses it again: planned, applied, without a verdict, restored. */
async function repair(functionName: string, crash?: CallCrash) {
  await deployAliasedFunction(house.sandbox, functionName);
  await forgetWhatWasLearnt();
  const seen: string[] = [];
  const run = await crashAtCall(house.sandbox, { roles: ['ApplyChangeRole', '-hands'], crash }, async () => {
    await house.find(findingOf({ class: 'out-of-memory', openedAt: house.clock.now(), functionName }));
    await untilApplied(functionName);
    seen.push(await standOf(functionName));
    await house.settle(10 * MINUTE_MS);
  });
  const { locks, executions } = await readRecords(house.sandbox);
  const own = (await storedOf(functionName))!;
  return {
    ...run,
    outcome: {
      whileItStood: seen,
      afterwards: await standOf(functionName),
      state: own.remediation.state,
      snapshot: own.snapshot?.restore,
      locks,
      execution: executions.find(({ name }) => name === own.remediation.remediationId)?.status,
    },
  };
}

async function storedOf(functionName: string) {
  const { repairs } = await readRecords(house.sandbox);
  return repairs.find(({ observed }) => observed.name === functionName);
}

/** A step that died comes again after its pause. */
async function untilApplied(functionName: string): Promise<void> {
  for (let tries = 0; tries < 60; tries++) {
    await house.settle(10_000);
    if ((await storedOf(functionName))?.remediation.appliedAt !== undefined) return;
  }
}

/** What was undone a few times would not be tried again. */
const forgetWhatWasLearnt = () =>
  house.sandbox.client(DynamoDBClient).send(
    new DeleteItemCommand({
      TableName: 'lamplighter-dev-remediations',
      Key: { pk: { S: 'EXPERIENCE' }, sk: { S: 'lambda-memory#out-of-memory' } },
    }),
  );

/** Where the alias points, what it serves, what `$LATEST` has, and which versions there are. */
async function standOf(FunctionName: string): Promise<string> {
  const lambda = house.sandbox.client(LambdaClient);
  const { FunctionVersion } = await lambda.send(new GetAliasCommand({ FunctionName, Name: 'live' }));
  const { Versions = [] } = await lambda.send(new ListVersionsByFunctionCommand({ FunctionName }));
  const [served, latest] = await Promise.all([
    house.configurationOf(`${FunctionName}:live`),
    house.configurationOf(FunctionName),
  ]);
  const versions = Versions.map(({ Version }) => Version).join(' ');
  return `live ${FunctionVersion}: ${served.MemorySize} MB, $LATEST: ${latest.MemorySize} MB, of ${versions}`;
}

const expectedOf = (functionName: string) => ({
  whileItStood: ['live 2: 384 MB, $LATEST: 384 MB, of $LATEST 1 2'],
  afterwards: 'live 1: 256 MB, $LATEST: 256 MB, of $LATEST 1 2',
  state: 'rolled-back',
  snapshot: {
    kind: 'lambda-release',
    functionName,
    alias: 'live',
    fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
    memorySizeMb: 256,
    from: { memorySizeMb: 384, timeoutS: 3 },
    to: { version: '1', weights: {} },
  },
  locks: 0,
  execution: 'SUCCEEDED',
});

test('a release by a repair that dies before or after any one of its calls is one version, and undone', async () => {
  const { calls, outcome } = await repair('calm');
  expect(outcome).toEqual(expectedOf('calm'));
  const crashes = calls.flatMap((call, index) =>
    WHENS.filter((when) => when === 'before' || !READS.test(call)).map((when) => ({ nth: index + 1, when })),
  );
  expect(calls.filter((call) => /Publish|UpdateAlias/.test(call))).toHaveLength(3);

  for (const crash of crashes) {
    const functionName = `lobby-${crash.when}-${crash.nth}`;
    const run = await repair(functionName, crash);
    const at = `${crash.when} ${crash.nth} ${calls[crash.nth - 1]}`;
    expect({ at, crashes: run.crashes, ...run.outcome }).toEqual({ at, crashes: 1, ...expectedOf(functionName) });
  }
}, 600_000);
