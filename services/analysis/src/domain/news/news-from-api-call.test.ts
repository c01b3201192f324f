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
