import { expect, test } from '@jest/globals';
import { rolesWithoutXRay } from './roles-without-x-ray.ts';
import type { CompiledResource } from './woven-template.ts';

const fn = (Role: unknown): CompiledResource => ({ Type: 'AWS::Lambda::Function', Properties: { Role } });
const role = (properties = {}): CompiledResource => ({ Type: 'AWS::IAM::Role', Properties: properties });
const allowing = (Action: unknown) => ({
  Policies: [{ PolicyDocument: { Statement: [{ Effect: 'Allow', Action, Resource: '*' }] } }],
});
const OWN = { 'Fn::GetAtt': ['Own', 'Arn'] };

test.each<[string, Record<string, CompiledResource>, boolean]>([
  ['an ARN', { Book: fn('arn:aws:iam::123456789012:role/own') }, true],
  ['imported', { Book: fn({ 'Fn::ImportValue': 'role' }) }, true],
  ['of the stack, and allows nothing', { Book: fn(OWN), Own: role() }, true],
  ['of the stack, and allows to read traces', { Book: fn(OWN), Own: role(allowing(['xray:GetTraceSummaries'])) }, true],
  ['of the stack, and allows to write them', { Book: fn(OWN), Own: role(allowing(['xray:PutTraceSegments'])) }, false],
  ['of the stack, and allows all of X-Ray', { Book: fn(OWN), Own: role(allowing('xray:*')) }, false],
  ['of the stack, and allows everything', { Book: fn(OWN), Own: role(allowing(['*'])) }, false],
  [
    'of the stack, with the managed policy',
    { Book: fn(OWN), Own: role({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess'] }) },
    false,
  ],
  [
    'of the stack, with a policy beside it',
    {
      Book: fn(OWN),
      Own: role(),
      Beside: { Type: 'AWS::IAM::Policy', Properties: { ...allowing('xray:Put*'), Roles: [{ Ref: 'Own' }] } },
    },
    false,
  ],
  [
    "of the stack, with a policy of another's beside it",
    {
      Book: fn(OWN),
      Own: role(),
      Beside: { Type: 'AWS::IAM::Policy', Properties: { ...allowing('xray:Put*'), Roles: [{ Ref: 'Other' }] } },
    },
    true,
  ],
  ['not known, since the function is in a nested stack', {}, false],
])('a role that is %s', (_name, Resources, isTold) => {
  expect(rolesWithoutXRay({ Resources }, ['Book'])).toEqual(isTold ? ['Book'] : []);
});
