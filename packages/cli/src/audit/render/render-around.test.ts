import { expect, test } from '@jest/globals';
import { AnomalyDetected, RemediationChanged } from '@lamplighter/contracts';
import { plain } from '../../terminal/paint.ts';
import { renderAround } from './render-around.ts';

const { finding } = AnomalyDetected.example;
const { remediation } = RemediationChanged.example;

test('a request leads to its findings, and they to their repairs', () => {
  const told = renderAround([{ finding, isNamed: true, repairs: [remediation] }], plain, ' --stage prod');

  expect(told).toContain(
    `${finding.title} (names this request)\n    pnpm lamplighter explain ${finding.findingId} --stage prod\n`,
  );
  expect(told).toContain(`pnpm lamplighter repairs ${remediation.remediationId} --stage prod\n`);
});

test('hostile text stays text', () => {
  const hostile = { ...finding, title: '\u001b[31mred' };

  expect(renderAround([{ finding: hostile, isNamed: false, repairs: [] }], plain)).toContain(
    '\\x1b[31mred (open while it ran)',
  );
});

test('where nothing was found, nothing is said', () => {
  expect(renderAround([], plain)).toBe('');
});
