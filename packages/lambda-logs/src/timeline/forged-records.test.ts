import { describe, expect, test } from '@jest/globals';
import {
  end,
  INIT_START,
  invocation,
  jsonReport,
  jsonStart,
  report,
  requestId,
  start,
  story,
} from '../../test/log-story.ts';
import type { LogEvent } from '../index.ts';
import { A, attempts, B, OTHER, only } from './testing/attempts-of.ts';

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
