import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseSegment } from './parse-segment.ts';

const TRACE = '1-6968b9f2-0123456789abcdef01234567';
const T0 = 1_768_471_200;

const FUNCTION = {
  id: '1111111111111111',
  name: 'booking',
  origin: 'AWS::Lambda::Function',
  trace_id: TRACE,
  parent_id: '0000000000000001',
  start_time: T0,
  end_time: T0 + 0.25,
  aws: { function_arn: 'arn:aws:lambda:eu-west-1:123456789012:function:booking', request_id: 'r-1' },
  subsegments: [
    { id: '2222222222222222', name: 'price the stay', start_time: T0 + 0.01, end_time: T0 + 0.02 },
    {
      id: '3333333333333333',
      name: 'DynamoDB',
      namespace: 'aws',
      start_time: T0 + 0.02,
      end_time: T0 + 0.22,
      throttle: true,
      http: { response: { status: 400 } },
      aws: { operation: 'PutItem', request_id: 'not an invocation' },
      subsegments: [{ id: '4444444444444444', name: 'wait', start_time: T0 + 0.05, end_time: T0 + 0.2 }],
    },
  ],
};

test('a segment of a function tells its work and its calls', () => {
  const spans = parseSegment(TRACE, JSON.stringify(FUNCTION));

  expect(spans).toEqual([
    {
      kind: 'span',
      traceId: TRACE,
      spanId: '1111111111111111',
      parentSpanId: '0000000000000001',
      name: 'booking',
      startedAt: T0 * 1000,
      endedAt: T0 * 1000 + 250,
      durationMs: 250,
      serviceName: 'booking',
      functionName: 'booking',
      requestId: 'r-1',
      functionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:booking',
    },
    expect.objectContaining({ name: 'price the stay', parentSpanId: '1111111111111111', functionName: 'booking' }),
    expect.objectContaining({
      spanKind: 'client',
      remoteService: 'DynamoDB',
      remoteOperation: 'PutItem',
      httpStatusCode: 400,
      error: { type: 'throttled' },
    }),
    expect.objectContaining({ name: 'wait', parentSpanId: '3333333333333333', serviceName: 'DynamoDB' }),
  ]);
  expect(spans[2]).not.toHaveProperty('requestId');
  expect(spans[3]).not.toHaveProperty('functionName');
});

test('an exception is told with its type and its message', () => {
  const failed = { ...FUNCTION, fault: true, cause: { exceptions: [{ type: 'Error', message: 'no room' }] } };

  expect(parseSegment(TRACE, JSON.stringify(failed))[0]?.error).toEqual({ type: 'Error', message: 'no room' });
});

test('a segment in progress is not told, and what has ended in it is', () => {
  const { end_time: _, ...running } = FUNCTION;

  expect(parseSegment(TRACE, JSON.stringify(running)).map(({ name }) => name)).toEqual([
    'price the stay',
    'DynamoDB',
    'wait',
  ]);
});

test.each([undefined, '', 'no JSON', '[]', '{"id":1}', '{"id":"a","name":"b","start_time":"soon"}'])(
  '%s is no segment',
  (document) => {
    expect(parseSegment(TRACE, document)).toEqual([]);
  },
);

test('nesting without end is cut off', () => {
  const nested = (depth: number): object => ({
    id: `${depth}`,
    name: 'again',
    start_time: 1,
    end_time: 2,
    ...(depth > 0 && { subsegments: [nested(depth - 1)] }),
  });

  expect(parseSegment(TRACE, JSON.stringify(nested(1_000)))).toHaveLength(51);
});

test('any JSON is read without a crash', () => {
  fc.assert(
    fc.property(fc.json(), fc.jsonValue(), (text, value) => {
      parseSegment(TRACE, text);
      const spans = parseSegment(
        TRACE,
        JSON.stringify({ ...FUNCTION, subsegments: [value], cause: value, aws: value }),
      );
      expect(spans[0]?.name).toBe('booking');
    }),
  );
});
