import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type CallCrash, type CaughtEvent, catchEvents, crashAtCall } from '@lamplighter/sandbox';
import { dynamoDbExperience } from '../src/adapters/dynamodb-experience.ts';
import { aRepair } from './a-repair.ts';
import { findingOf, type RemediationHouse, startRemediation } from './deployed-remediation.ts';
import { outcomeOf } from './repair-outcome.ts';
import { deployWatchedFunction } from './watched-function.ts';

const MINUTE_MS = 60_000;
const WHENS = ['before', 'after'] as const;

let house: RemediationHouse;
let caught: () => Promise<readonly CaughtEvent[]>;
beforeAll(async () => {
  house = await startRemediation(Date.UTC(2026, 0, 15, 12));
  caught = await catchEvents(house.sandbox, { bus: 'lamplighter-dev', detailTypes: ['RemediationChanged'] });
});
afterAll(() => house?.stop());

/** Roles whose functions a repair passes, each with what it does. The hands' sessions end with the function that took them. */
const ROLES = [
  ['PlanRemediationRole'],
  ['TakeStepRole'],
  ['ApplyChangeRole', '-hands'],
  ['RelayRemediationRole'],
] as const;

/**
 * A slow function is traced for half an hour: planned, guarded, admitted, read, changed, verified, held, taken back and recorded, with every wait
 * long enough for whatever has to be tried again.
 */
async function repair(functionName: string, roles: readonly string[], crash?: CallCrash) {
  await deployWatchedFunction(house.sandbox, { name: functionName });
  await caught();
  const run = await crashAtCall(house.sandbox, { roles, crash }, async () => {
    await house.find(findingOf({ class: 'slow-down', openedAt: house.clock.now(), functionName }));
    await house.settle(5_000);
    await house.settle(20 * MINUTE_MS);
    await house.settle(20 * MINUTE_MS);
    await house.settle(5 * MINUTE_MS);
  });
  return { ...run, outcome: await outcomeOf(house, functionName, await caught()) };
}

const expectedOf = (functionName: string) => ({
  repairs: ['tracing-up: kept'],
  snapshot: { kind: 'lambda-configuration', functionName, tracing: 'PassThrough' },
  tracing: 'PassThrough',
  locks: 0,
  counted: 1,
  // Nothing verifies it.
  learnt: 0,
  executions: ['SUCCEEDED'],
  untold: [],
});

test('a repair with nothing in its way', async () => {
  await house.setGuardrails({ blastRadius: { resources: 3, changesPerHour: 1_000 } });
  const { outcome } = await repair('calm', ['PlanRemediationRole']);

  expect(outcome).toEqual(expectedOf('calm'));
});

test('what is learnt twice of one repair, since the first time was not heard of, counts once', async () => {
  const experience = dynamoDbExperience(house.sandbox.client(DynamoDBClient), 'lamplighter-dev-remediations', () =>
    house.clock.now(),
  );
  const repaired = aRepair({ remediation: { remediationId: 'learnt-twice' } });

  await experience.learn(repaired, 'kept');
  await experience.learn(repaired, 'kept');

  expect(await experience.all()).toEqual([
    { playbook: 'lambda-timeout', findingClass: 'timeouts', kept: 1, undone: 0 },
  ]);
});

/** A crash after a read is one before the next call: reads are tried once. */
const READS = /^(?:Get|List|Describe|Query|Invoke|AssumeRole)/;

describe.each(ROLES.map((roles) => [roles[0], roles] as const))('where %s dies', (name, roles) => {
  test('before or after any one of its calls, there is one change and its snapshot', async () => {
    const { calls } = await repair(`calm-${name}`.toLowerCase(), roles);
    const crashes = calls.flatMap((call, index) =>
      WHENS.filter((when) => when === 'before' || !READS.test(call)).map((when) => ({ nth: index + 1, when })),
    );
    expect(crashes.length).toBeGreaterThan(calls.length);
    for (const crash of crashes) {
      const functionName = `${name}-${crash.when}-${crash.nth}`.toLowerCase();
      const run = await repair(functionName, roles, crash);
      const at = `${crash.when} ${crash.nth} ${calls[crash.nth - 1]}`;
      expect({ at, crashes: run.crashes, ...run.outcome }).toEqual({ at, crashes: 1, ...expectedOf(functionName) });
    }
  }, 600_000);
});
