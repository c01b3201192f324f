import { describe, expect, test } from '@jest/globals';
import { end, INIT_START, invocation, jsonStart, nodeLine, report, requestId, start } from '../../../test/log-story.ts';
import { outcome } from '../testing/outcome-of.ts';

const A = requestId(1);
const ended = (durationMs: number, rest = '', maxMb = 60): [number, string][] => [
  [durationMs, end(A)],
  [durationMs, report(A, durationMs, rest).replace('Max Memory Used: 60', `Max Memory Used: ${maxMb}`)],
];
const TIMED_OUT = `2026-10-08T07:30:00.100Z ${A} Task timed out after 3.00 seconds\n\n`;
const KILLED = `RequestId: ${A} Error: Runtime exited with error: signal: killed\nRuntime.ExitError`;
const INVOKE_ERROR = nodeLine(
  A,
  'Invoke Error \t{"errorType":"TypeError","errorMessage":"x is not a function","stack":[]}',
  'ERROR',
);
const INIT_FAILED =
  'INIT_REPORT Init Duration: 83.58 ms\tPhase: invoke\tStatus: error\tError Type: Runtime.ImportModuleError';
const IMPORT_ERROR =
  "[ERROR] Runtime.ImportModuleError: Unable to import module 'x'\nTraceback (most recent call last):";

describe('timeouts', () => {
  test('are believed when the report says so, or lasted as long, or has not come', () => {
    const told = ['timeout', 'Sandbox.Timedout', 'Task timed out after 3.00 seconds'];
    expect(outcome([0, start(A)], [3000, TIMED_OUT])).toEqual(told);
    expect(outcome([0, start(A)], ...ended(3000), [3001, TIMED_OUT])).toEqual(told);
    expect(outcome([0, start(A)], ...ended(3000, 'Status: timeout'), [3001, TIMED_OUT])).toEqual(told);
  });

  test('are not believed of an invocation that was quick', () => {
    expect(outcome([0, start(A)], [50, TIMED_OUT], ...ended(100))).toEqual(['success', undefined, undefined]);
    expect(outcome([0, start(A)], [50, TIMED_OUT], ...ended(100, 'Status: error\tError Type: Oops'))).toEqual([
      'error',
      'Oops',
      undefined,
    ]);
  });

  test('are not believed where they come long before the end, or sooner than a timeout can be set', () => {
    const soon = TIMED_OUT.replace('3.00', '0.01');
    expect(outcome([0, start(A)], [50, soon], ...ended(100))[0]).toBe('success');
    expect(outcome([0, start(A)], [3000, TIMED_OUT], ...ended(9000))[0]).toBe('success');
  });

  test('need no line', () => {
    expect(outcome([0, start(A)], ...ended(3000, 'Status: timeout'))).toEqual([
      'timeout',
      'Sandbox.Timedout',
      undefined,
    ]);
  });
});

describe('memory', () => {
  test('ran out when the process was killed with all of it in use, or when the report says so', () => {
    const said = 'Runtime exited with error: signal: killed';
    expect(outcome([0, start(A)], [90, KILLED], ...ended(100, '', 128))).toEqual([
      'out-of-memory',
      'Runtime.ExitError',
      said,
    ]);
    expect(outcome([0, start(A)], [90, KILLED], ...ended(100, 'Status: timeout', 128))).toEqual([
      'out-of-memory',
      'Runtime.ExitError',
      said,
    ]);
    expect(outcome([0, start(A)], ...ended(100, 'Status: error\tError Type: Runtime.OutOfMemory'))).toEqual([
      'out-of-memory',
      'Runtime.OutOfMemory',
      undefined,
    ]);
    expect(outcome([0, start(A)], [90, KILLED])[0]).toBe('out-of-memory');
  });

  test('ran out even where no new initialisation is shown', () => {
    const next = invocation(requestId(2), 200, 10);
    expect(outcome([0, start(A)], [90, KILLED], ...ended(100, '', 128), ...next)[0]).toBe('out-of-memory');
  });

  test('did not run out because all of it was in use, nor because a process was killed with little', () => {
    expect(outcome([0, start(A)], ...ended(100, '', 128))[0]).toBe('success');
    expect(outcome([0, start(A)], ...ended(3000, 'Status: timeout', 128))[0]).toBe('timeout');
    expect(outcome([0, start(A)], [90, KILLED], ...ended(100))).toEqual([
      'error',
      'Runtime.ExitError',
      'Runtime exited with error: signal: killed',
    ]);
  });
});

describe('exits', () => {
  const EXIT = `RequestId: ${A} Error: Runtime exited with error: exit status 1\nRuntime.ExitError`;

  test('count before END, after REPORT, and with their second line torn off', () => {
    expect(outcome([0, start(A)], [90, EXIT], ...ended(100))[0]).toBe('error');
    expect(outcome([0, start(A)], ...ended(100), [101, EXIT])[0]).toBe('error');
    expect(
      outcome(
        [0, start(A)],
        [90, `RequestId: ${A} Process exited before completing request`],
        [91, 'Runtime.ExitError'],
        ...ended(100),
      )[0],
    ).toBe('error');
  });

  test('do not count when the application went on, or the environment did without a new initialisation', () => {
    expect(outcome([0, start(A)], [50, EXIT], [60, 'still here'], ...ended(100))[0]).toBe('success');
    expect(outcome([0, start(A)], [90, EXIT], ...ended(100), ...invocation(requestId(2), 200, 10))[0]).toBe('success');
    expect(
      outcome([0, start(A)], [90, EXIT], ...ended(100), [150, INIT_START], ...invocation(requestId(2), 200, 10))[0],
    ).toBe('error');
    expect(outcome([0, start(A)], [90, EXIT], ...ended(100), ...invocation(requestId(2), 2_000_000, 10))[0]).toBe(
      'error',
    );
  });

  test('of the JSON format are faults', () => {
    const fault = JSON.stringify({
      time: 'x',
      type: 'platform.fault',
      record: `RequestId: ${A} Error: Runtime exited with error: signal: killed\nRuntime.ExitError`,
    });
    expect(outcome([0, jsonStart(A)], [5, fault])[0]).toBe('out-of-memory');
  });
});

describe('errors', () => {
  test('that the runtime caught name the failure', () => {
    expect(outcome(...invocation(A, 0, 100, [INVOKE_ERROR]))).toEqual(['error', 'TypeError', 'x is not a function']);
    expect(outcome(...invocation(A, 0, 100, ['[ERROR] ValueError: bad\nTraceback (most recent call last):']))).toEqual([
      'error',
      'ValueError',
      'bad',
    ]);
    expect(
      outcome(...invocation(A, 0, 100, ['[ERROR] ValueError: bad', 'Traceback (most recent call last):'])),
    ).toEqual(['error', 'ValueError', 'bad']);
    expect(outcome(...invocation(A, 0, 100, ["thread 'main' panicked at 'oops'"]))).toEqual([
      'error',
      'panic',
      "'oops'",
    ]);
    expect(
      outcome(
        ...invocation(A, 0, 100, [
          `2026-10-08T07:30:00.100Z        ${A}    ERROR   Invoke Error    {"errorType":"E","errorMessage":"m"}`,
        ]),
      ),
    ).toEqual(['error', 'E', 'm']);
    expect(outcome(...invocation(A, 0, 100, ['{"errorMessage":"bad","errorType":"errorString"}']))).toEqual([
      'error',
      'errorString',
      'bad',
    ]);
  });

  test('that the application logged are no failure', () => {
    const logged = [
      nodeLine(A, 'Error: caught', 'ERROR'),
      '[ERROR] ValueError: printed',
      '{"level":"ERROR","timestamp":"x","message":"m","errorType":"E","errorMessage":"m"}',
      'java.lang.RuntimeException: printed',
    ];
    expect(outcome(...invocation(A, 0, 100, logged))).toEqual(['success', undefined, undefined]);
  });

  const JAVA_TRACE = 'java.lang.IllegalStateException: cache miss\n\tat a.B.c(B.java:1)\n';
  const PAYLOAD = '{"errorType":"ValueError","errorMessage":"bad input","trace":[]}';
  const NODE_LABEL = nodeLine(A, 'Uncaught Exception \t{"errorType":"Error","errorMessage":"x"}', 'ERROR');

  test.each([
    ["the payload of another function's", PAYLOAD, 'ValueError'],
    ['a stack trace of java', JAVA_TRACE, 'java.lang.IllegalStateException'],
    ['a panic', 'panic: boom', 'panic'],
    ["the label of node's last words", NODE_LABEL, 'Error'],
  ])(
    'that were printed, %s, are no failure of a handler that went on, and are one where it did not',
    (_, line, type) => {
      expect(outcome(...invocation(A, 0, 100, [line, 'going on']))).toEqual(['success', undefined, undefined]);
      expect(outcome(...invocation(A, 0, 100, ['going on', line])).slice(0, 2)).toEqual(['error', type]);
    },
  );

  test.each([
    [
      'frames',
      [
        'panic: boom',
        '',
        'goroutine 1 [running]:',
        'main.handle(0xc000012345)',
        '\t/src/main.go:7 +0x1d',
        'exit status 2',
      ],
    ],
    [
      'a backtrace',
      [
        "thread 'main' panicked at 'oops'",
        'note: run with `RUST_BACKTRACE=1`',
        'stack backtrace:',
        '   0: rust_begin_unwind',
      ],
    ],
    ['a cause, torn off', [JAVA_TRACE, 'Caused by: java.io.IOException: gone', '\tat a.B.c(B.java:2)', '... 12 more']],
    [
      "an extension's line",
      [PAYLOAD, 'DD_EXTENSION | DEBUG | flushing', '[NR_EXT] sent', '[appconfig agent] 2026/10/08 INFO'],
    ],
    ["a collector's line", [PAYLOAD, '{"level":"info","ts":1791444600.1,"caller":"service/telemetry.go:1","msg":"x"}']],
  ])('are not refuted by %s', (_, lines) => {
    expect(outcome(...invocation(A, 0, 100, lines))[0]).toBe('error');
  });

  test('of a runtime with columns count whatever else is written', () => {
    const python = '[ERROR] ValueError: bad\nTraceback (most recent call last):';
    expect(outcome(...invocation(A, 0, 100, [python, 'a thread went on']))[0]).toBe('error');
    expect(outcome(...invocation(A, 0, 100, [INVOKE_ERROR, 'a timer went on']))[0]).toBe('error');
  });

  test('behind the REPORT are no failure of the handler', () => {
    expect(outcome(...invocation(A, 0, 100), [101, INVOKE_ERROR])[0]).toBe('success');
  });

  test('of a report that does not name them are taken from the last that was logged', () => {
    const logged = '{"level":"ERROR","timestamp":"x","message":"m","errorType":"E","errorMessage":"why"}';
    expect(outcome([0, start(A)], [5, logged], [6, 'failing'], ...ended(100, 'Status: error'))).toEqual([
      'error',
      'E',
      'why',
    ]);
  });
});

describe('initialisations that failed', () => {
  test('end the invocation they were made for', () => {
    const rest = 'Status: error\tError Type: Runtime.ImportModuleError';
    const message = "Unable to import module 'x'";
    expect(outcome([0, INIT_START], [1, IMPORT_ERROR], [2, INIT_FAILED], [3, start(A)], ...ended(90, rest))).toEqual([
      'init-error',
      'Runtime.ImportModuleError',
      message,
    ]);
    expect(outcome([0, INIT_START], [1, IMPORT_ERROR], [2, INIT_FAILED], [3, start(A)], ...ended(90))).toEqual([
      'init-error',
      'Runtime.ImportModuleError',
      message,
    ]);
    expect(outcome([0, start(A)], [1, IMPORT_ERROR], ...ended(90))[0]).toBe('init-error');
    expect(outcome([0, INIT_START], [1, IMPORT_ERROR], [3, start(A)], ...ended(90))[0]).toBe('init-error');
    expect(outcome([0, start(A)], ...ended(90, 'Status: error\tError Type: Extension.Crash'))[0]).toBe('init-error');
    expect(
      outcome([0, INIT_FAILED], [5, start(A)], ...ended(90, 'Status: error\tError Type: Runtime.ExitError'))[0],
    ).toBe('init-error');
  });

  test('and succeeded at the second try do not', () => {
    const again = 'INIT_REPORT Init Duration: 83.58 ms\tPhase: invoke\tStatus: success';
    expect(outcome([0, INIT_START], [2, INIT_FAILED], [3, again], [4, start(A)], [5, 'working'], ...ended(90))[0]).toBe(
      'success',
    );
  });

  test('printed by a handler that went on are its own lines', () => {
    expect(outcome([0, start(A)], [5, INIT_FAILED], [6, 'working'], ...ended(90))[0]).toBe('success');
  });
});
