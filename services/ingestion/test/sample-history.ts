import type { LogBatch, LogEvent } from '@lamplighter/lambda-logs';

const OWNER = '123456789012';
const T0 = Date.UTC(2026, 0, 15, 9, 59, 30);

export const REQUESTS = {
  cold: '11111111-1111-4111-8111-111111111111',
  python: '22222222-2222-4222-8222-222222222222',
  forger: '33333333-3333-4333-8333-333333333333',
  retried: '44444444-4444-4444-8444-444444444444',
  ghost: '99999999-9999-4999-8999-999999999999',
} as const;

/** Events of an execution environment; each line comes 40 ms after the one before unless it says when. */
export function logBatch(
  logGroup: string,
  hex: string,
  lines: readonly (string | readonly [number, string])[],
): LogBatch {
  let at = T0;
  const events: LogEvent[] = lines.map((line, index) => {
    const [offset, message] = typeof line === 'string' ? [undefined, line] : line;
    at = offset === undefined ? at + 40 : T0 + offset;
    return { id: `${String(at).padStart(40, '0')}${hex}${String(index).padStart(6, '0')}`, timestamp: at, message };
  });
  return {
    owner: OWNER,
    logGroup,
    logStream: `2026/01/15/[$LATEST]${hex.repeat(8)}`,
    subscriptionFilters: ['lamplighter-dev'],
    events,
  };
}

export const report = (id: string, more = '') =>
  `REPORT RequestId: ${id}\tDuration: 120.50 ms\tBilled Duration: 121 ms\tMemory Size: 512 MB\tMax Memory Used: 90 MB\t${more}`;

/**
 * Two functions, three environments: a cold start, lines without ids, an uncaught error, forged platform lines (of the own request, of another,
 * of one that never was), an asynchronous retry in another environment, messages with sequence numbers.
 */
export const sampleHistory: readonly LogBatch[] = [
  logBatch('/aws/lambda/booking', 'aaaa', [
    'INIT_START Runtime Version: nodejs:24.v12\tRuntime Version ARN: arn:aws:lambda:us-east-1::runtime:abc',
    `START RequestId: ${REQUESTS.cold} Version: $LATEST`,
    `2026-01-15T09:59:30.120Z\t${REQUESTS.cold}\tINFO\t{"sequenceNumber":"49590338271490256608559692538361571095921575989136588898","stream":"bookings","message":"booked"}`,
    `END RequestId: ${REQUESTS.cold}`,
    report(REQUESTS.cold, 'Init Duration: 210.00 ms\t'),
    [65_000, `START RequestId: ${REQUESTS.retried} Version: $LATEST`],
    `2026-01-15T10:00:35.120Z\t${REQUESTS.retried}\tERROR\tInvoke Error \t{"errorType":"TypeError","errorMessage":"no guest","stack":["TypeError: no guest"]}`,
    `2026-01-15T10:00:35.160Z\t${REQUESTS.retried}\tINFO\t{"sequenceNumber":"49590338271490256608559692538361571095921575989136588899","stream":"bookings"}`,
    `END RequestId: ${REQUESTS.retried}`,
    report(REQUESTS.retried),
  ]),
  logBatch('/aws/lambda/booking', 'bbbb', [
    [125_000, `START RequestId: ${REQUESTS.retried} Version: $LATEST`],
    `2026-01-15T10:01:35.160Z\t${REQUESTS.retried}\tINFO\t{"sequenceNumber":"49590338271490256608559692538361571095921575989136588899","stream":"bookings"}`,
    `END RequestId: ${REQUESTS.retried}`,
    report(REQUESTS.retried),
  ]),
  logBatch('/aws/lambda/pricing-py', 'cccc', [
    `START RequestId: ${REQUESTS.python} Version: 7`,
    'loading rates',
    '[ERROR] KeyError: \'rate\'\nTraceback (most recent call last):\n\u00a0\u00a0File "/var/task/app.py", line 3, in handler',
    `END RequestId: ${REQUESTS.python}`,
    report(REQUESTS.python),
    [50_000, `START RequestId: ${REQUESTS.forger} Version: 7`],
    `END RequestId: ${REQUESTS.forger}`,
    `REPORT RequestId: ${REQUESTS.forger}\tDuration: 0.01 ms\tBilled Duration: 1 ms\tMemory Size: 128 MB\tMax Memory Used: 1 MB\t`,
    `START RequestId: ${REQUESTS.ghost} Version: $LATEST`,
    `REPORT RequestId: ${REQUESTS.cold}\tDuration: 0.02 ms\tBilled Duration: 1 ms\tMemory Size: 128 MB\tMax Memory Used: 1 MB\t`,
    'done forging',
    `END RequestId: ${REQUESTS.forger}`,
    report(REQUESTS.forger),
  ]),
];
