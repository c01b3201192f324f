import { expect, test } from '@jest/globals';
import { functionOf, parseLogEvent } from './index.ts';

const HEX = '22be53a8cfde4e68b844f8ec293b2543';
const records = [
  '{"time":"x","type":"platform.initStart","record":{"functionName":"from-init","functionVersion":"3"}}',
  'START RequestId: x Version: 4',
  'hello',
].map((message) => parseLogEvent({ message }));

test.each<[string, string, object]>([
  ['/aws/lambda/orders', `2026/10/08/[$LATEST]${HEX}`, { functionName: 'orders', version: '$LATEST' }],
  ['/aws/lambda/us-east-1.edge', `2026/10/08/[72]${HEX}`, { functionName: 'edge', version: '72' }],
  ['/aws/lambda/web/shop', 'other', { functionName: 'web/shop', version: '3' }],
  ['/aws/lambda/shop', 'other', { functionName: 'shop', version: '3' }],
  ['shared', `2026/10/08/orders[5]${HEX}`, { functionName: 'orders', version: '5' }],
  ['shared', 'custom', { functionName: 'from-init', version: '3' }],
])('%s %s', (logGroup, logStream, expected) => {
  expect(functionOf({ logGroup, logStream }, records)).toEqual(expected);
});

test('knows nothing where nothing is said', () => {
  expect(functionOf({ logGroup: 'shared', logStream: 'custom' })).toEqual({});
  expect(functionOf({ logGroup: 'shared', logStream: 'custom' }, records.slice(1))).toEqual({ version: '4' });
});
