import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { PutTraceSegmentsCommand, UpdateTraceSegmentDestinationCommand, XRayClient } from '@aws-sdk/client-xray';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Finding } from '@lamplighter/contracts';
import { minuteOfLogs } from '@lamplighter/sandbox/minute-of-logs';
import { aMinute, IDENTITY, MINUTE_MS, minuteAt, START_MS } from './a-minute.ts';
import { type Analysis, startAnalysis } from './deployed-analysis.ts';
import { putTraces, traceIdAt } from './traced-minute.ts';

const STREAM = '2026/01/15/[$LATEST]0123456789abcdef0123456789abcdef';
const HEALTHY = 40;
const [ORDERED, SHUFFLED, FULL_OF_NAN, HUGE, LONELY, TRACED] = [
  'hotel-ordered',
  'hotel-shuffled',
  'hotel-nan',
  'hotel-huge',
  'hotel-lonely',
  'hotel-traced',
] as const;

let analysis: Analysis;
beforeAll(async () => {
  analysis = await startAnalysis(minuteAt(HEALTHY + 8));
  const { sandbox } = analysis;
  for (const group of [`/aws/lambda/${TRACED}`, 'aws/spans']) sandbox.peers.logs.ensureLogGroup(group);
  await sandbox.client(XRayClient).send(new UpdateTraceSegmentDestinationCommand({ Destination: 'CloudWatchLogs' }));
  for (const body of MALFORMED) await send(body);
  // The queue hands out several batches at once: what is sent together may come later than windows may be late.
  for (const minute of history()) {
    await send(windowsOf(ORDERED, [minute]));
    await sandbox.idle();
  }
  for (const minutes of shuffled()) {
    await send(windowsOf(SHUFFLED, minutes));
    await sandbox.idle();
  }
  for (const body of sick()) await send(body);
  await analysis.settle();
  // What cannot be read is tried ten times, three minutes apart; the hourly round subscribes the group of spans.
  await analysis.settle(60 * MINUTE_MS);
  await traceHostility();
}, 400_000);
afterAll(() => analysis?.stop());

const event = (detailType: string, detail: unknown) => ({
  id: 'e',
  source: 'x',
  'detail-type': detailType,
  account: IDENTITY.accountId,
  region: IDENTITY.region,
  time: '2026-01-15T12:00:00Z',
  detail,
});

type Minute = ReturnType<typeof aMinute>;
const windowsOf = (functionName: string, windows: readonly Minute[]) =>
  event('WindowsClosed', {
    metadata: { version: 1, idempotencyKey: 'k' },
    data: {
      accountId: IDENTITY.accountId,
      region: IDENTITY.region,
      functionName,
      windows: windows.map((each) =>
        'figures' in each ? { ...each, figures: { ...each.figures, functionName } } : each,
      ),
    },
  });

const send = (body: unknown) =>
  analysis.sandbox.client(SQSClient).send(
    new SendMessageCommand({
      QueueUrl: analysis.stack.resources.NewsQueue!.physicalId,
      MessageBody: typeof body === 'string' ? body : JSON.stringify(body),
    }),
  );

const alarm = (detail: object) => event('CloudWatch Alarm State Change', detail);
const STATE = { value: 'ALARM', timestamp: '2026-01-15T12:00:00.000+0000' };

/** Alarms that are none, and windows whose figures are no numbers: JSON has no NaN, so it comes as null, as text, or as no JSON at all. */
const MALFORMED: readonly unknown[] = [
  alarm({}),
  alarm({ alarmName: 'a', state: 'ALARM' }),
  alarm({ alarmName: null, state: STATE }),
  alarm({ alarmName: 'a', state: STATE, configuration: { metrics: 'all' } }),
  alarm({ alarmName: 'a', state: STATE, configuration: { metrics: [{ metricStat: { metric: { dimensions: 7 } } }] } }),
  windowsOf(FULL_OF_NAN, [aMinute(0, { durationMs: { sum: null, max: null } as never })]),
  windowsOf(FULL_OF_NAN, [aMinute(0, { invocations: 'NaN' as never })]),
  JSON.stringify(windowsOf(FULL_OF_NAN, [aMinute(0)])).replace('"invocations":30', '"invocations":NaN'),
];

/** Forty minutes of health, then four in which half of the calls fail, then three of health again. */
const history = (): Minute[] =>
  Array.from({ length: HEALTHY + 7 }, (_, at) => aMinute(at, at >= HEALTHY && at < HEALTHY + 4 ? { errors: 15 } : {}));

/** The same minutes, every five of them backwards and twice, and a figure that was corrected before its correction came. */
function shuffled(): Minute[][] {
  const minutes = history();
  const groups = Array.from({ length: Math.ceil(minutes.length / 5) }, (_, at) => minutes.slice(at * 5, at * 5 + 5));
  const early = [aMinute(HEALTHY + 6, {}, 0)];
  return [...groups.slice(0, -1).flatMap((group) => [group.toReversed(), group]), groups.at(-1)!.toReversed(), early];
}

/** One minute alone; figures of 10^300, of less than nothing, of years that nobody lives in; a sketch that is none. */
function sick(): unknown[] {
  const huge = { invocations: 30, durationMs: { sum: 1e300, max: 1e300 }, billedDurationMs: 1e300, costUsd: 1e300 };
  return [
    windowsOf(LONELY, [aMinute(0, { invocations: 1 })]),
    windowsOf(
      HUGE,
      Array.from({ length: HEALTHY }, (_, at) => aMinute(at)),
    ),
    windowsOf(HUGE, [aMinute(HEALTHY, { ...huge, maxMemoryUsedMb: 1e300, memorySizeMb: 1e300 })]),
    windowsOf(HUGE, [aMinute(HEALTHY + 1, { errors: -5, costUsd: -1, durationSketch: 'H4sIAAAAA' })]),
    windowsOf(HUGE, [aMinute(1e9), aMinute(-1e9), aMinute(HEALTHY + 2)]),
  ];
}

/** Calls that take a second instead of 80 ms, whose traces tell why; and among the traces what nobody can have meant. */
async function traceHostility(): Promise<void> {
  const { sandbox } = analysis;
  const now = Math.floor(analysis.clock.now() / MINUTE_MS) * MINUTE_MS;
  const first = Math.round((now - START_MS) / MINUTE_MS) - HEALTHY;
  const healthy = { durationMs: { sum: 2_400, max: 88 }, durationSketch: SKETCH };
  await send(
    windowsOf(
      TRACED,
      Array.from({ length: HEALTHY }, (_, at) => aMinute(first + at, healthy)),
    ),
  );
  await analysis.settle();
  for (let minute = 0; minute < 5; minute++) {
    const calledMs = minute < 2 ? 40 : 1_000;
    const start = now + minute * MINUTE_MS;
    const traceIdOf = (call: number) => traceIdAt(TRACED, start, call);
    const lines = minuteOfLogs(TRACED, { start, calls: 30, durationMs: 40 + calledMs, traceIdOf });
    await putTraces(sandbox, TRACED, { start, calls: 30, ownMs: 40, calledMs });
    await putHostileSegments(start, traceIdOf(0)!);
    await sandbox.peers.logs.write('aws/spans', 'default', notStrict(start, traceIdOf(5)!));
    await sandbox.peers.logs.write(`/aws/lambda/${TRACED}`, STREAM, lines);
    await analysis.settle(MINUTE_MS);
  }
  await analysis.settle(15_000);
  await analysis.settle();
}

/** Thirty calls of 72 to 88 ms. */
const SKETCH = 'H4sIAAAAAAAAA+MS4fzr1Ri1P+iDvSADFEgwCLVxCDVwMIyCUcDwwR5CczhABRxQ+eTSo2CwA4k1TFJMEgyKMD4AcpJtKSwEAAA=';

/** Two segments that are each other's parents, one that is its own, and one of next year. */
async function putHostileSegments(start: number, trace_id: string): Promise<void> {
  const at = start / 1_000;
  const segment = (id: string, parent_id: string, start_time = at) =>
    JSON.stringify({
      id,
      parent_id,
      trace_id,
      type: 'subsegment',
      name: 'loop',
      start_time,
      end_time: start_time + 60,
    });
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(16)) as [string, string, string, string];
  const TraceSegmentDocuments = [segment(a, b), segment(b, a), segment(c, c), segment(d, a, at + 31_536_000)];
  await analysis.sandbox.client(XRayClient).send(new PutTraceSegmentsCommand({ TraceSegmentDocuments }));
}

const notStrict = (timestamp: number, traceId: string) =>
  [
    `{traceId: '${traceId}', spanId: 'x'}`,
    `{"traceId":"${traceId}","spanId":"ffffffffffffffff","startTimeUnixNano":NaN}`,
    `{"traceId":"${traceId}","spanId":"eeeeeeeeeeeeeeee","startTimeUnixNano":1e300,"endTimeUnixNano":1e308,"name":"x"}`,
    `${'['.repeat(10_000)}`,
  ].map((message) => ({ timestamp, message }));

const findingsOf = async (functionName: string): Promise<Finding[]> => {
  const answer = await analysis.ask({ kind: 'by-function', functionName });
  return answer.kind === 'findings' ? answer.findings : [];
};
const told = (findings: readonly Finding[]) =>
  findings.map(({ class: kind, state, openedAt, updatedAt, title }) => ({ kind, state, openedAt, updatedAt, title }));

test('what is no alarm and no window lies aside, all of it and nothing else', async () => {
  const { Attributes } = await analysis.sandbox.client(SQSClient).send(
    new GetQueueAttributesCommand({
      QueueUrl: analysis.stack.resources.UnassessedQueue!.physicalId,
      AttributeNames: ['ApproximateNumberOfMessages'],
    }),
  );
  expect(Attributes).toEqual({ ApproximateNumberOfMessages: String(MALFORMED.length) });
  expect(await findingsOf(FULL_OF_NAN)).toEqual([]);
});

test('late, doubled and reordered windows give the findings of the ordered ones', async () => {
  const [ordered, other] = [await findingsOf(ORDERED), await findingsOf(SHUFFLED)];
  expect(told(ordered)).toMatchObject([{ kind: 'error-burst', openedAt: minuteAt(HEALTHY) }]);
  expect(told(other)).toEqual(told(ordered).map((each) => ({ ...each, title: each.title.replace(ORDERED, SHUFFLED) })));
});

test('a single value, and values beyond all measure, are no findings and no crash', async () => {
  expect(await findingsOf(LONELY)).toEqual([]);
  const huge = await findingsOf(HUGE);
  expect(JSON.stringify(huge)).not.toMatch(/e\+|null|NaN|Infinity/);
  expect(huge.filter(({ class: kind }) => kind !== 'cost-anomaly' && kind !== 'slow-down')).toEqual([]);
});

test('a trace that is not strict JSON, a cycle of parents and a span of next year hide nothing', async () => {
  const [found, ...more] = await findingsOf(TRACED);
  expect(found).toMatchObject({ class: 'dependency-slow', state: 'open' });
  expect(found!.causes[0]).toMatchObject({ name: expect.stringContaining('payments.example.com') });
  expect(more.filter(({ state }) => state === 'open')).toEqual([]);
});
