import { describe, expect, test } from '@jest/globals';
import {
  ENVIRONMENT,
  end,
  fixturePayload,
  INIT_START,
  invocation,
  jsonReport,
  nodeLine,
  report,
  requestId,
  start,
  story,
} from '../../test/log-story.ts';
import {
  type Attempt,
  attributeStream,
  decodeSubscriptionPayload,
  type LogRecord,
  parseLogEvent,
  type ReportRecord,
} from '../index.ts';

/** Each of what a collection of real logs showed parsers to get wrong, by its number there; 10, 15, 16 and 18 are not about log events, 17 is X-Ray's. */
const A = requestId(1);
const parse = (message: string): LogRecord => parseLogEvent({ message });
const only = (...lines: readonly (readonly [number, string])[]) =>
  attributeStream(story(...lines), ENVIRONMENT).attempts[0] as Attempt;
const HEAD = `REPORT RequestId: ${A}\tDuration: 1.50 ms\tBilled Duration: 2 ms\tMemory Size: 128 MB\tMax Memory Used: 60 MB`;

test.each([
  '\t\nXRAY TraceId: 1-a\tSegmentId: b\tSampled: true\t\n',
  '\tStatus: timeout\nXRAY TraceId: 1-a\tSegmentId: b\tSampled: true',
])('1: one REPORT record holds its XRAY line %j', (tail) => {
  expect(parse(HEAD + tail)).toMatchObject({
    kind: 'report',
    durationMs: 1.5,
    traceId: '1-a',
    segmentId: 'b',
    sampled: true,
  });
});

test('2: fields come in any order, and Duration is in five names', () => {
  const line = `REPORT RequestId: ${A}\tBilled Restore Duration: 5 ms\tInit Duration: 4 ms\tRestore Duration: 3 ms\tBilled Duration: 2 ms\tDuration: 1 ms`;
  expect(parse(line)).toMatchObject({
    durationMs: 1,
    billedDurationMs: 2,
    restoreDurationMs: 3,
    initDurationMs: 4,
    billedRestoreDurationMs: 5,
  });
});

test('3: billed durations are what was billed, whether less than the duration, beyond the timeout or rounded to 100', () => {
  const billed = (rest: string) => (parse(`REPORT RequestId: ${A}\t${rest}`) as ReportRecord).billedDurationMs;
  expect(billed('Duration: 3003.28 ms\tBilled Duration: 3000 ms')).toBe(3000);
  expect(billed('Duration: 900000.00 ms\tBilled Duration: 900503 ms')).toBe(900_503);
  expect(billed('Duration: 0.39 ms\tBilled Duration: 100 ms \t')).toBe(100);
});

test.each([' ms \tMemory', ' ms\tMemory', ' msMemory', ' ms    Memory', 'ms \nMemory', '\tMemory'])(
  '4: separators differ, as %j',
  (separator) => {
    const line = `REPORT RequestId: ${A}\tDuration: 1.50 ms\tBilled Duration: 100${separator} Size: 128 MB\tMax Memory Used: 18 MB\t\n`;
    expect(parse(line)).toMatchObject({ billedDurationMs: 100, memorySizeMb: 128, maxMemoryUsedMb: 18 });
  },
);

test('5: full memory is not out of memory, and out of memory may be reported as a timeout', () => {
  const full = HEAD.replace('60 MB', '128 MB');
  expect(only([0, start(A)], [2, end(A)], [2, full]).status).toBe('success');
  const killed = `RequestId: ${A} Error: Runtime exited with error: signal: killed\nRuntime.ExitError`;
  expect(only([0, start(A)], [1, killed], [2, end(A)], [2, `${full}\tStatus: timeout`]).status).toBe('out-of-memory');
});

test('6: one request has several REPORTs when it is retried, and init lines have no id', () => {
  const { attempts } = attributeStream(
    story(...invocation(A, 0, 10), ...invocation(A, 60_000, 20), ...invocation(A, 180_000, 30)),
    ENVIRONMENT,
  );
  expect(attempts.map(({ durationMs }) => durationMs)).toEqual([10, 20, 30]);
  expect(parse('2020-10-27T15:36:14.281Z\tundefined\tINFO\tLoading function')).not.toHaveProperty('requestId');
});

test('7: an INIT_REPORT before START, exits before END or after REPORT, and late output belong to the invocation', () => {
  const init = 'INIT_REPORT Init Duration: 1 ms\tPhase: invoke\tStatus: error\tError Type: Runtime.ExitError';
  const attempt = only(
    [0, INIT_START],
    [1, init],
    [2, start(A)],
    [3, end(A)],
    [3, HEAD],
    [4, `RequestId: ${A} Error: Runtime exited without providing a reason`],
    [5, 'extension output'],
  );
  expect(attempt).toMatchObject({ eventCount: 7, logLines: 1, status: 'init-error' });
});

test('8: ids are whatever the line says, and other ids in it change nothing', () => {
  for (const id of ['e4b46cbf-b738-xmpl-8880-a18cdf61200e', '0e5c8424', '.........6c09f5', '<uuid>', A.toUpperCase()]) {
    expect(parse(`REPORT RequestId: ${id}\tDuration: 1 ms`)).toMatchObject({ requestId: id });
  }
  expect(parse(nodeLine(A, 'S3 requestId: 4442587FB7D0A2F9 and b3cd4ea3-9d24-4448-807a-dfcf32f3248b'))).toMatchObject({
    requestId: A,
  });
  const { attempts } = attributeStream(
    story(...invocation(A, 0, 10, ['{"level":"INFO","function_request_id":"another","message":"x"}'])),
    ENVIRONMENT,
  );
  expect(attempts).toMatchObject([{ requestId: A, logLines: 1 }]);
});

test.each([
  'REPORT RequestID: 34dc9533-ed6e-4468-b9f2-2aa0******** Duration: 538.610 ms Billed Duration: 538.700 ms Memory Size: 128 MB Max Memory Used: 13 MB',
  'Duration: 12.5 ms\tMemory Usage: 60 MB',
  `> ${HEAD}`,
  '09 Nov 2025 12:49:21,071 [INFO] (rapid) INVOKE RTDONE(status: success, produced bytes: 0, duration: 4.693000ms)',
])('9: %j only looks like Lambda', (line) => {
  expect(parse(line).kind).toBe('application');
});

test('11: JSON lines say id, level and message in many ways', () => {
  const lines = [
    { requestId: A, level: 'Error', message: 'm' },
    { AWSRequestId: A, level: 'error', message: 'm' },
    { function_request_id: A, level: 50, message: 'm' },
  ];
  expect(lines.map((line) => parse(JSON.stringify(line)))).toMatchObject(
    lines.map(() => ({ requestId: A, level: 'ERROR', message: 'm' })),
  );
  const odd = [{ message: { a: 1 } }, { message: null }, { message: '{"inner":true}' }].map((line) =>
    parse(JSON.stringify(line)),
  );
  expect(odd.map((record) => 'message' in record && record.message)).toEqual([
    '{"message":{"a":1}}',
    '{"message":null}',
    '{"inner":true}',
  ]);
});

test('12: success needs neither a runtimeDone nor a status', () => {
  expect(only(...invocation(A, 0, 10)).status).toBe('success');
  expect(attributeStream(story([10, jsonReport(A, 10)]), ENVIRONMENT).attempts[0]).toMatchObject({
    status: 'success',
    missing: ['start'],
  });
});

test.each([
  '{"_aws":{"CloudWatchMetrics":[]},"a":1}',
  `2025-09-20T14:15:29.201Z\t${A}\tinfo\t{"_aws":{"CloudWatchMetrics":[]}}`,
  '{\n  "_aws": {\n    "CloudWatchMetrics": []\n  }\n}',
])('13: %j is a metric and a line', (line) => {
  expect(parse(line)).toMatchObject({ kind: 'application', isMetric: true });
});

describe('14: payloads', () => {
  test('of control messages have empty names', () => {
    expect(decodeSubscriptionPayload(JSON.stringify(fixturePayload('control-message.json'))).kind).toBe('control');
  });

  test('come from any log group, their events with extracted fields', () => {
    const event = { id: '1', timestamp: 1, message: 'm', extractedFields: { event: 'm' } };
    const payload = {
      messageType: 'DATA_MESSAGE',
      owner: '1',
      logGroup: 'CloudTrail',
      logStream: 's',
      subscriptionFilters: ['f'],
      logEvents: [event],
    };
    expect(decodeSubscriptionPayload(JSON.stringify(payload))).toMatchObject({
      kind: 'data',
      batch: { logGroup: 'CloudTrail', events: [event] },
    });
  });

  test('in documentation may not decode', () => {
    const { awslogs } = fixturePayload<{ awslogs: { data: string } }>('awslogs-bad-base64.json');
    expect(decodeSubscriptionPayload(awslogs.data)).toMatchObject({ kind: 'rejected', reason: 'bad-base64' });
  });
});

test('a real timeout is told from the payload to the outcome', () => {
  const decoded = decodeSubscriptionPayload(JSON.stringify(fixturePayload('data-message-timeout.json')));
  if (decoded.kind !== 'data') throw new Error(`not data: ${decoded.kind}`);
  expect(attributeStream(decoded.batch.events, decoded.batch).attempts).toMatchObject([
    {
      requestId: '7c9567b5-107b-4a6c-8798-0157ac21db52',
      status: 'timeout',
      durationMs: expect.any(Number),
      missing: [],
    },
  ]);
});

test('a REPORT of one invocation quoted by another is no attempt of it', () => {
  const quoted = report(requestId(2), 0.01);
  const attempts = attributeStream(story(...invocation(A, 0, 10, [quoted])), ENVIRONMENT).attempts;
  expect(attempts.map((attempt) => attempt.requestId)).toEqual([A]);
});
