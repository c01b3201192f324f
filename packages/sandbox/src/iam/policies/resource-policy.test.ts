import { expect, test } from '@jest/globals';
import type { PolicyDocument, PolicyPrincipal } from './policy-document.ts';
import { evaluateResourcePolicy, type Requester, type ResourceDecision } from './resource-policy.ts';

const ACCOUNT = 'arn:aws:iam::123456789012:root';
const ROLE = 'arn:aws:iam::123456789012:role/app';
const role: Requester = { kind: 'role', roleArn: ROLE, sessionArn: 'arn:aws:sts::123456789012:assumed-role/app/s' };
const logs: Requester = { kind: 'service', service: 'logs.amazonaws.com' };

const policy = (Effect: 'Allow' | 'Deny', Principal: PolicyPrincipal): PolicyDocument => ({
  Statement: { Effect, Principal, Action: 'sqs:SendMessage', Resource: '*' },
});

test.each<[string, PolicyDocument, Requester, ResourceDecision]>([
  ['everybody', policy('Allow', '*'), role, 'allow'],
  ['the role', policy('Allow', { AWS: [ROLE] }), role, 'allow'],
  ['the session', policy('Allow', { AWS: 'arn:aws:sts::123456789012:assumed-role/app/s' }), role, 'allow'],
  ['the account leaves it to identity policies', policy('Allow', { AWS: ACCOUNT }), role, 'delegated'],
  ['the account by number', policy('Allow', { AWS: '123456789012' }), role, 'delegated'],
  ['another role', policy('Allow', { AWS: `${ROLE}2` }), role, 'silent'],
  ['another account', policy('Allow', { AWS: '999999999999' }), role, 'silent'],
  ['a deny of the account covers its roles', policy('Deny', { AWS: ACCOUNT }), role, 'explicit-deny'],
  ['the service', policy('Allow', { Service: ['logs.amazonaws.com'] }), logs, 'allow'],
  ['another service', policy('Allow', { Service: 'events.amazonaws.com' }), logs, 'silent'],
  ['a role’s name does not let a service in', policy('Allow', { AWS: ACCOUNT }), logs, 'silent'],
  [
    'all but the role',
    { Statement: { Effect: 'Deny', NotPrincipal: { AWS: ROLE }, Action: '*', Resource: '*' } },
    role,
    'silent',
  ],
  [
    'all but another',
    { Statement: { Effect: 'Deny', NotPrincipal: { AWS: `${ROLE}2` }, Action: '*', Resource: '*' } },
    role,
    'explicit-deny',
  ],
])('%s', (_, document, requester, expected) => {
  expect(
    evaluateResourcePolicy(document, requester, { action: 'sqs:SendMessage', resource: 'arn:aws:sqs:x', context: {} }),
  ).toBe(expected);
});
