import { describe, expect, test } from '@jest/globals';
import { Change, type ClusterSettings, type FunctionSettings, GuardrailConfig, PLAYBOOKS } from '@lamplighter/remedies';
import { findingOf } from '../../test/deployed-remediation.ts';
import { guardRequestOf } from '../steps/guard-request-of.ts';
import { planOf } from './plan-of.ts';

const TRAFFIC = {
  minutes: 1,
  callsPerMinute: 0,
  peakConcurrency: 0,
  p50Ms: 0,
  p95Ms: 0,
  maxMs: 0,
  failureShare: 0,
  timeoutShare: 0,
  outOfMemoryShare: 0,
  coldStartShare: 0,
  maxMemoryUsedMb: 0,
};

test.each(PLAYBOOKS.map((playbook) => [playbook.name, playbook] as const))(
  '%s needs two people exactly where its risk is high, or it says so',
  (_, playbook) => {
    const finding = findingOf({ class: playbook.answers[0]!, openedAt: 0, functionName: 'rooms' });
    const change = { kind: 'lambda-warm', functionName: 'rooms', environments: 1 } as const;
    const proposal = { change, title: '', reason: '', costPerHourUsd: 2, costOnceUsd: 5, undo: '' };
    const context = { finding, now: 0, traffic: TRAFFIC };

    const { remediation } = planOf({ playbook, proposal, expectedSuccess: 1 }, context, GuardrailConfig.parse({}));

    expect(remediation.approvalsNeeded).toBe(playbook.risk === 'high' || playbook.needsTwo ? 2 : 1);
    expect(remediation.costPerMonthUsd).toBe(2 * 730 + 5);
    expect(remediation.findingSeverity).toBe(finding.severity);
  },
);

test('of a cluster its own tags count, not those of the function that found it; of a table none are read', () => {
  const finding = findingOf({ class: 'dependency-slow', openedAt: 0, functionName: 'rooms' });
  const playbook = PLAYBOOKS[0]!;
  const settings = { functionName: 'rooms', tags: { team: 'guests' } } as unknown as FunctionSettings;
  const cluster = { clusterId: 'hotel', tags: { team: 'data' } } as unknown as ClusterSettings;
  const context = { finding, now: 0, traffic: TRAFFIC, function: settings, cluster };
  const tagsFor = (change: Change) => {
    const proposal = { change, title: '', reason: '', costPerHourUsd: 0, undo: '' };
    return planOf({ playbook, proposal, expectedSuccess: 1 }, context, GuardrailConfig.parse({})).resourceTags;
  };

  expect(tagsFor({ kind: 'lambda-warm', functionName: 'rooms', environments: 1 })).toEqual({ team: 'guests' });
  expect(tagsFor({ kind: 'aurora-capacity', clusterId: 'hotel', minAcu: 1, maxAcu: 8 })).toEqual({ team: 'data' });
  expect(tagsFor({ kind: 'dynamodb-capacity', tableName: 't', billing: 'on-demand' })).toBeUndefined();
});

test('a change says what it was planned from, of what it sets', () => {
  const finding = findingOf({ class: 'slow-down', openedAt: 0, functionName: 'rooms' });
  const mappings = [{ uuid: 'm', sourceArn: '', enabled: true, batchSize: 10 }];
  const settings = {
    functionName: 'rooms',
    memorySizeMb: 256,
    timeoutS: 3,
    mappings,
    tags: {},
  } as unknown as FunctionSettings;
  const cluster = { clusterId: 'hotel', minAcu: 1, maxAcu: 2 } as unknown as ClusterSettings;
  const context = { finding, now: 0, traffic: TRAFFIC, function: settings, cluster };
  const fromOf = (change: Change) => {
    const proposal = { change, title: '', reason: '', costPerHourUsd: 0, undo: '' };
    const plan = planOf({ playbook: PLAYBOOKS[0]!, proposal, expectedSuccess: 1 }, context, GuardrailConfig.parse({}));
    expect(Change.parse(plan.change)).toEqual(plan.change);
    return 'from' in plan.change ? plan.change.from : undefined;
  };

  const functionName = 'rooms';
  expect(fromOf({ kind: 'lambda-configuration', functionName, memorySizeMb: 384 })).toEqual({ memorySizeMb: 256 });
  expect(fromOf({ kind: 'lambda-reserved-concurrency', functionName, concurrency: 4 })).toEqual({ concurrency: null });
  expect(fromOf({ kind: 'aurora-capacity', clusterId: 'hotel', minAcu: 2, maxAcu: 4 })).toEqual({
    minAcu: 1,
    maxAcu: 2,
  });
  expect(fromOf({ kind: 'event-source-mapping', uuid: 'm', functionName, parallelizationFactor: 2 })).toEqual({
    parallelizationFactor: 1,
  });
  expect(fromOf({ kind: 'kinesis-capacity', streamName: 'bookings', shards: 2 })).toBeUndefined();
});

describe('what the rails ask of a plan', () => {
  const finding = findingOf({ class: 'slow-down', openedAt: 0, functionName: 'rooms' });
  const home = { accountId: '123456789012', region: 'us-east-1' };
  const planFor = (change: Change, context: object, config: object = {}) => {
    const proposal = { change, title: '', reason: '', costPerHourUsd: 0, undo: '' };
    const all = { finding, now: 0, traffic: TRAFFIC, ...context };
    return planOf({ playbook: PLAYBOOKS[0]!, proposal, expectedSuccess: 1 }, all, GuardrailConfig.parse(config));
  };
  const FUNCTION = { functionName: 'rooms', tags: { STAGE: 'prod', Environment: 'live' } };
  const WARM: Change = { kind: 'lambda-warm', functionName: 'rooms', environments: 1 };

  test("the stage is the resource's own, or its function's; never the one that Lamplighter has", () => {
    const stageOf = (...args: Parameters<typeof planFor>) => guardRequestOf(planFor(...args), home).stage;
    const capacity: Change = { kind: 'aurora-capacity', clusterId: 'hotel', minAcu: 1, maxAcu: 8 };
    const table: Change = { kind: 'dynamodb-capacity', tableName: 't', billing: 'on-demand' };

    expect(stageOf(WARM, { function: FUNCTION })).toBe('prod');
    expect(stageOf(capacity, { function: FUNCTION, cluster: { tags: { STAGE: 'shared' } } })).toBe('shared');
    expect(stageOf(capacity, { function: FUNCTION, cluster: { tags: {} } })).toBe('prod');
    expect(stageOf(table, { function: FUNCTION })).toBe('prod');
    expect(stageOf(WARM, { function: FUNCTION }, { stageTag: 'Environment' })).toBe('live');
    expect(stageOf(WARM, { function: { ...FUNCTION, tags: {} } })).toBeUndefined();
  });

  test('an API is known by its name too, and whatever is changed by the function that the finding is about', () => {
    const throttle: Change = {
      kind: 'api-throttle',
      protocol: 'HTTP',
      apiId: 'a1b2',
      stage: 'x',
      rateLimit: 1,
    } as never;
    const request = guardRequestOf(planFor(throttle, { function: FUNCTION, api: { name: 'billing' } }), home);

    expect(request).toMatchObject({ resourceName: 'a1b2', otherNames: ['rooms', 'billing'] });
    expect(request).not.toHaveProperty('elsewhere');
  });

  test('what is of another account is elsewhere', () => {
    const request = guardRequestOf(planFor(WARM, { function: FUNCTION }), { ...home, accountId: '999999999999' });

    expect(request.elsewhere).toBe('account 123456789012 in us-east-1');
  });
});
