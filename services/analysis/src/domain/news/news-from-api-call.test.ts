import { expect, test } from '@jest/globals';
import { newsFromApiCall } from './news-from-api-call.ts';

const call = (eventName: string, requestParameters: object, more: object = {}) =>
  newsFromApiCall({
    id: 'e',
    source: 'aws.lambda',
    'detail-type': 'AWS API Call via CloudTrail',
    account: '123456789012',
    region: 'us-east-1',
    time: '2026-01-15T12:00:00Z',
    detail: {
      eventID: 'e1',
      eventName,
      requestParameters: { functionName: 'hotel-pay', ...requestParameters },
      ...more,
    },
  })?.facts;

test.each([
  ['new code', 'UpdateFunctionCode20150331v2', { s3Key: 'code.zip' }],
  ['other variables, of which CloudTrail tells nothing', 'UpdateFunctionConfiguration20150331v2', { environment: {} }],
  ['an alias that was moved', 'UpdateAlias20150331', { name: 'live', functionVersion: '7' }],
])('%s is a deploy', (_what, eventName, asked) => {
  expect(call(eventName, asked)).toMatchObject([{ kind: 'deploy', id: 'e1' }]);
});

test('a setting that was changed is told by its name, though the environment is always there', () => {
  const facts = call('UpdateFunctionConfiguration20150331v2', { environment: {}, timeout: 30 });
  expect(facts).toMatchObject([{ kind: 'configuration-change', setting: 'timeout', after: '30' }]);
});

test('every setting that looks at a function compare is told of a call, in the same words', () => {
  const asked = { role: 'r', layers: ['a', 'b'], vpcConfig: { subnetIds: ['s'] } };
  expect(call('UpdateFunctionConfiguration20150331v2', asked)).toMatchObject([
    { setting: 'role', after: 'r' },
    { setting: 'layers', after: 'a, b' },
    { setting: 'vpcConfig', after: '{"subnetIds":["s"]}' },
  ]);
});

test.each([
  ['that failed', 'UpdateFunctionCode20150331v2', {}, { errorCode: 'AccessDenied' }],
  ['that changes a description', 'UpdateFunctionConfiguration20150331v2', { environment: {}, description: 'x' }, {}],
])('a call %s tells nothing', (_what, eventName, asked, more) => {
  expect(call(eventName, asked, more)).toBeUndefined();
});

test('reserved concurrency that is taken away is a changed setting, so that settings are read anew', () => {
  expect(call('DeleteFunctionConcurrency20171031', {})).toMatchObject([
    { kind: 'configuration-change', setting: 'reservedConcurrentExecutions', after: 'none' },
  ]);
});

test('a function that is deleted has ended; one of its versions has not', () => {
  expect(call('DeleteFunction20150331', {})).toMatchObject([{ kind: 'deletion', id: 'e1' }]);
  expect(call('DeleteFunction20150331', { qualifier: '7' })).toBeUndefined();
  expect(call('DeleteFunction20150331', { functionName: 'hotel-pay:7' })).toBeUndefined();
  expect(call('DeleteFunctionUrlConfig', {})).toBeUndefined();
});

const changes = (eventName: string, requestParameters: object, more: object = {}) =>
  newsFromApiCall({
    ...{ id: 'e', source: 'aws.lambda', 'detail-type': 'AWS API Call via CloudTrail' },
    ...{ account: '123456789012', region: 'us-east-1', time: '2026-01-15T12:00:00Z' },
    detail: {
      eventID: 'e1',
      eventName,
      requestParameters: { functionName: 'hotel-pay', ...requestParameters },
      ...more,
    },
  })?.changes;

test('a deploy of $LATEST is told with its time, its code, who made it and through what', () => {
  const told = changes(
    'UpdateFunctionCode20150331v2',
    { s3Key: 'code.zip' },
    {
      responseElements: { version: '$LATEST', codeSha256: 'h2' },
      userIdentity: {
        ...{ type: 'AssumedRole', arn: 'arn:aws:sts::123456789012:assumed-role/deployer/anna' },
        invokedBy: 'cloudformation.amazonaws.com',
      },
    },
  );
  expect(told).toEqual([
    {
      ...{ changeId: 'e1', accountId: '123456789012', region: 'us-east-1', functionName: 'hotel-pay' },
      ...{ at: Date.UTC(2026, 0, 15, 12), source: 'cloudtrail', kind: 'code', version: '$LATEST', codeSha256: 'h2' },
      ...{ by: 'deployer/anna', via: 'cloudformation.amazonaws.com' },
    },
  ]);
});

test.each([
  [
    'settings',
    'UpdateFunctionConfiguration20150331v2',
    { environment: {}, role: 'r', timeout: 30 },
    {
      settings: [
        { name: 'role', after: 'r' },
        { name: 'timeout', after: '30' },
      ],
    },
  ],
  [
    'layers that are taken away',
    'UpdateFunctionConfiguration20150331v2',
    { environment: {}, layers: [] },
    { settings: [{ name: 'layers', after: 'none' }] },
  ],
  ['a version', 'PublishVersion20150331', {}, { kind: 'version', version: '8' }],
  [
    'an alias',
    'UpdateAlias20150331',
    { name: 'live', functionVersion: '7' },
    { kind: 'alias', alias: 'live', version: '7' },
  ],
  ['the end', 'DeleteFunction20150331', {}, { kind: 'deletion' }],
  [
    'a long value, in part',
    'PutFunctionConcurrency20171031',
    { reservedConcurrentExecutions: 'x'.repeat(9_000) },
    {
      settings: [{ name: 'reservedConcurrentExecutions', after: 'x'.repeat(200) }],
    },
  ],
])('%s is told as what was changed', (_what, eventName, asked, told) => {
  expect(changes(eventName, asked, { responseElements: { version: '8' } })).toMatchObject([told]);
});

test('variables, of which nothing is told, are a change without settings', () => {
  const [told] = changes('UpdateFunctionConfiguration20150331v2', { environment: {} }) ?? [];
  expect(told).toMatchObject({ kind: 'configuration', version: '$LATEST' });
  expect(told?.settings).toBeUndefined();
});

test('a dry run deploys nothing', () => {
  expect(changes('UpdateFunctionCode20150331v2', { dryRun: true })).toBeUndefined();
});

const canary = { additionalVersionWeights: { '8': 0.1 } };
test.each([
  ['a canary', { functionVersion: '7', routingConfig: canary }, {}, '7', '10 % to version 8', '8'],
  ['a share that is changed alone', { routingConfig: canary }, { functionVersion: '7' }, '7', '10 % to version 8', '8'],
  ['a share that stays', { functionVersion: '7' }, { routingConfig: canary }, '7', '10 % to version 8', '8'],
  [
    'the end of a canary',
    { functionVersion: '8', routingConfig: { additionalVersionWeights: {} } },
    { functionVersion: '8', routingConfig: null },
    ...['8', undefined, '8'],
  ],
  ['an alias of which no version is told', {}, {}, 'unknown', undefined, 'live'],
  ['an alias of another shape', { functionVersion: '7', routingConfig: 'x' }, {}, '7', undefined, '7'],
])('%s is told by its version and the part of the calls that another one gets, which is deployed', (...row) => {
  const [, asked, responseElements, version, after, deployed] = row;
  const told = [{ name: 'live', ...asked }, { responseElements }] as const;
  const settings = after === undefined ? undefined : [{ name: 'routing', after }];
  expect(changes('UpdateAlias20150331', ...told)?.[0]).toMatchObject({ alias: 'live', version });
  expect(changes('UpdateAlias20150331', ...told)?.[0]?.settings).toEqual(settings);
  expect(call('UpdateAlias20150331', ...told)).toMatchObject([{ kind: 'deploy', version: deployed }]);
});

test('code that is published in the same call is of its version', () => {
  const published = { responseElements: { version: '8', codeSha256: 'h8' } };
  expect(changes('UpdateFunctionCode20150331v2', { publish: true }, published)).toMatchObject([
    { kind: 'code', version: '8' },
  ]);
  expect(changes('UpdateFunctionCode20150331v2', {})).toMatchObject([{ version: '$LATEST' }]);
});
