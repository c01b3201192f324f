import { expect, test } from '@jest/globals';
import { RemediationChanged } from '@lamplighter/contracts';
import { pastRepairOf } from './past-repairs.ts';

const { remediation } = RemediationChanged.example;
const repair = { ...remediation, resource: { ...remediation.resource, type: 'lambda-function' as const } };

test('a repair that was undone because it did not help is remembered; one whose time was over is not said to have failed', () => {
  const undone = { ...repair, state: 'rolled-back' as const };

  expect(pastRepairOf(undone)).toMatchObject({ outcome: 'rolled-back' });
  expect(pastRepairOf({ ...undone, withdrawn: 'It is no longer advised.' })).toBeUndefined();
});
