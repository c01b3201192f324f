import { LambdaClient, PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Remediation, RemediationChanged } from '@lamplighter/contracts';
import { Change } from '@lamplighter/remedies';
import { catchEvents } from '@lamplighter/sandbox';
import {
  grantedStatements,
  needlessStatements,
  sidsByRole,
  unboundedActions,
  unusedActions,
} from '@lamplighter/sandbox/least-privilege';
import { anAdvice } from './an-advice.ts';
import { type ChangeCase, changeCases, permissionsOf } from './change-cases.ts';
import { type ChangeableResources, deployChangeable, makeSomethingToChange, runSql } from './changeable-resources.ts';
import { findingOf, type RemediationHouse, startRemediation } from './deployed-remediation.ts';
import { handsOf } from './hands.ts';
import { deployWatchedFunction } from './watched-function.ts';

const MINUTE_MS = 60_000;

/** Every statement that the packaged roles have, by its Sid: one more or one less is a decision. */
const STATEMENTS: Readonly<Record<string, readonly string[]>> = {
  PlanRemediationRole: [
    'AskAdviser',
    'AskAudit',
    'HoldEvents',
    'KeepPlans',
    'ListPlans',
    'ReadAccount',
    'ReadApis',
    'ReadCaches',
    'ReadClusters',
    'ReadFunctions',
    'ReadGuardrails',
    'ReadMetrics',
    'ReadQueues',
    'ReadStreams',
    'ReadTables',
    'StartRepairs',
    'TakeEyes',
    'TakeFindings',
    'WriteOwnLog',
  ],
  TakeStepRole: ['AskAudit', 'FollowMoves', 'KeepRepairs', 'ReadGuardrails', 'ReadMetrics', 'WriteOwnLog'],
  ApplyChangeRole: ['KeepRepairs', 'ReadKillSwitch', 'TakeHands', 'WriteOwnLog'],
  RelayRemediationRole: ['FollowRepairs', 'Publish', 'WriteOwnLog'],
  DecideApprovalRole: ['GoOn', 'KeepDecisions', 'ReadGuardrails', 'WriteOwnLog'],
  QueryRemediationsRole: ['GoOn', 'KeepDecisions', 'ListRepairs', 'ReadGuardrails', 'TurnKillSwitch', 'WriteOwnLog'],
  RepairRole: ['TakeSteps'],
  EyesRole: ['Secrets', 'Statements'],
  HandsRole: [
    'Apis',
    'Caches',
    'ClusterSecrets',
    'Clusters',
    'FirstSchedule',
    'Functions',
    'Mappings',
    'Queues',
    'Schedules',
    'Streams',
    'Tables',
  ],
};

/** What AWS itself asks for and the sandbox does not, with its source. */
const ASKED_BY_AWS: Readonly<Record<string, string>> = {
  'HandsRole.FirstSchedule: iam:CreateServiceLinkedRole': 'Application Auto Scaling User Guide, service-linked roles',
  'HandsRole.Queues: sqs:SendMessage': 'SQS Developer Guide, permissions of a redrive to the source queue',
  'PlanRemediationRole.ReadFunctions: lambda:ListTags': 'GetFunction shows tags to whoever may list them',
  'RelayRemediationRole.FollowRepairs: dynamodb:ListStreams': 'Lambda Developer Guide, DynamoDB event source',
};
/** Actions without resource-level permissions (Service Authorization Reference); a token of a task has no ARN. */
const WITHOUT_RESOURCES = [
  'application-autoscaling:DeleteScheduledAction',
  'application-autoscaling:DeregisterScalableTarget',
  'application-autoscaling:DescribeScalableTargets',
  'application-autoscaling:DescribeScheduledActions',
  'application-autoscaling:PutScheduledAction',
  'application-autoscaling:RegisterScalableTarget',
  'cloudwatch:GetMetricData',
  'dynamodb:ListTables',
  'lambda:GetAccountSettings',
  'lambda:ListEventSourceMappings',
  'states:SendTaskSuccess',
];

let house: RemediationHouse;
let at: ChangeableResources;
beforeAll(async () => {
  house = await startRemediation(Date.UTC(2026, 0, 15, 12), { adviserModel: 'amazon.nova-lite-v1:0' });
  house.sandbox.peers.bedrock.answerWith(() => 'I would rather not say.');
  at = await deployChangeable(house.sandbox);
  await makeSomethingToChange(house.sandbox, at);
  await repairByThemselves();
  await approveAndDecline();
  await adviseAndEnd();
  await findAtTheWrongMoment();
  await askEverything();
  const cases = { ...changeCases(at) };
  // What was approved above is what the alias serves by now.
  const release = cases['lambda-release'];
  const from = { memorySizeMb: 384, timeoutS: 3 };
  cases['lambda-release'] = { ...release, change: Change.parse({ ...release.change, from }) };
  for (const one of Object.values(cases)) await makeAndTakeBack(one);
  const onDemand: Change = { kind: 'kinesis-capacity', streamName: 'bookings', mode: 'ON_DEMAND' };
  await makeAndTakeBack({ ...cases['kinesis-capacity'], change: onDemand });
  await giveBack();
});
afterAll(() => house?.stop());

const openOn = (functionName: string, kind: Parameters<typeof findingOf>[0]['class']) =>
  house.find(findingOf({ class: kind, openedAt: house.clock.now(), functionName }));

/** Functions that work with everything that is read; what nobody's calls speak for is undone. */
async function repairByThemselves(): Promise<void> {
  await runSql(house.sandbox, at, "select * from payment where card_token = 'a'");
  await house.setGuardrails({ verdictMinutes: 5, blastRadius: { resources: 9, changesPerHour: 99 } });
  await openOn('rooms', 'slow-down');
  await openOn('workers', 'timeouts');
  await openOn(await deployThrottled(), 'throttling');
  await house.settle(5_000);
  await house.settle(8 * MINUTE_MS);
}

/** A function that is refused half of its calls: no log says so. */
async function deployThrottled(): Promise<string> {
  const name = 'porters';
  await deployWatchedFunction(house.sandbox, { name });
  const reserved = { FunctionName: name, ReservedConcurrentExecutions: 4 };
  await house.sandbox.client(LambdaClient).send(new PutFunctionConcurrencyCommand(reserved));
  for (const metric of ['Invocations', 'Throttles'])
    house.sandbox.peers.metrics.put('AWS/Lambda', metric, { FunctionName: name }, 30, 'Count');
  return name;
}

async function approveAndDecline(): Promise<void> {
  const caught = await catchEvents(house.sandbox, { bus: 'lamplighter-dev', detailTypes: ['RemediationChanged'] });
  await house.setGuardrails({ mode: 'approve', blastRadius: { resources: 9, changesPerHour: 99 } });
  await house.settle(20_000);
  await openOn('lobby', 'out-of-memory');
  await openOn('workers', 'out-of-memory');
  await house.settle(5_000);
  const asked = (await caught()).map(({ detail }) => RemediationChanged.parse(detail).data.remediation);
  const waiting = (name: string): Remediation =>
    asked.find(({ resource, state }) => resource.name === name && state === 'awaiting-approval')!;
  const { approveUrl } = waiting('lobby').approval!.links.find(({ approver }) => approver === 'anna')!;
  expect((await fetch(approveUrl)).status).toBe(200);
  expect((await fetch(approveUrl, { method: 'POST' })).status).toBe(200);
  const { remediationId } = waiting('workers');
  await house.ask({ kind: 'decide', remediationId, decision: 'decline', by: 'ben' });
  await house.settle(5_000);
}

/** What a function's queue gave up, once its failures are over. */
async function giveBack(): Promise<void> {
  await house.settle(2 * MINUTE_MS);
  const over = { openedAt: house.clock.now() - MINUTE_MS, resolvedAt: house.clock.now(), state: 'resolved' } as const;
  await house.find(findingOf({ class: 'error-burst', functionName: 'cleaners', ...over }));
  await house.settle(5_000);
  const answer = await house.ask({ kind: 'recent' });
  const all = answer.kind === 'remediations' ? answer.remediations : [];
  const { remediationId } = all.find(({ playbook }) => playbook === 'dead-letter-redrive')!;
  await house.ask({ kind: 'decide', remediationId, decision: 'approve', by: 'anna' });
  await house.settle(5_000);
  await house.settle(40_000);
}

/** An advice that ends before its turn comes. */
async function adviseAndEnd(): Promise<void> {
  const now = house.clock.now();
  await house.advise(anAdvice('rooms', 2, now));
  await house.settle(5_000);
  await house.advise(anAdvice('rooms', 0, now + 1));
  await house.settle(5_000);
}

/** What the kill switch stands against is held until it is off, or its finding is over. */
async function findAtTheWrongMoment(): Promise<void> {
  const now = house.clock.now();
  const finding = findingOf({ class: 'out-of-memory-risk', openedAt: now, functionName: 'workers' });
  await house.ask({ kind: 'set-kill-switch', isOn: true, by: 'anna' });
  await house.find(finding);
  await house.settle(5_000);
  await house.ask({ kind: 'set-kill-switch', isOn: false, by: 'anna' });
  await house.find({ ...finding, state: 'resolved', resolvedAt: now, revision: 1 });
}

async function askEverything(): Promise<void> {
  const answer = await house.ask({ kind: 'recent' });
  const [first] = answer.kind === 'remediations' ? answer.remediations : [];
  await house.ask({ kind: 'by-id', remediationId: first!.remediationId });
  await house.ask({ kind: 'by-finding', findingId: first!.findingId });
  await house.ask({ kind: 'overview' });
  await house.ask({ kind: 'guardrails' });
  await house.ask({ kind: 'set-kill-switch', isOn: false, by: 'anna' });
}

async function makeAndTakeBack(one: ChangeCase): Promise<void> {
  const { change } = one;
  const hands = await handsOf(house, permissionsOf(one), change);
  const { restore } = await hands.snapshot(change, house.clock.now());
  await hands.apply(change, house.clock.now());
  if (restore.kind !== 'absent') await hands.apply(restore, house.clock.now());
}

describe('the roles', () => {
  const granted = () => grantedStatements(house.sandbox, house.stack);

  test('are those, with those statements', () => {
    expect(sidsByRole(house.sandbox, house.stack)).toEqual(STATEMENTS);
  });

  test('allow no action that nobody needs', () => {
    expect(unusedActions(granted())).toEqual(Object.keys(ASKED_BY_AWS));
  });

  test('name every resource where AWS can judge by it', () => {
    expect(unboundedActions(granted())).toEqual(WITHOUT_RESOURCES);
  });

  test('are denied a call that was made once any one statement is gone', () => {
    // What AWS alone asks for is denied by nobody here.
    expect(needlessStatements(house.sandbox, granted())).toEqual(['HandsRole.FirstSchedule']);
  });
});

test('with its roles the service repaired, undid, asked, and heard', async () => {
  const answer = await house.ask({ kind: 'recent' });
  const all = answer.kind === 'remediations' ? answer.remediations : [];
  const told = all.map(({ playbook, state }) => `${playbook}: ${state}`);
  expect(told.sort()).toEqual([
    'dead-letter-redrive: verifying',
    'lambda-memory: declined',
    'lambda-memory: refused',
    'lambda-memory: verifying',
    'lambda-timeout: rolled-back',
    'missing-index: awaiting-approval',
    'provisioned-schedule: expired',
    'reserved-concurrency: rolled-back',
  ]);
});
