import { describe, expect, test } from '@jest/globals';
import {
  end,
  INIT_START,
  invocation,
  jsonReport,
  jsonStart,
  nodeLine,
  report,
  requestId,
  start,
} from '../../../test/log-story.ts';
import { outcome } from '../testing/outcome-of.ts';

/** Invocations that ended with their process, an extension or an environment that never came up. */
const A = requestId(1);
const B = requestId(2);
type Line = readonly [number, string];

const ended = (rest = '', maxMb = 60): Line[] => [
  [100, end(A)],
  [100, report(A, 100, rest).replace('Max Memory Used: 60', `Max Memory Used: ${maxMb}`)],
];
const json = (errorType: string, lines: readonly string[] = [], maxMemoryUsedMB = 60): Line[] => {
  const said = JSON.parse(jsonReport(A, 100, 'error'));
  said.record.errorType = errorType;
  said.record.metrics.maxMemoryUsedMB = maxMemoryUsedMB;
  return [[0, jsonStart(A)], ...lines.map((line, index) => [index + 1, line] as const), [100, JSON.stringify(said)]];
};
const jsonLine = (fields: object): string =>
  JSON.stringify({ timestamp: 'x', level: 'ERROR', requestId: A, ...fields });
const exit = (said: string): string => `RequestId: ${A} Error: Runtime exited with error: ${said}\nRuntime.ExitError\n`;
const failure = (text: string, type: string): string => `RequestId: ${A} Error: ${text}\n${type}\n`;
const CAUGHT = jsonLine({ message: 'retrying', errorType: 'ThrottlingException', errorMessage: 'slow down' });
const GOING_ON = jsonLine({ level: 'INFO', message: 'third try worked' });

describe('a process that could not be started', () => {
  const NOT_THERE = 'fork/exec /var/task/bootstrap: no such file or directory';
  const told = ['init-error', 'Runtime.InvalidEntrypoint', NOT_THERE];
  const initReport = (phase: string) =>
    `INIT_REPORT Init Duration: 0.79 ms\tPhase: ${phase}\tStatus: error\tError Type: Runtime.InvalidEntrypoint\n`;
  const fault = failure(NOT_THERE, 'Runtime.InvalidEntrypoint');

  test('is told by the line before END, behind the REPORT, and where the REPORT has a status', () => {
    const tried: Line[] = [
      [0, initReport('init')],
      [1, initReport('invoke')],
    ];
    expect(outcome(...tried, [2, start(A)], [3, fault], ...ended())).toEqual(told);
    expect(outcome([0, start(A)], ...ended(), [100, fault])).toEqual(told);
    const rest = 'Status: error\tError Type: Runtime.InvalidEntrypoint';
    expect(outcome(...tried, [2, start(A)], [3, fault], ...ended(rest))).toEqual(told);
  });

  test.each([
    ['Runtime.InvalidEntrypoint', 'exec: "app.handler": executable file not found in $PATH'],
    ['Extension.InitError', 'exit code 0'],
    ['Extension.Crash', 'exit code 0'],
  ])('is told of %s', (type, text) => {
    expect(outcome([0, start(A)], [3, failure(text, type)], ...ended())).toEqual(['init-error', type, text]);
  });

  test('is not told by a line that does not end in a name of the platform, nor by one that a handler wrote on behind', () => {
    for (const printed of [
      `RequestId: ${A} Error: no room\n`,
      failure('no room', 'Acme.NoRoom'),
      failure('a', 'Runtime.x'),
    ])
      expect(outcome([0, start(A)], [3, printed], ...ended())[0]).toBe('success');
    expect(outcome([0, start(A)], [3, fault], [4, 'going on'], ...ended())[0]).toBe('success');
  });
});

describe('an extension that crashed', () => {
  const rest = 'Status: error\tError Type: Extension.Crash';

  test('amid the work of a handler is no failed initialisation', () => {
    expect(outcome([0, start(A)], [5, 'working'], ...ended(rest))[0]).toBe('error');
    expect(outcome([0, start(A)], [5, 'working'], [6, failure('exit code 0', 'Extension.Crash')], ...ended())[0]).toBe(
      'error',
    );
    expect(outcome([0, start(A)], ...ended(rest))[0]).toBe('init-error');
  });

  test('before it could start is one, whatever was printed', () => {
    const late = 'Status: error\tError Type: Extension.InitError';
    expect(outcome([0, start(A)], [5, 'starting'], ...ended(late))[0]).toBe('init-error');
  });
});

/** Lambda does not show an initialisation that it suppresses after a failure: lambda-runtime-environment, "Failures during the invoke phase". */
describe('an exit that no INIT_START follows', () => {
  const next = invocation(B, 2_000, 10);
  const died = ['error', 'Runtime.ExitError', 'Runtime exited with error: exit status 1'];

  test('is believed right behind the REPORT, and where the REPORT says error', () => {
    expect(outcome([0, start(A)], ...ended(), [100, exit('exit status 1')], ...next)).toEqual(died);
    const rest = 'Status: error\tError Type: Runtime.ExitError';
    expect(outcome([0, start(A)], ...ended(rest), [100, exit('exit status 1')], ...next)).toEqual(died);
    expect(outcome([0, start(A)], [99, exit('exit status 1')], ...ended(rest), ...next)).toEqual(died);
  });

  test('is not believed before END, nor long or other lines behind the REPORT', () => {
    expect(outcome([0, start(A)], [99, exit('exit status 1')], ...ended(), ...next)[0]).toBe('success');
    expect(outcome([0, start(A)], ...ended(), [1_500, exit('exit status 1')], ...next)[0]).toBe('success');
    expect(outcome([0, start(A)], ...ended(), [100, 'x'], [101, exit('exit status 1')], ...next)[0]).toBe('success');
  });
});

describe('the message of a death', () => {
  test.each(['Runtime.OutOfMemory', 'Runtime.ExitError', 'Extension.Crash'])(
    'is none of an error that was caught before: %s',
    (type) => {
      expect(outcome(...json(type, [CAUGHT, GOING_ON])).slice(1)).toEqual([type, undefined]);
    },
  );

  test('is the error that the process died by, and so is its type', () => {
    const label = nodeLine(
      A,
      'Uncaught Exception \t{"errorType":"TypeError","errorMessage":"boom","stack":[]}',
      'ERROR',
    );
    const rest = 'Status: error\tError Type: Runtime.ExitError';
    expect(outcome([0, start(A)], [5, label], ...ended(rest), [100, exit('exit status 129')])).toEqual([
      'error',
      'TypeError',
      'boom',
    ]);
  });
});

describe("the platform's stand-in for a name that it does not know", () => {
  const own = jsonLine({ message: { errorType: 'TypeError', errorMessage: 'x is not a function', stackTrace: ['a'] } });

  test.each(['Runtime.Unknown', 'Function.Unknown', 'Runtime.UserException', 'Runtime.ExitError'])(
    'gives way to the name that the runtime wrote: %s',
    (type) => {
      expect(outcome(...json(type, [own]))).toEqual(['error', 'TypeError', 'x is not a function']);
    },
  );

  test('stands where nobody wrote one, and a name of the platform is no stand-in', () => {
    expect(outcome(...json('Runtime.Unknown'))).toEqual(['error', 'Runtime.Unknown', undefined]);
    expect(outcome(...json('Function.ResponseSizeTooLarge', [own]))[1]).toBe('Function.ResponseSizeTooLarge');
  });
});

describe('memory that ran out', () => {
  /** As V8 says it; the process aborts behind it, with all its memory in use or not. */
  const HEAP = 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory\n';
  const aborted = exit('signal: aborted (core dumped)');
  const PYTHON =
    '[ERROR] MemoryError\nTraceback (most recent call last):\n  File "/var/task/app.py", line 7, in handler';
  const javaTrace = (message: string) =>
    `${message}: java.lang.OutOfMemoryError\njava.lang.OutOfMemoryError: ${message}\n\tat com.acme.Handler.handle(Handler.java:7)\n`;

  test("in node's heap", () => {
    expect(outcome([0, start(A)], [5, HEAP], ...ended(), [100, aborted])[0]).toBe('out-of-memory');
    expect(outcome([0, start(A)], [5, 'x'], ...ended(), [100, aborted])[0]).toBe('error');
    expect(outcome([0, start(A)], [5, HEAP], [6, 'printed'], ...ended())[0]).toBe('success');
  });

  test.each([
    ['python', PYTHON],
    ['java', javaTrace('Java heap space')],
    ['java', javaTrace('Metaspace')],
    ['.NET', `2026-10-08T07:30:00.100Z\t${A}\tfail\tSystem.OutOfMemoryException: no more\n   at Acme.Handler.Handle()`],
    ['go', 'fatal error: runtime: out of memory'],
  ])('as %s says it', (_, line) => {
    expect(outcome([0, start(A)], [5, line], ...ended())[0]).toBe('out-of-memory');
    expect(outcome([0, start(A)], [5, line], ...ended('Status: error\tError Type: Runtime.ExitError'))[0]).toBe(
      'out-of-memory',
    );
  });

  test("in go's heap, with the stacks below", () => {
    const stacks = ['fatal error: runtime: out of memory', '', 'runtime stack:', 'runtime.throw(0xcfec9b, 0x16)'];
    const lines = stacks.map((line, index): Line => [index + 1, line]);
    expect(outcome([0, start(A)], ...lines, ...ended(), [100, exit('exit status 2')])[0]).toBe('out-of-memory');
  });

  test('in the JSON format, where the report calls it a success', () => {
    const own = jsonLine({ errorType: 'MemoryError', errorMessage: '', stackTrace: ['a'] });
    expect(outcome([0, jsonStart(A)], [5, own], [20, jsonReport(A, 20)]).slice(0, 2)).toEqual([
      'out-of-memory',
      'MemoryError',
    ]);
  });

  test('is told by full memory where the process died without a word, and not where it said why', () => {
    expect(outcome(...json('Runtime.ExitError', [], 128))[0]).toBe('out-of-memory');
    expect(outcome(...json('Runtime.ExitError'))[0]).toBe('error');
    const own = jsonLine({ message: { errorType: 'TypeError', errorMessage: 'm', stackTrace: ['a'] } });
    expect(outcome(...json('Runtime.ExitError', [own], 128))[0]).toBe('error');
    expect(outcome([0, start(A)], ...ended('', 128), [100, exit('exit status 1')])[0]).toBe('error');
  });

  test('is not where java lacks threads, nor where the initialisation ran out and a second one did not', () => {
    expect(outcome([0, start(A)], [5, javaTrace('unable to create native thread')], ...ended())[0]).toBe('error');
    expect(outcome([0, INIT_START], [1, PYTHON], [5, start(A)], [6, 'working'], ...ended())[0]).toBe('success');
  });
});

/** https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html, "Failures during the Restore phase". */
describe('a snapshot that could not be restored', () => {
  const RESTORE_START =
    'RESTORE_START Runtime Version: java:21.v30\tRuntime Version ARN: arn:aws:lambda:us-east-1::runtime:a\n';
  const LATE = 'RESTORE_REPORT Restore Duration: 10000.04 ms\tStatus: timeout\n';
  const BROKEN = 'RESTORE_REPORT Restore Duration: 1236.04 ms\tStatus: error\tError Type: Runtime.ExitError\n';

  test.each([
    [LATE, '', 'SnapStartTimeoutException'],
    [BROKEN, '', 'Runtime.ExitError'],
    [BROKEN, 'Status: error\tError Type: Runtime.ExitError', 'Runtime.ExitError'],
  ])('%j fails the invocation that it was made for', (line, rest, type) => {
    const lines: Line[] = [[0, RESTORE_START], [1, line], [2, start(A)], ...ended(rest)];
    expect(outcome(...lines).slice(0, 2)).toEqual(['init-error', type]);
  });

  test('is none where the handler wrote, and the REPORT is content', () => {
    expect(outcome([0, RESTORE_START], [1, LATE], [2, start(A)], [3, 'working'], ...ended())[0]).toBe('success');
    const well = LATE.replace('\tStatus: timeout', '');
    expect(outcome([0, RESTORE_START], [1, well], [2, start(A)], ...ended())[0]).toBe('success');
  });
});
