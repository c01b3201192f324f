import { expect, test } from '@jest/globals';
import {
  type Change,
  type ClusterSettings,
  type FunctionSettings,
  GuardrailConfig,
  PLAYBOOKS,
} from '@lamplighter/remedies';
import { findingOf } from '../../test/deployed-remediation.ts';
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
