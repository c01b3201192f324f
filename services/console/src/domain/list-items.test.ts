import { expect, test } from '@jest/globals';
import { RemediationChanged } from '@lamplighter/contracts';
import { remediationItem } from './list-items.ts';

const { remediation } = RemediationChanged.example;

test('a list tells why a repair was withdrawn, and only then', () => {
  const withdrawn = 'It is no longer advised.';

  expect(remediationItem({ ...remediation, state: 'rolled-back', withdrawn })).toMatchObject({ withdrawn });
  expect(remediationItem(remediation)).not.toHaveProperty('withdrawn');
});
