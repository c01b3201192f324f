import { expect, test } from '@jest/globals';
import { AnomalyDetected, RemediationChanged } from '../../../packages/contracts/src/index.ts';
import { sayLessons } from './lessons.ts';

const repair = {
  ...RemediationChanged.example.remediation,
  playbook: 'missing-index',
  findingClass: 'dependency-slow' as const,
};
const { finding } = AnomalyDetected.example;

test('a lesson says how often a playbook helped; what was not carried out teaches nothing', () => {
  const repairs = [
    { ...repair, state: 'kept' as const },
    { ...repair, state: 'rolled-back' as const },
    { ...repair, state: 'refused' as const },
  ];

  expect(sayLessons(repairs, [])).toBe(
    'Learned for the next time: missing-index against dependency-slow helped 1 of 2 times.',
  );
});

test('advice is told beside it', () => {
  const advice = { ...finding, severity: 'info' as const, title: 'shop-book needs half the memory' };

  expect(sayLessons([], [advice, finding])).toBe(
    'Learned for the next time: nothing, since nothing was repaired. Advice: shop-book needs half the memory.',
  );
});
