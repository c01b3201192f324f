import { expect, test } from '@jest/globals';
import { deriveAttempts } from './derive-attempts.ts';

const REQUEST = '79b5e81f-9cdd-4145-b1f6-000000000001';
const QUOTED = '79b5e81f-9cdd-4145-b1f6-000000000002';
const FIRST_AT = Date.UTC(2026, 9, 8);
const source = {
  owner: '123456789012',
  logGroup: '/aws/lambda/booking',
  logStream: '2026/10/08/[$LATEST]22be53a8cfde4e68b844f8ec293b2543',
};

test('a repetition derives the requests that records name, and none that only a text names', () => {
  const lines = [
    `START RequestId: ${REQUEST} Version: 1`,
    JSON.stringify({ requestId: 't'.repeat(3_000), message: 'x' }),
    JSON.stringify({ requestId: 'cart-17', message: 'x' }),
    `START RequestId: ${'t'.repeat(3_000)} Version: 1`,
    `END RequestId: ${QUOTED}`,
  ];
  const delivered = lines.map((message, index) => ({ id: String(index), timestamp: FIRST_AT + index, message }));
  const derivation = deriveAttempts({ source, delivered, known: [], everything: true, written: new Map() });

  expect([...derivation].map(([id, { attempts }]) => [id, attempts.length])).toEqual([
    [REQUEST, 1],
    [QUOTED, 0],
  ]);
});
