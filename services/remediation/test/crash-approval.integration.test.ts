import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { RemediationChanged } from '@lamplighter/contracts';
import { type CallCrash, type CaughtEvent, catchEvents, crashAtCall } from '@lamplighter/sandbox';
import { findingOf, type RemediationHouse, startRemediation } from './deployed-remediation.ts';
import { outcomeOf } from './repair-outcome.ts';
import { deployWatchedFunction } from './watched-function.ts';

const MINUTE_MS = 60_000;

let house: RemediationHouse;
let caught: () => Promise<readonly CaughtEvent[]>;
beforeAll(async () => {
  house = await startRemediation(Date.UTC(2026, 0, 15, 12));
  caught = await catchEvents(house.sandbox, { bus: 'lamplighter-dev', detailTypes: ['RemediationChanged'] });
  await house.setGuardrails({ mode: 'approve', blastRadius: { resources: 9, changesPerHour: 1_000 } });
});
afterAll(() => house?.stop());

const told: CaughtEvent[] = [];
const crashesOf = (calls: readonly string[], first = 0): CallCrash[] =>
  calls.flatMap((_, index) => (['before', 'after'] as const).map((when) => ({ nth: first + index + 1, when })));

/** A finding whose repair a person is asked about. Long enough for one that has to come out of its queue again. */
async function ask(functionName: string): Promise<void> {
  await deployWatchedFunction(house.sandbox, { name: functionName });
  await house.find(findingOf({ class: 'slow-down', openedAt: house.clock.now(), functionName }));
  await house.settle(5_000);
  await house.settle(4 * MINUTE_MS);
}

/** Anna's own link, from the newest revision that was told. */
async function linkOf(functionName: string): Promise<string> {
  told.push(...(await caught()));
  const repairs = told.map(({ detail }) => RemediationChanged.parse(detail).data.remediation);
  const own = repairs.filter(({ resource, state }) => resource.name === functionName && state === 'awaiting-approval');
  return own.at(-1)!.approval!.links.find(({ approver }) => approver === 'anna')!.approveUrl;
}

/** The repair is made, held, and taken back. */
async function end(functionName: string) {
  await house.settle(20 * MINUTE_MS);
  await house.settle(20 * MINUTE_MS);
  told.push(...(await caught()));
  const { repairs, snapshot, tracing, locks, counted, executions } = await outcomeOf(house, functionName, told);
  return { repairs, snapshot, tracing, locks, counted, executions };
}

const expectedOf = (functionName: string) => ({
  repairs: ['tracing-up: kept'],
  snapshot: { kind: 'lambda-configuration', functionName, tracing: 'PassThrough' },
  tracing: 'PassThrough',
  locks: 0,
  counted: 1,
  executions: ['SUCCEEDED'],
});

test('a function that dies while it asks has asked nobody, and asks again', async () => {
  // The first one makes the key of all links.
  await ask('first');
  const clean = await crashAtCall(house.sandbox, { roles: ['TakeStepRole'] }, () => ask('asked'));
  const crashes = crashesOf(clean.calls);
  for (const crash of crashes) {
    const functionName = `asked-${crash.when}-${crash.nth}`;
    const run = await crashAtCall(house.sandbox, { roles: ['TakeStepRole'], crash }, () => ask(functionName));
    const page = await fetch(await linkOf(functionName), { method: 'POST' });
    const at = `${crash.when} ${crash.nth} ${clean.calls[crash.nth - 1]}`;
    expect({ at, crashes: run.crashes, status: page.status, ...(await end(functionName)) }).toEqual({
      at,
      crashes: 1,
      status: 200,
      ...expectedOf(functionName),
    });
  }
}, 600_000);

test('a click whose function dies is made again, and is one decision', async () => {
  const click = async (functionName: string) => fetch(await linkOf(functionName), { method: 'POST' });
  await ask('clicked');
  const clean = await crashAtCall(house.sandbox, { roles: ['DecideApprovalRole'] }, () => click('clicked'));
  expect(clean.calls).toContain('SendTaskSuccess');
  for (const crash of crashesOf(clean.calls)) {
    const functionName = `clicked-${crash.when}-${crash.nth}`;
    await ask(functionName);
    const run = await crashAtCall(house.sandbox, { roles: ['DecideApprovalRole'], crash }, () => click(functionName));
    await click(functionName);
    const at = `${crash.when} ${crash.nth} ${clean.calls[crash.nth - 1]}`;
    expect({ at, crashes: run.crashes, ...(await end(functionName)) }).toEqual({
      at,
      crashes: 1,
      ...expectedOf(functionName),
    });
    const repairs = told.map(({ detail }) => RemediationChanged.parse(detail).data.remediation);
    const newest = repairs.filter(({ resource }) => resource.name === functionName).at(-1)!;
    expect(newest.decisions).toMatchObject([{ by: 'anna', decision: 'approve', through: 'link' }]);
  }
}, 600_000);
