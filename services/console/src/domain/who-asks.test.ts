import { expect, test } from '@jest/globals';
import { whoAsks } from './who-asks.ts';

const LOOPBACK = 'http://127.0.0.1:4566';

test('local is somebody only where AWS itself is on this machine', () => {
  expect(whoAsks('local', undefined, LOOPBACK)).toBe('local');
  expect(whoAsks('local', undefined, undefined)).toBeUndefined();
  expect(whoAsks('local', undefined, 'https://lambda.us-east-1.amazonaws.com')).toBeUndefined();
  expect(whoAsks('local', undefined, 'http://127.0.0.1.evil.example')).toBeUndefined();
  expect(whoAsks('local', { jwt: { claims: { sub: 'x' } } }, 'no address')).toBeUndefined();
});

test.each([
  [{ sub: '17', email: 'anna@example.com', email_verified: 'true' }, 'anna@example.com'],
  [{ sub: '17', email: 'anna@example.com', email_verified: true }, 'anna@example.com'],
  [{ sub: '17', email: 'anna@example.com', email_verified: 'false' }, 'sub:17'],
  [{ sub: '17', email: 'anna@example.com' }, 'sub:17'],
  [{ sub: '17', email_verified: 'true' }, 'sub:17'],
  [{ sub: '17' }, 'sub:17'],
  [{ sub: 'anna' }, 'sub:anna'],
  [{ sub: 'anna@example.com' }, 'sub:anna@example.com'],
  [{ email: 'anna@example.com' }, undefined],
])('the token %j is of %s: by its e-mail address where that is verified, else by its subject', (claims, name) => {
  expect(whoAsks('oidc', { jwt: { claims } }, undefined)).toBe(name);
});

test('a signed request names its principal', () => {
  const userArn = 'arn:aws:sts::123456789012:assumed-role/on-call/anna';
  expect(whoAsks('iam', { iam: { userArn } }, undefined)).toBe(userArn);
});

test('without an authorizer nobody is signed in, not even on this machine', () => {
  expect(whoAsks('oidc', undefined, LOOPBACK)).toBeUndefined();
  expect(whoAsks('iam', undefined, LOOPBACK)).toBeUndefined();
  expect(whoAsks('oidc', { iam: { userArn: 'arn' } }, LOOPBACK)).toBeUndefined();
});
