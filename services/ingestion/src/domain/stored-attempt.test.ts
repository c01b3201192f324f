import { expect, test } from '@jest/globals';
import { attributedAttempts } from './attributed-attempt.ts';
import { invocationItem } from './invocation-item.ts';
import { storedAttempt } from './stored-attempt.ts';

const REQUEST = '79b5e81f-9cdd-4145-b1f6-000000000001';
const OWNER = { accountId: '123456789012', region: 'us-east-1', functionName: 'booking' };
const SOURCE = {
  owner: OWNER.accountId,
  region: OWNER.region,
  logGroup: '/aws/lambda/booking',
  logStream: '2026/10/08/[$LATEST]22be53a8cfde4e68b844f8ec293b2543',
};
const FIRST_AT = Date.UTC(2026, 9, 8);

function attemptAt(atMs: number, error: string) {
  const lines = [
    `START RequestId: ${REQUEST} Version: $LATEST`,
    `[ERROR] ${error}\nTraceback (most recent call last):`,
    `END RequestId: ${REQUEST}`,
    `REPORT RequestId: ${REQUEST}\tDuration: 3.00 ms\tBilled Duration: 3 ms\tMemory Size: 128 MB\tMax Memory Used: 60 MB\t`,
  ];
  return lines.map((message, index) => ({
    id: String(atMs + index).padStart(56, '0'),
    timestamp: FIRST_AT + atMs + index,
    message,
  }));
}

test('long words of an error are cut, so that a request that failed three times fits into its item', () => {
  const message = 'x'.repeat(200_000);
  const events = [0, 60_000, 180_000].flatMap((atMs) => attemptAt(atMs, `${'E'.repeat(1_000)}: ${message}`));
  const stored = attributedAttempts(events, SOURCE).map((one) => storedAttempt(one, SOURCE, OWNER));

  expect(stored).toHaveLength(3);
  expect(stored[0]?.errorMessage).toBe(
    `${'x'.repeat(2_000)}… [200000 characters; the whole message is in the log lines]`,
  );
  expect(stored[0]?.errorType).toBe(`${'E'.repeat(300)}…`);
  expect(Buffer.byteLength(JSON.stringify(invocationItem(REQUEST, stored, 90)))).toBeLessThan(20_000);
});

test('what is short stays as it was said', () => {
  const [stored] = attributedAttempts(attemptAt(0, 'ValueError: no'), SOURCE).map((one) =>
    storedAttempt(one, SOURCE, OWNER),
  );
  expect(stored).toMatchObject({ errorType: 'ValueError', errorMessage: 'no', version: '$LATEST' });
});
