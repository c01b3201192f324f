import { DeleteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DescribeStateMachineCommand, ListStateMachinesCommand, SFNClient } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Finding, Remediation } from '@lamplighter/contracts';
import type { Fault } from '@lamplighter/sandbox';
import { anAdvice } from './an-advice.ts';
import { findingOf, type RemediationHouse, startRemediation } from './deployed-remediation.ts';
import { type Definition, pathsIn, pathsWalked } from './walked-paths.ts';
import { deployAliasedFunction, deployWatchedFunction } from './watched-function.ts';

const MINUTE_MS = 60_000;
const MANY = { blastRadius: { resources: 50, changesPerHour: 1_000 }, rollbacksPerDay: 100, verdictMinutes: 3 };

let house: RemediationHouse;
beforeAll(async () => {
  house = await startRemediation(Date.UTC(2026, 0, 15, 12));
});
afterAll(() => house?.stop());

/** A function that nobody calls, and a finding about it. */
async function find(functionName: string, kind: Finding['class']): Promise<void> {
  await deployWatchedFunction(house.sandbox, { name: functionName });
  await house.find(findingOf({ class: kind, openedAt: house.clock.now(), functionName }));
}

async function repairOf(functionName: string, kind?: Finding['class']): Promise<Remediation> {
  const answer = await house.ask({ kind: 'recent', limit: 200 });
  const all = answer.kind === 'remediations' ? answer.remediations : [];
  return all.find(
    ({ findingId, findingClass }) => findingId.includes(`/${functionName}/`) && findingClass === (kind ?? findingClass),
  )!;
}
const stateOf = async (functionName: string, kind?: Finding['class']) => (await repairOf(functionName, kind))?.state;

async function repairOfResource(name: string): Promise<Remediation | undefined> {
  const answer = await house.ask({ kind: 'recent', limit: 200 });
  const all = answer.kind === 'remediations' ? answer.remediations : [];
  return all.find(({ resource }) => resource.name === name);
}
const stateOfResource = async (name: string) => (await repairOfResource(name))?.state;

/** A repair that was lost from the table. */
const forget = (remediationId: string) =>
  house.sandbox.client(DynamoDBClient).send(
    new DeleteItemCommand({
      TableName: 'lamplighter-dev-remediations',
      Key: { pk: { S: `REMEDIATION#${remediationId}` }, sk: { S: 'REMEDIATION' } },
    }),
  );

/** Refuses calls of a role that name a function, and say more. */
function refuse(role: string, functionName: string, operation: string, says = '', code = 'AccessDeniedException') {
  const caller: Fault['caller'] = ({ roleArn }, { input }) => {
    const text = JSON.stringify(input);
    return roleArn?.includes(role) === true && text.includes(functionName) && text.includes(says);
  };
  return house.sandbox.faults.inject({ caller, operation, effect: { kind: 'error', code } });
}

const decide = async (functionName: string, kind: Finding['class'], decision: 'approve' | 'decline') => {
  const { remediationId } = await repairOf(functionName, kind);
  return house.ask({ kind: 'decide', remediationId, decision, by: 'anna' });
};

async function setMode(mode: 'automatic' | 'approve'): Promise<void> {
  await house.setGuardrails({ ...MANY, mode });
  await house.settle(20_000);
}

test('what is done by itself ends in each of its ways', async () => {
  await setMode('automatic');
  refuse('-hands', 'no-snapshot', 'GetFunctionConfiguration');
  refuse('-hands', 'no-apply', 'UpdateFunctionConfiguration', '384');
  refuse('ApplyChangeRole', 'no-hands', 'PutItem', '"verifying"');
  refuse('-hands', 'no-hands', 'UpdateFunctionConfiguration', '256');
  refuse('-hands', 'impossible', 'UpdateFunctionConfiguration', '', 'InvalidParameterValueException');
  refuse('-hands', 'no-restore', 'UpdateFunctionConfiguration', '256');
  refuse('-hands', 'no-take-back', 'UpdateFunctionConfiguration', 'PassThrough');
  refuse('TakeStepRole', 'no-verify', 'PutItem', '"verification"');
  const outOfMemory = ['quiet', 'no-snapshot', 'no-apply', 'no-hands', 'no-restore', 'no-verify', 'impossible', 'gone'];
  for (const name of outOfMemory) await find(name, 'out-of-memory');
  const held = ['traced', 'no-take-back', 'no-turn', 'busy', 'gone-held'];
  for (const name of held) await find(name, 'slow-down');
  await find('loop', 'recursive-loop');
  await house.settle(20_000);
  // On a busy machine a step takes longer than that, and what is forgotten before it is applied ends another way.
  for (let step = 0; step < 60 && (await stateOf('gone')) !== 'verifying'; step++) await house.settle(1_000);
  await forget((await repairOf('gone')).remediationId);
  await house.settle(15 * MINUTE_MS);
  await forget((await repairOf('gone-held')).remediationId);
  const noTurn = refuse('TakeStepRole', 'no-turn', 'TransactWriteItems');
  await house.settle(14 * MINUTE_MS);
  // What stays for a while is in nobody's way.
  await house.find(findingOf({ class: 'memory-leak', openedAt: house.clock.now(), functionName: 'busy' }));
  await house.settle(10_000);
  expect(await stateOf('busy', 'memory-leak')).toBe('verifying');
  expect(await stateOf('busy', 'slow-down')).toBe('verifying');
  await house.settle(8 * MINUTE_MS);
  expect(noTurn.hits).toBeGreaterThan(8);
  noTurn.lift();
  await house.settle(16 * MINUTE_MS);

  expect(await stateOf('busy', 'memory-leak')).toBe('rolled-back');
  expect(await stateOf('busy', 'slow-down')).toBe('kept');
  expect(await stateOf('no-turn')).toBe('kept');
  for (const name of ['busy', 'no-turn'])
    expect(await house.configurationOf(name)).toMatchObject({
      TracingConfig: { Mode: 'PassThrough' },
      MemorySize: 256,
    });
  const states = ['quiet', 'no-snapshot', 'no-apply', 'no-hands', 'no-restore', 'no-verify', 'traced', 'loop'];
  expect(Object.fromEntries(await Promise.all(states.map(async (name) => [name, await stateOf(name)])))).toEqual({
    quiet: 'rolled-back',
    'no-snapshot': 'failed',
    'no-apply': 'failed',
    'no-hands': 'failed',
    'no-restore': 'failed',
    'no-verify': 'failed',
    traced: 'kept',
    loop: 'kept',
  });
  expect(await stateOf('no-take-back')).toBe('failed');
  expect(await repairOf('impossible')).toMatchObject({ state: 'failed', untouched: true });
  house.sandbox.faults.clear();
}, 400_000);

test('of two findings on one resource at once one acts, and the other waits until it is over', async () => {
  await setMode('automatic');
  await deployWatchedFunction(house.sandbox, { name: 'both' });
  const openedAt = house.clock.now();
  const findings = (['out-of-memory', 'timeouts'] as const).map((kind) =>
    findingOf({ class: kind, openedAt, functionName: 'both' }),
  );
  await Promise.all(findings.map((finding) => house.find(finding)));
  await house.settle(10_000);

  const states = [await stateOf('both', 'out-of-memory'), await stateOf('both', 'timeouts')];
  expect([...states].sort()).toEqual(['planned', 'verifying']);
  const { MemorySize, Timeout } = await house.configurationOf('both');
  expect([MemorySize !== 256, Timeout !== 3].filter(Boolean)).toHaveLength(1);

  await house.settle(12 * MINUTE_MS);
  const [memory, timeout] = [await repairOf('both', 'out-of-memory'), await repairOf('both', 'timeouts')];
  const [first, second] = [memory, timeout].sort((a, b) => a.appliedAt! - b.appliedAt!) as [Remediation, Remediation];
  expect([first.state, second.state]).toEqual(['rolled-back', 'rolled-back']);
  // The functions' clocks may differ by the time that they really took.
  expect(second.appliedAt).toBeGreaterThan(first.endedAt! - 1_000);
  expect(await house.configurationOf('both')).toMatchObject({ MemorySize: 256, Timeout: 3 });
});

test('what has to be approved is approved, declined, forgotten, or overtaken', async () => {
  await setMode('approve');
  for (const name of ['yes', 'no', 'nobody', 'too-late']) await find(name, 'out-of-memory');
  await house.find(findingOf({ class: 'timeout-risk', openedAt: house.clock.now(), functionName: 'yes' }));
  await house.settle(10_000);
  await decide('yes', 'out-of-memory', 'approve');
  await decide('no', 'out-of-memory', 'decline');
  await house.settle(10_000);
  expect(await stateOf('yes', 'out-of-memory')).toBe('verifying');
  await decide('yes', 'timeout-risk', 'approve');
  await house.settle(10_000);
  expect(await stateOf('yes', 'timeout-risk')).toBe('approved');

  await house.ask({ kind: 'set-kill-switch', isOn: true, by: 'ben' });
  await decide('too-late', 'out-of-memory', 'approve');
  await house.settle(5_000);
  expect(await repairOf('too-late')).toMatchObject({ state: 'refused', refusals: [{ rail: 'kill-switch' }] });
  await house.ask({ kind: 'set-kill-switch', isOn: false, by: 'ben' });
  // While others are at it, nobody is asked about one more.
  await house.find(findingOf({ class: 'timeouts', openedAt: house.clock.now(), functionName: 'yes' }));
  await house.settle(5_000);
  expect(await stateOf('yes', 'timeouts')).toBe('planned');

  await house.settle(10 * MINUTE_MS);
  expect(await stateOf('yes', 'timeout-risk')).toBe('rolled-back');
  await house.settle(52 * MINUTE_MS);
  expect(await stateOf('no')).toBe('declined');
  expect(await stateOf('nobody')).toBe('expired');
}, 400_000);

test('the kill switch stops a repair before its first step, and between the snapshot and the change', async () => {
  await setMode('automatic');
  const failing = refuse('-hands', 'stopped', 'GetFunctionConfiguration');
  await find('stopped', 'out-of-memory-risk');
  for (let step = 0; step < 100 && failing.hits === 0; step++) await house.settle(100);
  await house.ask({ kind: 'set-kill-switch', isOn: true, by: 'anna' });
  failing.lift();
  await find('never', 'out-of-memory-risk');
  await house.settle(5 * MINUTE_MS);
  expect(await repairOf('stopped')).toMatchObject({
    state: 'refused',
    refusals: [{ rail: 'kill-switch', reason: expect.stringContaining('nothing was changed') }],
  });
  expect((await house.configurationOf('stopped')).MemorySize).toBe(256);
  await house.ask({ kind: 'set-kill-switch', isOn: false, by: 'anna' });

  expect(await stateOf('never')).toBe('refused');
  // What the switch stood against is planned again when it is off.
  await house.settle(15 * MINUTE_MS);
  const statesOf = async (name: string) => {
    const answer = await house.ask({ kind: 'by-finding', findingId: (await repairOf(name)).findingId });
    return answer.kind === 'remediations' ? answer.remediations.map(({ state }) => state) : [];
  };
  const twice = ['refused', expect.stringMatching(/verifying|rolled-back/)];
  expect(await statesOf('never')).toEqual(twice);
  expect(await statesOf('stopped')).toEqual(twice);
});

test('what was changed and not written down when the kill switch came is undone, or fails to be', async () => {
  await setMode('automatic');
  const unwritten = ['begun', 'no-undo'].map((name) => refuse('ApplyChangeRole', name, 'PutItem', '"verifying"'));
  refuse('-hands', 'no-undo', 'UpdateFunctionConfiguration', '256');
  for (const name of ['begun', 'no-undo']) await find(name, 'out-of-memory-risk');
  for (let step = 0; step < 300 && unwritten.some(({ hits }) => hits === 0); step++) await house.settle(100);
  expect((await house.configurationOf('begun')).MemorySize).toBeGreaterThan(256);
  await house.ask({ kind: 'set-kill-switch', isOn: true, by: 'anna' });
  await house.settle(15 * MINUTE_MS);
  await house.ask({ kind: 'set-kill-switch', isOn: false, by: 'anna' });

  expect(await repairOf('begun')).toMatchObject({
    state: 'refused',
    refusals: [{ rail: 'kill-switch', reason: expect.stringContaining('was undone') }],
  });
  expect((await house.configurationOf('begun')).MemorySize).toBe(256);
  expect(await stateOf('no-undo')).toBe('failed');
  house.sandbox.faults.clear();
});

test('a step that fails before anything is changed ends its repair, and says why', async () => {
  await setMode('automatic');
  refuse('TakeStepRole', 'no-admission', 'TransactWriteItems', '"GATE"');
  await find('no-admission', 'out-of-memory');
  await house.settle(10 * MINUTE_MS);
  await setMode('approve');
  refuse('TakeStepRole', 'no-question', 'PutItem', 'taskToken');
  await find('no-question', 'out-of-memory');
  await house.settle(10 * MINUTE_MS);
  refuse('TakeStepRole', 'guardrails', 'GetParameter');
  await find('no-rails', 'out-of-memory');
  await house.settle(10 * MINUTE_MS);
  house.sandbox.faults.clear();

  for (const name of ['no-admission', 'no-question', 'no-rails'])
    expect(await repairOf(name)).toMatchObject({
      state: 'failed',
      untouched: true,
      failure: expect.stringMatching(/^Nothing was changed\. .*AccessDenied/s),
    });
});

test('what follows an advice is withdrawn when it ends and nobody stops it, or fails to be', async () => {
  await setMode('automatic');
  refuse('-hands', 'no-withdrawal', 'DeleteScheduledAction');
  const names = ['advised', 'no-withdrawal', 'forgotten', 'no-lock'];
  for (const name of names) {
    await deployAliasedFunction(house.sandbox, name);
    await house.advise(anAdvice(name, 2, house.clock.now()));
  }
  await house.settle(MINUTE_MS);
  const states = () => Promise.all(names.map((name) => stateOfResource(name)));
  expect(await states()).toEqual(['kept', 'kept', 'kept', 'kept']);

  const unlocked = refuse('TakeStepRole', 'no-lock', 'TransactWriteItems');
  await house.ask({ kind: 'set-kill-switch', isOn: true, by: 'anna' });
  for (const name of names) await house.advise(anAdvice(name, 0, house.clock.now()));
  await house.settle(5 * MINUTE_MS);
  expect(await states()).toEqual(['kept', 'kept', 'kept', 'kept']);
  await forget((await repairOfResource('forgotten'))!.remediationId);
  await house.ask({ kind: 'set-kill-switch', isOn: false, by: 'anna' });
  await house.settle(20 * MINUTE_MS);
  expect(await states()).toEqual(['rolled-back', 'failed', undefined, 'kept']);
  expect(unlocked.hits).toBeGreaterThan(8);
  unlocked.lift();
  await house.settle(15 * MINUTE_MS);

  expect(await states()).toEqual(['rolled-back', 'failed', undefined, 'rolled-back']);
  house.sandbox.faults.clear();
});

test('these were all the ways that the packaged state machine knows', async () => {
  const client = house.sandbox.client(SFNClient);
  const { stateMachines = [] } = await client.send(new ListStateMachinesCommand({}));
  const { stateMachineArn } = stateMachines.find(({ name }) => name === 'lamplighter-dev-remediation')!;
  const { definition } = await client.send(new DescribeStateMachineCommand({ stateMachineArn }));
  const walked = await pathsWalked(house.sandbox, stateMachineArn!);

  const known = pathsIn(JSON.parse(definition!) as Definition);
  expect(known.length).toBeGreaterThan(40);
  expect(known.filter((path) => !walked.has(path))).toEqual([]);
  expect([...walked].filter((path) => !known.includes(path))).toEqual([]);
});
