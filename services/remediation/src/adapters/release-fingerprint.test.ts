import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { expect, test } from '@jest/globals';
import { releaseFingerprint } from './release-fingerprint.ts';

const LATEST: FunctionConfiguration = {
  FunctionName: 'rooms',
  FunctionArn: 'arn:aws:lambda:us-east-1:1:function:rooms',
  Version: '$LATEST',
  RevisionId: 'a',
  CodeSha256: 'code',
  Runtime: 'nodejs24.x',
  MemorySize: 256,
  Timeout: 3,
  Environment: { Variables: { A: '1', B: '2' } },
  SnapStart: { ApplyOn: 'PublishedVersions', OptimizationStatus: 'Off' },
};

test.each<[string, FunctionConfiguration]>([
  ['a number', { Version: '7', FunctionArn: 'arn:aws:lambda:us-east-1:1:function:rooms:7', RevisionId: 'b' }],
  ['memory and timeout', { MemorySize: 512, Timeout: 9 }],
  ['a state', { State: 'Active', LastUpdateStatus: 'Successful', LastModified: 'later', Description: 'published' }],
  ['the order of its variables', { Environment: { Variables: { B: '2', A: '1' } } }],
  ['a snapshot that was made', { SnapStart: { ApplyOn: 'PublishedVersions', OptimizationStatus: 'On' } }],
])('a version that differs in %s is of the same release', (_, more) => {
  expect(releaseFingerprint({ ...LATEST, ...more })).toBe(releaseFingerprint(LATEST));
});

test.each<[string, FunctionConfiguration]>([
  ['code', { CodeSha256: 'other' }],
  ['a variable', { Environment: { Variables: { A: '1', B: '3' } } }],
  ['a variable more', { Environment: { Variables: { A: '1', B: '2', C: '' } } }],
  ['a variable that is called like a figure', { Environment: { Variables: { A: '1', B: '2', Timeout: '9' } } }],
  ['a layer', { Layers: [{ Arn: 'arn:aws:lambda:us-east-1:1:layer:l:1' }] }],
  ['its role', { Role: 'arn:aws:iam::1:role/other' }],
  ['something that AWS does not have yet', { Gravity: 'off' } as FunctionConfiguration],
])('a version that differs in %s is of another release', (_, more) => {
  expect(releaseFingerprint({ ...LATEST, ...more })).not.toBe(releaseFingerprint(LATEST));
});

test('what cannot be read in full has none: the message of the refusal is no setting', () => {
  const refused = { ErrorCode: 'AccessDeniedException', Message: 'Lambda was unable to decrypt it.' };

  expect(releaseFingerprint({ ...LATEST, Environment: { Error: refused } })).toBeUndefined();
});
