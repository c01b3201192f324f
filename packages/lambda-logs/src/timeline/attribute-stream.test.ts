import { describe, expect, test } from '@jest/globals';
import {
  ENVIRONMENT,
  end,
  FIRST_AT,
  INIT_START,
  invocation,
  jsonReport,
  jsonStart,
  nodeLine,
  report,
  requestId,
  start,
  story,
} from '../../test/log-story.ts';
import { type Attempt, attributeStream, type LogEvent } from '../index.ts';

const A = requestId(1);
const B = requestId(2);
const OTHER = requestId(99);
const attempts = (events: readonly LogEvent[]) => attributeStream(events, ENVIRONMENT).attempts;
const ended = (id: string, atMs: number, durationMs = atMs): [number, string][] => [
  [atMs, end(id)],
  [atMs, report(id, durationMs)],
];
const only = (events: readonly LogEvent[]): Attempt => {
  const found = attempts(events);
  expect(found.map(({ requestId: id }) => id)).toEqual([A]);
  return found[0] as Attempt;
};

describe('one invocation', () => {
  test('is told with all its figures', () => {
    const trace = 'Init Duration: 166.62 ms\t\nXRAY TraceId: 1-5d9d007f-0a8c\tSegmentId: 3d75\tSampled: true\t';
    const events = story(
      [0, INIT_START],
      [170, start(A, '72')],
      [200, nodeLine(A, 'hello')],
      [300, end(A)],
      [300, report(A, 128.83, trace)],
    );
    expect(only(events)).toEqual({
      requestId: A,
      logStream: ENVIRONMENT.logStream,
      ordinal: 0,
      startedAt: FIRST_AT + 170,
      endedAt: FIRST_AT + 300,
      version: '72',
      durationMs: 128.83,
      billedDurationMs: 129,
      memorySizeMb: 128,
      maxMemoryUsedMb: 60,
      initDurationMs: 166.62,
      coldStart: true,
      runtimeVersion: 'nodejs:22.v122',
      status: 'success',
      traceId: '1-5d9d007f-0a8c',
      segmentId: '3d75',
      sampled: true,
      messages: [],
      logLines: 1,
      eventCount: 5,
      missing: [],
    });
  });

  test('shows its lines in order, tagged', () => {
    const events = story([0, INIT_START], ...invocation(A, 100, 50, ['plain', nodeLine(A, 'careful', 'WARN')]));
    const attribution = attributeStream(events.toReversed(), ENVIRONMENT);
    const lines = attribution.linesOf(attribution.attempts[0] as Attempt);
    expect(lines.map(({ event, source, level }) => [event.id, source, level])).toEqual(
      events.map(({ id, message }) => {
        if (message === 'plain') return [id, 'application', undefined];
        return message.includes('careful') ? [id, 'application', 'WARN'] : [id, 'platform', undefined];
      }),
    );
  });

  test('has no lines for an attempt of another attribution', () => {
    const [attempt] = attempts(story(...invocation(A, 0, 10)));
    expect(attributeStream([], ENVIRONMENT).linesOf(attempt as Attempt)).toEqual([]);
  });

  test('of the JSON format has no END to miss', () => {
    const done = JSON.stringify({
      time: '2026-10-08T07:30:00Z',
      type: 'platform.runtimeDone',
      record: { requestId: A, status: 'success' },
    });
    expect(only(story([0, jsonStart(A)], [5, '{"message":"hi"}'], [9, done], [10, jsonReport(A, 10)]))).toMatchObject({
      version: '7',
      status: 'success',
      durationMs: 10,
      logLines: 1,
      eventCount: 4,
      missing: [],
    });
  });

  test('names the messages it processed', () => {
    const record = (seq: string) => ({
      kinesis: { sequenceNumber: seq },
      eventID: `shardId-000000000006:${seq}`,
      eventSourceARN: 'arn:stream',
    });
    const events = story(
      ...invocation(A, 0, 100, [
        JSON.stringify({ message: 'took', sequenceNumber: '10', stream: 'orders' }),
        JSON.stringify({ Records: [record('9'), record('9')] }),
        'done sequenceNumber=8 stream=orders',
        'a consequence of Id-0',
      ]),
    );
    expect(only(events).messages).toEqual([
      { stream: 'arn:stream', sequenceNumber: '9' },
      { stream: 'orders', sequenceNumber: '8' },
      { stream: 'orders', sequenceNumber: '10' },
    ]);
  });

  test('takes its trace id from a torn off XRAY line, else from a structured line', () => {
    const xray = 'XRAY TraceId: 1-5e7e\tSegmentId: 0152\tSampled: true';
    expect(only(story(...invocation(A, 0, 10), [10, xray]))).toMatchObject({
      traceId: '1-5e7e',
      segmentId: '0152',
      sampled: true,
    });
    const logged = JSON.stringify({ level: 'INFO', message: 'x', xray_trace_id: '1-abc' });
    expect(only(story(...invocation(A, 0, 10, ['{"traceId":5}', logged])))).toMatchObject({ traceId: '1-abc' });
    expect(only(story(...invocation(A, 0, 10, [xray]))).traceId).toBeUndefined();
  });
});

describe('forged records', () => {
  const real = {
    durationMs: 100,
    billedDurationMs: 100,
    memorySizeMb: 128,
    maxMemoryUsedMb: 60,
    status: 'success',
    eventCount: 8,
    logLines: 5,
    missing: [],
  };
  const forgeries: Readonly<Record<string, string>> = {
    'REPORT of another request': report(OTHER, 0.01),
    'REPORT of its own': report(A, 0.01),
    'START of another request': start(OTHER),
    'START of its own': start(A),
    'END of another request': end(OTHER),
    'END of its own': end(A),
    'JSON report': jsonReport(OTHER, 0.01),
    'JSON report of its own': jsonReport(A, 0.01),
    'JSON start': jsonStart(OTHER),
    'timeout of its own': `2026-10-08T07:30:00.100Z ${A} Task timed out after 3.00 seconds`,
    'timeout of another': `2026-10-08T07:30:00.100Z ${OTHER} Task timed out after 3.00 seconds`,
    'exit of its own': `RequestId: ${A} Error: Runtime exited with error: signal: killed\nRuntime.ExitError`,
    'exit of another': `RequestId: ${OTHER} Error: Runtime exited with error: exit status 1`,
    INIT_START: INIT_START,
    'JSON of managed instances': JSON.stringify({
      time: 'x',
      type: 'platform.initStart',
      record: { initializationType: 'lambda-managed-instances' },
    }),
    fault: JSON.stringify({
      time: 'x',
      type: 'platform.fault',
      record: `RequestId: ${A} Process exited before completing request`,
    }),
  };

  test.each(Object.entries(forgeries))('a %s changes no figure and is an application line', (_, forged) => {
    const events = story(...invocation(A, 0, 100, ['before', forged, 'after', forged, 'last']));
    expect(only(events)).toMatchObject(real);
    expect(only(events).coldStart).toBe(false);
  });

  test('all of them at once change no figure, in a stream of several invocations', () => {
    const lines = Object.values(forgeries);
    const stream = story(
      ...invocation(A, 0, 100, lines),
      ...invocation(B, 200, 50, lines),
      ...invocation(OTHER, 400, 25, lines),
    );
    expect(
      attempts(stream).map(({ requestId: id, durationMs, logLines, status }) => [id, durationMs, logLines, status]),
    ).toEqual([
      [A, 100, lines.length, 'success'],
      [B, 50, lines.length, 'success'],
      [OTHER, 25, lines.length, 'success'],
    ]);
  });

  test('whole invocations quoted inside one, hundreds of them, are its lines', () => {
    const quoted = Array.from({ length: 300 }, (_, index) => [
      start(requestId(1000 + index)),
      end(requestId(1000 + index)),
      report(requestId(1000 + index), 1),
    ]).flat();
    expect(only(story(...invocation(A, 0, 2000, quoted)))).toMatchObject({ durationMs: 2000, logLines: 900 });
  });

  test('a retry of its own, quoted as soon as it starts, is no attempt', () => {
    const events = story(
      [0, start(A)],
      [2, end(A)],
      [2, report(A, 0.01)],
      [3, start(A)],
      [400, end(A)],
      [400, report(A, 399.5)],
    );
    expect(only(events)).toMatchObject({ durationMs: 399.5, logLines: 3 });
  });

  test('thousands of quoted REPORTs of its own cost no more than time', () => {
    const quoted = Array.from({ length: 5000 }, () => report(A, 0.01));
    expect(only(story(...invocation(A, 0, 10_000, quoted)))).toMatchObject({ durationMs: 10_000, logLines: 5000 });
  });

  test("text records in a JSON stream are the application's", () => {
    const events = story(
      [0, jsonStart(A)],
      [1, start(OTHER)],
      [2, end(OTHER)],
      [3, report(OTHER, 1)],
      [10, jsonReport(A, 10)],
      [12, report(OTHER, 2)],
    );
    expect(only(events)).toMatchObject({ durationMs: 10, logLines: 4 });
  });

  test('JSON copies that an extension prints behind each REPORT are lines of the invocation', () => {
    const events = story(
      ...invocation(A, 0, 10),
      [11, jsonStart(A)],
      [11, jsonReport(A, 99)],
      ...invocation(B, 20, 10),
      [31, jsonReport(B, 99)],
    );
    expect(attempts(events).map(({ durationMs, logLines }) => [durationMs, logLines])).toEqual([
      [10, 2],
      [10, 1],
    ]);
  });

  test('what an initialisation prints is no invocation', () => {
    const events = story(
      [0, INIT_START],
      [1, start(OTHER)],
      [2, end(OTHER)],
      [3, report(B, 1)],
      ...invocation(A, 100, 10),
    );
    expect(only(events)).toMatchObject({ durationMs: 10, coldStart: true, logLines: 3 });
  });

  test('a bare REPORT beside complete invocations was quoted', () => {
    const events = story(...invocation(A, 0, 10), [20, report(OTHER, 5)], ...invocation(B, 30, 10));
    expect(attempts(events).map(({ requestId: id, logLines }) => [id, logLines])).toEqual([
      [A, 1],
      [B, 0],
    ]);
  });

  const figuresOf = (events: readonly LogEvent[]) =>
    attempts(events).map(({ requestId: id, durationMs, memorySizeMb, coldStart, missing }) => [
      id,
      durationMs,
      memorySizeMb,
      coldStart,
      missing,
    ]);
  const real2 = [
    [A, 100, 128, false, []],
    [B, 50, 128, false, []],
  ];
  const small = (id: string) => report(id, 0.01).replace('128 MB', '64 MB');

  test.each<[string, (readonly [number, string])[]]>([
    ['a REPORT of its own', [[101, small(A)]]],
    ['an END of its own', [[101, end(A)]]],
    ['a START of its own', [[101, start(A)]]],
    [
      'END and REPORT of its own',
      [
        [102, end(A)],
        [102, small(A)],
      ],
    ],
    [
      'all of its own',
      [
        [102, start(A)],
        [102, end(A)],
        [102, small(A)],
      ],
    ],
    ['an END of another', [[101, end(OTHER)]]],
    ['a START of another', [[101, start(OTHER)]]],
    ['an INIT_START', [[101, INIT_START]]],
  ])('%s, printed when nothing runs, is no invocation', (_, forged) => {
    expect(figuresOf(story(...invocation(A, 0, 100), ...forged, ...invocation(B, 200, 50)))).toEqual(real2);
  });

  test.each<[string, readonly string[]]>([
    ['a REPORT', [small(A)]],
    ['an END', [end(A)]],
    ['a START', [start(A)]],
    ['END and REPORT', [end(A), small(A)]],
    ['all', [start(A), end(A), small(A)]],
  ])('%s of an earlier request, printed behind the next one, takes nothing from either', (_, forged) => {
    const behind = forged.map((message) => [251, message] as const);
    const next = [OTHER, 25, 128, false, []];
    const events = story(
      ...invocation(A, 0, 100),
      ...invocation(B, 200, 50),
      ...behind,
      ...invocation(OTHER, 5000, 25),
    );
    expect(figuresOf(events)).toEqual([...real2, next]);
  });

  test('a REPORT printed between END and REPORT counts for nothing', () => {
    const events = story(
      [0, start(A)],
      [100, end(A)],
      [100, small(A)],
      [100, report(A, 100)],
      ...invocation(B, 200, 50),
    );
    expect(figuresOf(events)).toEqual(real2);
    expect(attempts(events)[0]).toMatchObject({ logLines: 1 });
  });

  test('invocations that an initialisation prints are none', () => {
    const cold = report(A, 100, 'Init Duration: 90.00 ms\t');
    const quoted = invocation(OTHER, 10, 1);
    const events = story([0, INIT_START], ...quoted, [100, start(A)], [200, end(A)], [200, cold]);
    expect(only(events)).toMatchObject({ durationMs: 100, initDurationMs: 90, logLines: 3 });
  });

  test.each([
    'EXTENSION\tName: x\tState: LaunchError\tEvents: []\tError Type: PermissionDenied',
    'RESTORE_REPORT Restore Duration: 1.00 ms',
    'INIT_REPORT Init Duration: 10000.00 ms\tPhase: init\tStatus: timeout',
    'XRAY TraceId: 1-5e7e\tSegmentId: 0152\tSampled: true',
  ])('%s amid an invocation is its line', (forged) => {
    expect(only(story(...invocation(A, 0, 100, [forged, 'x'])))).toMatchObject({ logLines: 2, status: 'success' });
  });

  test('records of another request behind a START that is still open are its lines', () => {
    expect(attempts(story([0, start(A)], [5, report(OTHER, 1)], [6, end(B)]))).toMatchObject([
      { requestId: A, logLines: 2, status: 'unknown' },
    ]);
  });
});

describe('retries', () => {
  test('of one request in one stream are attempts of their own', () => {
    const events = story(
      ...invocation(A, 0, 100),
      ...invocation(B, 30_000, 10),
      ...invocation(A, 60_000, 50),
      ...invocation(A, 180_000, 40),
    );
    expect(attempts(events).map(({ requestId: id, ordinal, durationMs }) => [id, ordinal, durationMs])).toEqual([
      [A, 0, 100],
      [B, 0, 10],
      [A, 1, 50],
      [A, 2, 40],
    ]);
  });

  test('do not swallow the invocations between them when the first REPORT is lost', () => {
    const between = [3, 4, 5, 6].flatMap((index) => invocation(requestId(index), index * 1000, 10));
    const events = story([0, start(A)], ...between, ...invocation(A, 60_000, 50));
    expect(attempts(events)).toHaveLength(6);
  });
});

describe('records that are missing', () => {
  test.each<[string, [number, string][], Partial<Attempt>]>([
    ['START only', [[0, start(A)]], { status: 'unknown', startedAt: FIRST_AT, missing: ['end', 'report'] }],
    ['END only', [[10, end(A)]], { status: 'unknown', endedAt: FIRST_AT + 10, missing: ['start', 'report'] }],
    ['REPORT only', [[10, report(A, 10)]], { status: 'success', startedAt: FIRST_AT, missing: ['start', 'end'] }],
    [
      'no REPORT',
      [
        [0, start(A)],
        [10, end(A)],
      ],
      { status: 'unknown', missing: ['report'] },
    ],
    [
      'no END',
      [
        [0, start(A)],
        [10, report(A, 10)],
      ],
      { status: 'success', missing: ['end'] },
    ],
    [
      'no START',
      [
        [5, nodeLine(A, 'x')],
        [10, end(A)],
        [10, report(A, 10)],
      ],
      { startedAt: FIRST_AT, logLines: 1, missing: ['start'] },
    ],
    [
      'a REPORT cut short',
      [
        [0, start(A)],
        [9, end(A)],
        [10, `REPORT RequestId: ${A}\tDuration: 1.00 ms`],
      ],
      { missing: ['billed-duration', 'memory-size', 'max-memory-used'] },
    ],
    [
      'a REPORT without figures',
      [
        [0, jsonStart(A)],
        [10, JSON.stringify({ time: '', type: 'platform.report', record: { requestId: A } })],
      ],
      { missing: ['duration', 'billed-duration', 'memory-size', 'max-memory-used'] },
    ],
    [
      'END before START by clock skew',
      [
        [0, end(A)],
        [2000, start(A)],
        [2010, report(A, 10)],
      ],
      { missing: [], durationMs: 10 },
    ],
    [
      'REPORT before START by clock skew',
      [
        [0, end(A)],
        [0, report(A, 10)],
        [2000, start(A)],
      ],
      { missing: [], durationMs: 10 },
    ],
  ])('%s', (_, lines, expected) => {
    expect(only(story(...lines))).toMatchObject(expected);
  });

  test('exports that hold nothing but REPORTs give every invocation', () => {
    const reports = [1, 2, 3].map((index) => [index * 1000, report(requestId(index), 10)] as const);
    expect(attempts(story(...reports)).map(({ missing }) => missing)).toEqual([
      ['start', 'end'],
      ['start', 'end'],
      ['start', 'end'],
    ]);
  });

  test('a runtimeDone tells the outcome while the report is missing', () => {
    const done = JSON.stringify({
      time: 'x',
      type: 'platform.runtimeDone',
      record: { requestId: A, status: 'error', errorType: 'Oops', metrics: { durationMs: 7 } },
    });
    expect(only(story([0, jsonStart(A)], [7, done]))).toMatchObject({
      status: 'error',
      errorType: 'Oops',
      durationMs: 7,
      missing: ['report'],
    });
  });
});

describe('lines without an id', () => {
  const sent = (events: readonly LogEvent[]) => {
    const attribution = attributeStream(events, ENVIRONMENT);
    const owned = attribution.attempts.map((attempt) => [
      attempt.requestId,
      attribution
        .linesOf(attempt)
        .filter(({ source }) => source === 'application')
        .map(({ event }) => event.message),
    ]);
    return { ...Object.fromEntries(owned), strays: attribution.strays.map(({ message }) => message) };
  };

  test('go to the bracket, after the REPORT to the one before, after an initialisation to the next', () => {
    const events = story(
      [0, INIT_START],
      [1, 'loading'],
      ...invocation(A, 100, 50, ['working']),
      [160, 'flushed'],
      [900, INIT_START],
      [901, 'again'],
      ...invocation(B, 1000, 50),
    );
    expect(sent(events)).toEqual({ [A]: ['loading', 'working', 'flushed'], [B]: ['again'], strays: [] });
  });

  test('before the first START need no INIT_START when they are near it', () => {
    const events = story([0, 'long ago'], [100_000, 'just before'], ...invocation(A, 110_000, 10));
    expect(sent(events)).toEqual({ [A]: ['just before'], strays: ['long ago'] });
  });

  test('that nobody can own are strays', () => {
    expect(sent(story([0, 'alone'], [1, nodeLine(A, 'x')]))).toEqual({ strays: ['alone', nodeLine(A, 'x')] });
    const idle = story(...invocation(A, 0, 10), [600_000, '[runtime] SIGTERM received'], [900_000, INIT_START]);
    expect(sent(idle)).toEqual({ [A]: [], strays: ['[runtime] SIGTERM received', INIT_START] });
  });

  test('follow an open START', () => {
    expect(sent(story([0, start(A)], [1, 'still here'], [800_000, 'and here']))).toEqual({
      [A]: ['still here', 'and here'],
      strays: [],
    });
  });

  test('a claim decides between neighbours, and nothing inside a bracket', () => {
    const claimsB = nodeLine(B, 'claims B');
    const claimsA = nodeLine(A, 'claims A');
    const events = story(
      ...invocation(A, 0, 10, [claimsB]),
      [15, claimsB],
      [20, INIT_START],
      [21, claimsA],
      ...invocation(B, 30, 10),
    );
    expect(sent(events)).toEqual({ [A]: [claimsB, claimsA], [B]: [claimsB], strays: [] });
  });
});

describe("streams that are not one environment's", () => {
  const pasted = (events: readonly LogEvent[]) => attributeStream(events, { logStream: 'pasted' });

  test('may hold invocations that overlap; claims decide, and the one running', () => {
    const claims = nodeLine(A, 'mine');
    const events = story(
      [0, start(A)],
      [5, 'of A'],
      [10, start(B)],
      [20, claims],
      [25, 'whose?'],
      [30, end(A)],
      [30, report(A, 30)],
      [35, 'of B'],
      [40, end(B)],
      [40, report(B, 30)],
      [41, 'after B'],
    );
    const { attempts: found, strays } = pasted(events);
    expect(found.map(({ requestId: id, durationMs, logLines }) => [id, durationMs, logLines])).toEqual([
      [A, 30, 2],
      [B, 30, 2],
    ]);
    expect(strays.map(({ message }) => message)).toEqual(['whose?']);
  });

  const figuresOf = (events: readonly LogEvent[]) =>
    pasted(events).attempts.map(({ requestId: id, durationMs, missing }) => [id, durationMs, missing]);

  test.each<[string, readonly string[]]>([
    ['a REPORT of its own', [report(B, 0.01)]],
    ['all of its own', [start(B), end(B), report(B, 0.01)]],
    ['JSON of its own', [jsonStart(B), jsonReport(B, 0.01)]],
    ['END and REPORT of an earlier one', [end(A), report(A, 0.01)]],
    ['JSON of an earlier one', [jsonStart(A), jsonReport(A, 0.01)]],
    ['a START of another', [start(OTHER)]],
    ['an END of another', [end(OTHER)]],
    ['a REPORT of another', [report(OTHER, 0.01)]],
    ['all of another', [start(OTHER), end(OTHER), report(OTHER, 0.01)]],
  ])('may hold forged records: %s', (_, forged) => {
    const lines = [nodeLine(B, 'x'), ...forged, nodeLine(B, 'y')];
    const events = story(...invocation(A, 0, 50, [nodeLine(A, 'z')]), ...invocation(B, 200, 100, lines));
    expect(figuresOf(events)).toEqual([
      [A, 50, []],
      [B, 100, []],
    ]);
    expect(pasted(events).attempts[1]?.logLines).toBe(lines.length);
  });

  test('may hold invocations within the time of another, and the ends of some that began before', () => {
    const within = invocation(B, 20, 30);
    const events = story(
      [0, start(A)],
      [1, 'x'],
      [2, end(OTHER)],
      [2, report(OTHER, 500)],
      ...within,
      ...ended(A, 100),
    );
    expect(figuresOf(events)).toEqual([
      [A, 100, []],
      [OTHER, 500, ['start']],
      [B, 30, []],
    ]);
    const inSeconds = story([0, start(A)], [1000, start(B)], ...ended(B, 1000, 300), ...ended(A, 2000, 1600));
    expect(figuresOf(inSeconds)).toEqual([
      [A, 1600, []],
      [B, 300, []],
    ]);
    const quick = story([0, start(A)], [1, start(B)], [2, nodeLine(B, 'x')], ...ended(B, 3, 1), ...ended(A, 100));
    expect(figuresOf(quick)).toEqual([
      [A, 100, []],
      [B, 1, []],
    ]);
  });

  test('open invocations own what follows until it is unclear', () => {
    const events = story([0, start(A)], [1, 'of A'], [2, start(B)], [3, 'whose?'], [4, nodeLine(A, 'mine')]);
    const { attempts: found, strays } = pasted(events);
    expect(found.map(({ logLines }) => logLines)).toEqual([2, 0]);
    expect(strays).toHaveLength(1);
  });

  test('retries are told apart, and lines go to the nearer one', () => {
    const events = story(...invocation(A, 0, 10), [11, nodeLine(A, 'late')], ...invocation(A, 60_000, 10), [
      70_000,
      nodeLine(A, 'later'),
    ]);
    expect(pasted(events).attempts.map(({ ordinal, logLines }) => [ordinal, logLines])).toEqual([
      [0, 1],
      [1, 1],
    ]);
  });

  test('Managed Instances say so before their first invocation', () => {
    const init = JSON.stringify({
      time: 'x',
      type: 'platform.initStart',
      record: { initializationType: 'lambda-managed-instances' },
    });
    const events = story([0, init], [1, jsonStart(A)], [2, jsonStart(B)], [3, jsonReport(A, 2)], [4, jsonReport(B, 2)]);
    expect(attempts(events).map(({ requestId: id }) => id)).toEqual([A, B]);
    expect(attributeStream(events.slice(1), ENVIRONMENT, { isConcurrent: true }).attempts).toHaveLength(2);
  });
});
