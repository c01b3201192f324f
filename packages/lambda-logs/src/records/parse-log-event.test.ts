import { describe, expect, test } from '@jest/globals';
import { fixtureLines } from '../../test/log-story.ts';
import { type LogRecord, parseLogEvent } from '../index.ts';

const parse = (message: string): LogRecord => parseLogEvent({ message });

const FIELD_NAMES: Readonly<Record<string, string>> = {
  RequestId: 'requestId',
  Duration: 'durationMs',
  'Billed Duration': 'billedDurationMs',
  'Memory Size': 'memorySizeMb',
  'Max Memory Used': 'maxMemoryUsedMb',
  'Init Duration': 'initDurationMs',
  'Restore Duration': 'restoreDurationMs',
  'Billed Restore Duration': 'billedRestoreDurationMs',
  Status: 'status',
  'Error Type': 'errorType',
  'XRAY TraceId': 'traceId',
  SegmentId: 'segmentId',
  Sampled: 'sampled',
};

describe('real REPORT lines', () => {
  const reports = fixtureLines('report-lines.jsonl');

  test.each(reports.map(({ message, fields = [] }) => [message, fields] as const))(
    'yields every figure of %j',
    (message, fields) => {
      const record = parse(message) as unknown as Record<string, unknown>;
      expect(record.kind).toBe('report');
      const read = fields.map((field) => [field, String(record[FIELD_NAMES[field] as string])]);
      const written = fields.map((field) => [field, rawValue(message, field)]);
      expect(read).toEqual(written);
    },
  );

  function rawValue(message: string, field: string): string | undefined {
    const longer = Object.keys(FIELD_NAMES).filter((name) => name !== field && name.endsWith(field));
    const masked = longer.reduce((text, name) => text.replaceAll(`${name}:`, '#'), message);
    const value = new RegExp(`${field}: *([^\\s\\\\]+)`).exec(masked)?.[1];
    return value !== undefined && /^\d+(\.\d+)?(ms|MB)?([A-Z#].*)?$/.test(value)
      ? String(Number.parseFloat(value))
      : value;
  }
});

test('every real platform event is typed', () => {
  const events = fixtureLines<{ type: string; event: object }>('platform-events.jsonl');
  const kinds = new Map(events.map(({ type, event }) => [type, parse(JSON.stringify(event)).kind]));
  expect(Object.fromEntries(kinds)).toEqual({
    function: 'application',
    extension: 'application',
    'platform.initStart': 'init-start',
    'platform.initRuntimeDone': 'init-runtime-done',
    'platform.initReport': 'init-report',
    'platform.restoreStart': 'restore-start',
    'platform.restoreReport': 'restore-report',
    'platform.start': 'start',
    'platform.runtimeDone': 'runtime-done',
    'platform.report': 'report',
    'platform.end': 'end',
    'platform.extension': 'extension',
    'platform.telemetrySubscription': 'subscription',
    'platform.logsSubscription': 'subscription',
    'platform.logsDropped': 'logs-dropped',
  });
});

test('every other real line is what it was collected as', () => {
  const platform: Readonly<Record<string, string>> = {
    START: 'start',
    END: 'end',
    INIT_START: 'init-start',
    INIT_REPORT: 'init-report',
    EXTENSION: 'extension',
    LOGS: 'subscription',
  };
  for (const { kind, message } of fixtureLines('other-lines.jsonl')) {
    const expected = platform[kind];
    if (expected !== undefined) expect([message, parse(message).kind]).toEqual([message, expected]);
    if (kind === 'NODE' || kind === 'PYTHON' || kind === 'EMF')
      expect([message, parse(message).kind]).toEqual([message, 'application']);
  }
});

describe('text records', () => {
  test.each<[string, object]>([
    ['START RequestId: id Version: 72', { kind: 'start', requestId: 'id', version: '72', format: 'text' }],
    [
      'END RequestId: 57325a9d-ff5f-42e4-83df-80f3dcaaef25\\n',
      { kind: 'end', requestId: '57325a9d-ff5f-42e4-83df-80f3dcaaef25' },
    ],
    [
      'INIT_REPORT Init Duration: 83.58 ms\tPhase: invoke\tStatus: error\tError Type: Runtime.ImportModuleError',
      {
        kind: 'init-report',
        durationMs: 83.58,
        phase: 'invoke',
        status: 'error',
        errorType: 'Runtime.ImportModuleError',
      },
    ],
    [
      'INIT_REPORT Init Duration: 9804ms  Phase: init  Status: timeout',
      { kind: 'init-report', durationMs: 9804, status: 'timeout' },
    ],
    [
      'INIT_REPORT Phase: init  Status: error  Error Type: Extension.Crash',
      { kind: 'init-report', errorType: 'Extension.Crash' },
    ],
    [
      'RESTORE_START Runtime Version: java:11.v21\tRuntime Version ARN: arn:aws:lambda:us-east-1::runtime:156a',
      {
        kind: 'restore-start',
        runtimeVersion: 'java:11.v21',
        runtimeVersionArn: 'arn:aws:lambda:us-east-1::runtime:156a',
      },
    ],
    ['INIT_START Runtime Version:', { kind: 'init-start' }],
    ['RESTORE_REPORT Restore Duration: 511.25 ms', { kind: 'restore-report', durationMs: 511.25 }],
    [
      'EXTENSION Name: csharp-example-extension  State: LaunchError  Events: []  Error Type: PermissionDenied',
      {
        kind: 'extension',
        name: 'csharp-example-extension',
        state: 'LaunchError',
        events: [],
        errorType: 'PermissionDenied',
      },
    ],
    [
      'EXTENSION\tName: bootstrap\tState: Ready\tEvents: [INVOKE, SHUTDOWN]',
      { kind: 'extension', events: ['INVOKE', 'SHUTDOWN'] },
    ],
    [
      'LOGS    Name: agent   State: Subscribed       Types: [platform]',
      { kind: 'subscription', api: 'logs', types: ['platform'] },
    ],
    [
      'TELEMETRY\tName: agent\tState: Subscribed\tTypes: [Platform, Function]',
      { kind: 'subscription', api: 'telemetry', types: ['Platform', 'Function'] },
    ],
    ['TELEMETRY\tName: agent\tState: Already', { kind: 'subscription', types: [] }],
    [
      'XRAY TraceId: 1-5e7e8131-7ff0\tSegmentId: 0152\tSampled: true',
      { kind: 'xray', traceId: '1-5e7e8131-7ff0', segmentId: '0152', sampled: true },
    ],
    [
      '2020-02-25T22:04:08.390Z 2ea49a23 Task timed out after 3.00 seconds\n\n',
      { kind: 'timeout', requestId: '2ea49a23', afterSeconds: 3 },
    ],
    [
      'RequestId: 4ba7 Error: Task timed out after 180.05 seconds',
      { kind: 'timeout', requestId: '4ba7', afterSeconds: 180.05 },
    ],
    [
      'RequestId: 2ea4 Error: Runtime exited with error: signal: killed\nRuntime.ExitError',
      {
        kind: 'exit',
        requestId: '2ea4',
        isKilled: true,
        text: 'Runtime exited with error: signal: killed',
        errorType: 'Runtime.ExitError',
      },
    ],
    ['RequestId: 2ea4 Error: Runtime exited with error: exit status 137', { kind: 'exit', isKilled: true }],
    ['RequestId: 2ea4 Error: Runtime exited without providing a reason', { kind: 'exit', isKilled: false }],
    ["RequestId: 2ea4 Error: Couldn't find valid bootstrap(s): [/opt]", { kind: 'exit', isKilled: false }],
    ['RequestId: 2ea4 Process exited before completing request', { kind: 'exit', requestId: '2ea4' }],
    ['Error Runtime exited with error: signal: killed', { kind: 'exit', isKilled: true }],
  ])('%j', (message, expected) => {
    expect(parse(message)).toMatchObject(expected);
  });

  test.each([
    '',
    'START RequestId: ',
    'START RequestId: id',
    'START of the job',
    'END RequestId: ',
    'ENDLESS',
    'REPORT RequestId: id',
    'REPORT RequestId:  Duration: 1 ms',
    'REPORT RequestID: 34dc9533-ed6e-4468-b9f2-2aa0******** Duration: 538.610 ms Billed Duration: 538.700 ms Memory Size: 128 MB',
    'Duration: 1 ms Memory Usage: 50 MB',
    'RESTORE_LATER',
    'INIT_DONE',
    'INITIAL',
    'LOGSTASH Name: x State: y',
    'LOGS of today',
    'EXTENSIONS Name: x State: y',
    'TELEMETRYX Name: x State: y',
    'RequestId: id Error: something else',
    'RequestId: id said hello',
    'XRAY of a chest',
    '25 Feb 2022 10:24:09,934 [WARNING] (rapid) Process 15(entrypoint.sh) exited: Runtime exited with error: exit status 255',
    '2020-02-25T22:04:08.390Z 2ea49a23 Task timed out after a while',
    '\nREPORT RequestId: id\tDuration: 1.00 ms',
    '\u2028START RequestId: id Version: 1',
    `${' '.repeat(300)}REPORT RequestId: id\tDuration: 1.00 ms`,
    '\u001b[31mEND RequestId: id',
  ])('%j is an application line', (message) => {
    expect(parse(message)).toMatchObject({ kind: 'application', messages: [] });
  });

  test('a figure of more digits than a double holds is still a number', () => {
    expect(parse('REPORT RequestId: id\tDuration: 12345678901234567890.5 ms')).toMatchObject({
      durationMs: 12345678901234567000,
    });
  });

  test('the first of two equal names counts, vendors add their own after it', () => {
    expect(
      parse(
        'REPORT RequestId: id\tDuration: 1.5 ms\tRuntime Duration: 9 ms\tPost Runtime Duration: 8 ms\tMemory Size: MB',
      ),
    ).toEqual({
      kind: 'report',
      format: 'text',
      requestId: 'id',
      durationMs: 1.5,
    });
  });
});

describe('JSON records', () => {
  const event = (type: string, record: unknown) =>
    parse(JSON.stringify({ time: '2026-10-08T07:30:27.768Z', type: `platform.${type}`, record }));

  test('reads a report with trace and spans', () => {
    const tracing = {
      spanId: '24cd',
      type: 'X-Amzn-Trace-Id',
      value: 'Root=1-6352a70e-1e2c;Parent=35465b3a;Sampled=1;Lineage=a:0',
    };
    const spans = [{ name: 'responseLatency', start: '2026-10-08T07:30:27.000Z', durationMs: 2.5 }, { start: 'never' }];
    const metrics = {
      durationMs: 147.156,
      billedDurationMs: 201,
      memorySizeMB: 512,
      maxMemoryUsedMB: 91,
      restoreDurationMs: 500.795,
      billedRestoreDurationMs: 53,
    };
    expect(event('report', { requestId: 'id', status: 'success', metrics, tracing, spans })).toEqual({
      kind: 'report',
      format: 'json',
      time: Date.UTC(2026, 9, 8, 7, 30, 27, 768),
      requestId: 'id',
      status: 'success',
      durationMs: 147.156,
      billedDurationMs: 201,
      memorySizeMb: 512,
      maxMemoryUsedMb: 91,
      restoreDurationMs: 500.795,
      billedRestoreDurationMs: 53,
      traceId: '1-6352a70e-1e2c',
      segmentId: '35465b3a',
      sampled: true,
      spans: [{ name: 'responseLatency', startedAt: Date.UTC(2026, 9, 8, 7, 30, 27), durationMs: 2.5 }, { name: '' }],
    });
  });

  test.each<[string, unknown, object]>([
    [
      'runtimeDone',
      { requestId: 'id', status: 'failure', errorType: '', metrics: { durationMs: 1, producedBytes: 8 } },
      { kind: 'runtime-done', status: 'failure', producedBytes: 8 },
    ],
    [
      'runtimeDone',
      'Unknown application error occurred',
      { kind: 'runtime-done', text: 'Unknown application error occurred' },
    ],
    ['fault', 'RequestId: id Process exited before completing request', { kind: 'fault', requestId: 'id' }],
    [
      'fault',
      'RequestId: id\tError: Runtime exited with error: exit status 255\nRuntime.ExitError',
      { kind: 'fault', errorType: 'Runtime.ExitError' },
    ],
    [
      'fault',
      'RequestId: id Status: error\tErrorType: Runtime.ExitError',
      { kind: 'fault', status: 'error', errorType: 'Runtime.ExitError' },
    ],
    ['fault', {}, { kind: 'fault', text: '' }],
    [
      'initStart',
      { requestId: 'id', version: '3', instanceMaxMemory: 256 },
      { kind: 'init-start', requestId: 'id', functionVersion: '3', instanceMaxMemory: 256 },
    ],
    ['restoreRuntimeDone', { status: 'success' }, { kind: 'restore-runtime-done', status: 'success' }],
    [
      'restoreReport',
      { status: 'failure', errorType: 'RestoreError' },
      { kind: 'restore-report', errorType: 'RestoreError' },
    ],
    ['extension', { name: 7 }, { kind: 'extension', name: '', state: '', events: [] }],
    ['logsSubscription', {}, { kind: 'subscription', api: 'logs', name: '', state: '', types: [] }],
    ['start', {}, { kind: 'other-platform', type: 'platform.start' }],
    ['start', null, { kind: 'other-platform' }],
    ['end', [], { kind: 'other-platform', type: 'platform.end' }],
    ['test', {}, { kind: 'other-platform', type: 'platform.test' }],
    ['constructor', {}, { kind: 'other-platform' }],
    [
      'report',
      { metrics: { durationMs: 'long' }, tracing: { value: 5 }, spans: 'none' },
      { kind: 'report', format: 'json' },
    ],
    ['report', { tracing: { value: 'Root=;Parent' } }, { kind: 'report', format: 'json' }],
  ])('platform.%s %j', (type, record, expected) => {
    expect(event(type, record)).toMatchObject(expected);
  });
});

test('nesting of any depth is an application line', () => {
  const deep = `{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
  expect(parse(deep).kind).toBe('application');
  expect(parse('{'.repeat(200_000)).kind).toBe('application');
});
