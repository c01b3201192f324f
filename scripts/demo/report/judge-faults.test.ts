import { expect, test } from '@jest/globals';
import type { Finding, Remediation } from '../../../packages/contracts/src/index.ts';
import { AnomalyDetected, RemediationChanged } from '../../../packages/contracts/src/index.ts';
import type { InjectedFault } from '../story/told.ts';
import { judgeFaults } from './judge-faults.ts';

const AT = 1_800_000_000_000;
const MINUTE_MS = 60_000;
const FAULT: InjectedFault = {
  name: 'slow query',
  functionName: 'shop-book',
  injectedAt: AT,
  classes: ['dependency-slow', 'slow-down'],
  cause: 'payments of card',
  isGone: true,
};

const finding = (change: Partial<Finding> & { readonly findingId: string }): Finding => ({
  ...AnomalyDetected.example.finding,
  resource: { ...AnomalyDetected.example.finding.resource, name: 'shop-book' },
  class: 'dependency-slow',
  severity: 'critical',
  openedAt: AT,
  updatedAt: AT + 3 * MINUTE_MS,
  groupKey: 'one',
  causes: [{ kind: 'dependency', name: 'aurora: payments of card', share: 0.8, evidence: [] }],
  ...change,
});
const repair = (change: Partial<Remediation> & { readonly remediationId: string }): Remediation => ({
  ...RemediationChanged.example.remediation,
  findingId: 'right',
  plannedAt: AT + 2 * MINUTE_MS,
  appliedAt: AT + 2.1 * MINUTE_MS,
  endedAt: AT + 6 * MINUTE_MS,
  state: 'kept',
  ...change,
});
const judge = (findings: readonly Finding[], repairs: readonly Remediation[] = []) =>
  judgeFaults({ injected: [FAULT], findings, repairs, toldAt: new Map([['right', AT + 3 * MINUTE_MS]]) });

test('a fault is found by a finding of its function and class that opened with it', () => {
  const { faults, falseAlarms } = judge([finding({ findingId: 'right' })], [repair({ remediationId: 'r' })]);

  expect(faults[0]).toMatchObject({
    finding: { findingId: 'right', afterMs: 2 * MINUTE_MS, isCauseRight: true },
    repair: { state: 'kept', appliedAfterMs: 2.1 * MINUTE_MS, endedAfterMs: 6 * MINUTE_MS },
  });
  expect(falseAlarms).toEqual([]);
});

test.each([
  ['before it', { openedAt: AT - 2 * MINUTE_MS }],
  ['of another class', { class: 'traffic-spike' as const }],
  ['of another function', { resource: { ...finding({ findingId: 'x' }).resource, name: 'shop-mail' } }],
])('a finding %s is a false alarm, and the fault stays unfound', (_name, change) => {
  const { faults, falseAlarms } = judge([finding({ findingId: 'other', groupKey: 'other', ...change })]);

  expect(faults[0]).not.toHaveProperty('finding');
  expect(falseAlarms.map(({ findingId }) => findingId)).toEqual(['other']);
});

test('what shares the group of a right finding is no false alarm; advice is none either', () => {
  const { falseAlarms, advice } = judge([
    finding({ findingId: 'right' }),
    finding({ findingId: 'with it', class: 'error-burst' }),
    finding({ findingId: 'size', class: 'right-size', severity: 'info', groupKey: 'size' }),
  ]);

  expect(falseAlarms).toEqual([]);
  expect(advice.map(({ findingId }) => findingId)).toEqual(['size']);
});

test('a cause that was not injected is said to be wrong', () => {
  const { faults } = judge([
    finding({ findingId: 'right', causes: [{ kind: 'load', name: 'more requests', evidence: [] }] }),
  ]);

  expect(faults[0]!.finding).toMatchObject({ isCauseRight: false, cause: { name: 'more requests' } });
});

test('errors that are seen before their cause count for when it was found, not for what was found', () => {
  const { faults } = judge(
    [
      finding({ findingId: 'right', class: 'slow-down', causes: [] }),
      finding({ findingId: 'cause', openedAt: AT + 4 * MINUTE_MS }),
    ],
    [repair({ remediationId: 'r', findingId: 'cause', plannedAt: AT + 5 * MINUTE_MS })],
  );

  expect(faults[0]).toMatchObject({
    finding: { findingId: 'cause', afterMs: 3 * MINUTE_MS, isCauseRight: true },
    repair: { remediationId: 'r' },
  });
});

test('of several repairs the one that was kept counts', () => {
  const { faults } = judge(
    [finding({ findingId: 'right' })],
    [
      repair({ remediationId: 'second', state: 'kept' }),
      repair({ remediationId: 'third', state: 'refused', plannedAt: AT + 9 * MINUTE_MS }),
    ],
  );

  expect(faults[0]!.repair).toMatchObject({ remediationId: 'second' });
});
