import { expect, test } from '@jest/globals';
import { Approvers, nameOf } from './approvers.ts';

const approvers = Approvers.parse([
  'ben',
  { name: 'anna', signIns: ['anna@example.com', '17', 'arn:aws:iam::123456789012:user/anna', 'sub:18'] },
]);

test.each([
  ['anna', 'anna'],
  ['anna@example.com', 'anna'],
  ['17', 'anna'],
  ['sub:17', 'anna'],
  ['sub:18', 'anna'],
  ['arn:aws:iam::123456789012:user/anna', 'anna'],
])('%s is %s', (spelling, name) => {
  expect(nameOf(approvers, spelling)).toBe(name);
});

test.each([
  'sub:anna',
  'sub:ben',
  'sub:anna@example.com',
  'sub:arn:aws:iam::123456789012:user/anna',
  '18',
  'sub:sub:18',
])('a subject that was chosen to read like another spelling is nobody: %s', (spelling) => {
  expect(nameOf(approvers, spelling)).toBeUndefined();
});

test('two people never share a spelling', () => {
  const shared = [
    { name: 'anna', signIns: ['17'] },
    { name: 'ben', signIns: ['sub:17'] },
  ];
  expect(Approvers.safeParse(shared).success).toBe(false);
});
