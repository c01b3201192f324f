import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type SandboxParts, startParts, stopParts } from '../../start-parts.ts';
import { CallLog } from './call-log.ts';
import { Dispatcher, type Gatekeeper } from './dispatcher.ts';

let parts: SandboxParts;
let dispatcher: Dispatcher;
const reported: unknown[] = [];

const dispatcherWith = (gatekeeper: Gatekeeper): Dispatcher =>
  new Dispatcher({
    region: parts.context.region,
    clock: parts.context.clock,
    services: new Map(parts.services.map((service) => [service.signingName, service])),
    gatekeeper,
    faults: parts.faults,
    calls: new CallLog(),
    report: (error) => reported.push(error),
  });

beforeAll(async () => {
  parts = await startParts({ services: ['ssm', 'sts', 'kms'], report: (error) => reported.push(error) });
  // Everybody is the administrator: what is asked is read, whoever asks.
  const administrator = { accessKeyId: 'A', arn: 'arn:aws:iam::123456789012:root' };
  dispatcher = dispatcherWith({ authenticate: () => administrator, denial: () => undefined });
});
afterAll(() => stopParts(parts));
afterEach(() => expect(reported).toEqual([]));

const send = (service: string, headers: Record<string, string>, body: string) =>
  dispatcher.dispatch(
    {
      method: 'POST',
      url: '/',
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=A/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=x`,
        'x-amz-date': '20260101T000000Z',
        ...headers,
      },
      body: Buffer.from(body),
    },
    new AbortController().signal,
  );

const MEMBERS = [
  'Name',
  'Names',
  'Value',
  'Type',
  'KeyId',
  'Path',
  'Plaintext',
  'CiphertextBlob',
  'EncryptionContext',
  'Policy',
  'AliasName',
  'TargetKeyId',
  'PendingWindowInDays',
  'NextToken',
];
const TARGETS = [
  ...[
    'PutParameter',
    'GetParameter',
    'GetParameters',
    'GetParametersByPath',
    'DeleteParameter',
    'DeleteParameters',
  ].map((name) => ['ssm', `AmazonSSM.${name}`] as const),
  ...[
    'CreateKey',
    'DescribeKey',
    'Encrypt',
    'Decrypt',
    'GenerateDataKey',
    'CreateAlias',
    'DeleteAlias',
    'ScheduleKeyDeletion',
    'CancelKeyDeletion',
    'EnableKey',
  ].map((name) => ['kms', `TrentService.${name}`] as const),
];

test('a JSON call of any shape is answered, and a bad one blamed on its caller', async () => {
  const input = fc.dictionary(
    fc.constantFrom(...MEMBERS),
    fc.oneof(fc.jsonValue(), fc.constantFrom('/a', 'alias/a', 'String', 'SecureString')),
  );
  const statuses = new Set<number | undefined>();
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...TARGETS), input, async ([service, target], body) => {
      const response = await send(service, { 'x-amz-target': target }, JSON.stringify(body));
      statuses.add(response?.status);
      expect(response?.status).toBeLessThan(500);
    }),
    { numRuns: 500 },
  );
  expect(statuses).toEqual(new Set([200, 400]));
});

test('a query call of any shape is answered, and a bad one blamed on its caller', async () => {
  const calls = [
    ['sts', 'AssumeRole'],
    ['sts', 'GetCallerIdentity'],
    ['iam', 'GetRole'],
    ['iam', 'ListRoles'],
    ['cloudformation', 'DescribeStacks'],
    ['cloudformation', 'ListExports'],
  ] as const;
  const names = fc.constantFrom(
    'RoleArn',
    'RoleSessionName',
    'StackName',
    'RoleName',
    'RoleArn.member.1',
    'StackName.x',
    '',
    '.',
    '..',
    'a.b.c',
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...calls),
      fc.dictionary(names, fc.string()),
      async ([service, Action], members) => {
        const body = new URLSearchParams({ Action, ...members }).toString();
        const response = await send(service, { 'content-type': 'application/x-www-form-urlencoded' }, body);
        expect(response?.status).toBeLessThan(500);
      },
    ),
    { numRuns: 300 },
  );
});

test('any request at all is answered at the door', async () => {
  const front = dispatcherWith(parts.iam);
  const text = fc.string({ unit: 'binary', maxLength: 60 });
  const request = fc.record({
    method: fc.constantFrom('GET', 'POST', 'PUT', ''),
    url: fc.oneof(text, fc.constantFrom('/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=1', '/%zz?a=%')),
    headers: fc.dictionary(
      fc.constantFrom('authorization', 'host', 'x-amz-date', 'x-amz-target', 'content-type'),
      fc.oneof(
        text,
        text.map((one) => `AWS4-HMAC-SHA256 Credential=${one}`),
      ),
    ),
    body: fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
  });
  await fc.assert(
    fc.asyncProperty(request, async (one) => {
      const response = await front.dispatch(one, new AbortController().signal);
      expect([400, 403]).toContain(response?.status);
    }),
    { numRuns: 500 },
  );
});
