import { expect, test } from '@jest/globals';
import { AnomalyDetected, type FunctionChange, RemediationChanged } from '@lamplighter/contracts';
import { plain } from '../../terminal/paint.ts';
import type { Around } from '../around-request.ts';
import { renderAround } from './render-around.ts';

const { finding } = AnomalyDetected.example;
const { remediation } = RemediationChanged.example;
const around = (findings: Around['findings'], changes: Around['changes'] = []): Around => ({
  findings,
  changes,
  startedAt: Date.UTC(2026, 0, 15, 3),
});

test('a request leads to its findings, and they to their repairs', () => {
  const told = renderAround(around([{ finding, isNamed: true, repairs: [remediation] }]), plain, ' --stage prod');

  expect(told).toContain(
    `${finding.title} (names this request)\n    pnpm lamplighter explain ${finding.findingId} --stage prod\n`,
  );
  expect(told).toContain(`pnpm lamplighter repairs ${remediation.remediationId} --stage prod\n`);
});

test('hostile text stays text', () => {
  const hostile = { ...finding, title: '\u001b[31mred' };

  expect(renderAround(around([{ finding: hostile, isNamed: false, repairs: [] }]), plain)).toContain(
    '\\x1b[31mred (open while it ran)',
  );
});

test('where nothing was found, nothing is said', () => {
  expect(renderAround(around([]), plain)).toBe('');
});

test('what was changed stands with its time and who made it, though nothing was found', () => {
  const change: FunctionChange = {
    ...{ changeId: 'c', accountId: '123456789012', region: 'us-east-1', functionName: 'pay' },
    ...{ at: Date.UTC(2026, 0, 15, 2, 58), source: 'cloudtrail', kind: 'code', version: '$LATEST' },
  };
  const told = renderAround(around([], [{ ...change, by: 'deployer/anna' }]), plain);

  expect(told).toMatch(/^\nChanged\n {2}2026-01-15 02:58.* {2}new code of \$LATEST by deployer\/anna\n$/);
  expect(renderAround(around([], [{ ...change, source: 'lambda' }]), plain)).toContain('CloudTrail');
});

test('a change that came after the request is marked as one', () => {
  const change: FunctionChange = {
    ...{ changeId: 'c', accountId: '123456789012', region: 'us-east-1', functionName: 'pay' },
    ...{ at: Date.UTC(2026, 0, 15, 3, 10), source: 'cloudtrail', kind: 'code', version: '$LATEST' },
  };
  const before = { ...change, at: Date.UTC(2026, 0, 15, 2, 50) };
  const [, , first, second] = renderAround(around([], [before, change]), plain).split('\n');

  expect(first).toMatch(/new code of \$LATEST$/);
  expect(second).toMatch(/new code of \$LATEST \(after it began\)$/);
});
