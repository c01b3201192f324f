import { expect, test } from '@jest/globals';
import { RemediationChanged } from '@lamplighter/contracts';
import { remediationItem } from './list-items.ts';

const { remediation } = RemediationChanged.example;

test('a list tells why a repair was withdrawn, and only then', () => {
  const withdrawn = 'It is no longer advised.';

  expect(remediationItem({ ...remediation, state: 'rolled-back', withdrawn })).toMatchObject({ withdrawn });
  expect(remediationItem(remediation)).not.toHaveProperty('withdrawn');
});

test('a list tells what was kept for its time and taken back, what failed before it changed anything, and who said yes', () => {
  const decisions = [
    { by: 'anna', decision: 'approve', at: 1, through: 'link' },
    { by: 'ben', decision: 'decline', at: 2, through: 'link' },
  ] as const;

  expect(remediationItem({ ...remediation, state: 'kept', takenBack: true })).toMatchObject({ takenBack: true });
  expect(remediationItem({ ...remediation, state: 'failed', untouched: true })).toMatchObject({ untouched: true });
  expect(remediationItem({ ...remediation, decisions: [...decisions] })).toMatchObject({ approvedBy: ['anna'] });
});
