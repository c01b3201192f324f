import { expect, test } from '@jest/globals';
import { Caller, whoCalled } from './who-called.ts';

const role = { type: 'AssumedRole', arn: 'arn:aws:sts::123456789012:assumed-role/deployer/anna' };

test.each([
  ['a role by its session', { userIdentity: role, sourceIPAddress: '10.0.0.1' }, { by: 'deployer/anna' }],
  [
    'a user by its name',
    { userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::123456789012:user/team/anna' } },
    { by: 'anna' },
  ],
  [
    'the owner of the account',
    { userIdentity: { type: 'Root', arn: 'arn:aws:iam::123456789012:root' } },
    { by: 'root' },
  ],
  ['the owner by its ARN alone', { userIdentity: { arn: 'arn:aws:iam::123456789012:root' } }, { by: 'root' }],
  [
    'a role and the service that it deploys through',
    { userIdentity: { ...role, invokedBy: 'cloudformation.amazonaws.com' } },
    { by: 'deployer/anna', via: 'cloudformation.amazonaws.com' },
  ],
  ['a service', { userIdentity: { type: 'AWSService', invokedBy: 'x.amazonaws.com' } }, { by: 'x.amazonaws.com' }],
  ['nobody, where it is of another shape', { userIdentity: 'anna', sourceIPAddress: 7 }, {}],
])('names %s', (_who, detail, told) => {
  expect(whoCalled(Caller.parse(detail))).toEqual(told);
});
