import type { Sandbox } from '@lamplighter/sandbox';
import { requestIdOf } from '@lamplighter/sandbox/minute-of-logs';
import { FUNCTION, MINUTE_MS, START_MS } from './a-night.ts';

const MINUTE = START_MS - 10 * MINUTE_MS;
const CALLS = 30;
const CALL = 3;
/** As the minute's log spreads its calls. */
const BEGUN_AT = MINUTE + CALL * Math.floor(55_000 / CALLS);
const TRACE_ID = '1-69685a88-0123456789abcdef01234567';

/** The minute of the night in which X-Ray knows a request. */
export const TRACED_MINUTE = {
  start: MINUTE,
  calls: CALLS,
  traceIdOf: (call: number) => (call === CALL ? TRACE_ID : undefined),
};
export const TRACED_REQUEST = requestIdOf(FUNCTION, MINUTE, CALL);

/** Tells X-Ray of the request: a lookup for each line of the order, a payment that is refused once, and the order written. */
export function traceRequest({ peers }: Sandbox): void {
  const at = (ms: number): number => (BEGUN_AT + ms) / 1_000;
  const idOf = (number: number): string => (0xa000 + number).toString(16).padStart(16, '0');
  const call = (name: string, operation: string, from: number, to: number, more: object = {}) => ({
    ...{ id: idOf(from), name, namespace: 'aws', start_time: at(from), end_time: at(to), aws: { operation } },
    ...more,
  });
  const refused = { error: true, cause: { exceptions: [{ type: 'CardRefused', message: 'try another card' }] } };
  peers.xray.put({
    ...{ id: idOf(0), name: FUNCTION, trace_id: TRACE_ID, origin: 'AWS::Lambda::Function' },
    ...{ start_time: at(0), end_time: at(70), aws: { request_id: TRACED_REQUEST } },
    subsegments: [
      ...[4, 8, 12, 16, 20].map((from) => call('DynamoDB', 'GetItem', from, from + 3)),
      call('payments', 'charge', 26, 38, { namespace: 'remote', ...refused }),
      call('payments', 'charge', 40, 55, { namespace: 'remote' }),
      call('DynamoDB', 'PutItem', 57, 62),
    ],
  });
}
