import { describe, expect, test } from '@jest/globals';
import { ENVIRONMENT, INIT_START, invocation, nodeLine, requestId, story } from '../../../test/log-story.ts';
import { type Attempt, attributeStream } from '../../index.ts';
import { told } from '../testing/outcome-of.ts';

/** What runtimes write of a failed handler, torn into an event for each line and among other lines, and what it says of the attempt. */
const A = requestId(1);
const attemptWith = (...lines: readonly string[]) =>
  attributeStream(story(...invocation(A, 0, 100, lines)), ENVIRONMENT).attempts[0] as Attempt;
const outcome = (...lines: readonly string[]) => told(attemptWith(...lines));
const SUCCESS = ['success', undefined, undefined];
const EXITED = `RequestId: ${A} Error: Runtime exited with error: exit status 1\nRuntime.ExitError`;

describe('python', () => {
  test('an error in an image, whose message of several lines was torn', () => {
    expect(
      outcome(
        '[ERROR] ValidationError: 1 validation error for Order\n',
        'card\n',
        '  Field required\rTraceback (most recent call last):\r\u00a0\u00a0File "/var/task/app.py", line 7, in handler\n',
      ),
    ).toEqual(['error', 'ValidationError', '1 validation error for Order\ncard\n  Field required']);
  });

  test('one that its own logging wrote, whole or torn, is no failure of a handler that answered', () => {
    const lines = [
      '[ERROR] PaymentError: card refused',
      'Traceback (most recent call last):',
      '  File "/var/task/app.py", line 7, in handler',
      '    charge(card)',
      'PaymentError: card refused',
    ];
    expect(outcome(...lines, '[INFO] answered 402')).toEqual(SUCCESS);
    expect(outcome(lines.join('\n'), '[INFO] answered 402')).toEqual(SUCCESS);
    expect(outcome(lines.join('\n'))).toEqual(SUCCESS);
  });

  test('a warning of the runtime in front makes it no less its own', () => {
    const warned =
      'LAMBDA_WARNING: Unhandled exception. See\r[ERROR] IndexError: out of range\rTraceback (most recent call last):\n';
    expect(outcome(warned, 'a thread went on')).toEqual(['error', 'IndexError', 'out of range']);
  });
});

describe('go', () => {
  const PAYLOAD = '2026/10/08 07:30:00 {"errorMessage":"index out of range [3]","errorType":"boundsError"}';
  const PANICKED = '2026/10/08 07:30:00 calling the handler function resulted in a panic, the process should exit';

  test('an error that was returned', () => {
    expect(outcome('2026/10/08 07:30:00 WARN refused', PAYLOAD)).toEqual([
      'error',
      'boundsError',
      'index out of range [3]',
    ]);
  });

  test('a panic is named by itself, not by the exit behind it', () => {
    expect(outcome(PAYLOAD, PANICKED, EXITED)).toEqual(['error', 'boundsError', 'index out of range [3]']);
  });

  test("a fatal error is refuted by no line of go's own stack", () => {
    const lines = ['runtime stack:', 'runtime.throw({0x1, 0x2})', '\t/usr/local/go/src/runtime/panic.go:1101 +0x48'];
    expect(outcome('fatal error: all goroutines are asleep - deadlock!', '', ...lines)).toEqual([
      'error',
      'panic',
      'all goroutines are asleep - deadlock!',
    ]);
  });

  test.each([
    ['a line of its own', '2026/10/08 07:30:00 answered 402'],
    [
      "zap's, which the collector writes too",
      '{"level":"info","ts":1791444600.1,"caller":"app/main.go:12","msg":"answered"}',
    ],
    ["zap's of its own service", '{"level":"info","ts":1791444600.1,"caller":"service/orders.go:12","msg":"answered"}'],
  ])('another payload that it printed is none where %s follows', (_, line) => {
    expect(outcome(PAYLOAD, line)).toEqual(SUCCESS);
  });

  test.each([
    '{"level":"info","ts":1767138851.17,"caller":"service@v0.138.0/service.go:245","msg":"Everything is ready."}',
    '{"level":"info","ts":1729814233.41,"logger":"telemetryAPI.Listener","msg":"Listening for requests"}',
    '{"level":"warn","ts":1724697595.81,"caller":"localhostgate/featuregate.go:63","msg":"The default endpoints"}',
    '{"level":"error","ts":1791444600.1,"caller":"exporterhelper/queue_sender.go:1","msg":"Exporting failed."}',
    '{"level":"info","ts":1767138850.75,"msg":"Launching OpenTelemetry Lambda extension","version":"v0.138.0"}',
  ])("the collector's lines refute none: %s", (line) => {
    expect(outcome(PAYLOAD, line)[0]).toBe('error');
  });
});

describe('java', () => {
  const FRAME = '\tat com.acme.Handler.handleRequest(Handler.java:12)';
  const TORN = ['sold out: com.acme.StockException', 'com.acme.StockException: sold out', FRAME];
  const told = ['error', 'com.acme.StockException', 'sold out'];

  test.each([
    ['whole', [TORN.join('\n')]],
    ['torn, as in an image', TORN],
    ["before an agent's line", [TORN.join('\n'), '[otel.javaagent 2026-10-08 07:30:00:100 +0000] [OkHttp] WARN x']],
    ["before another thread's line", [...TORN, '2026-10-08 07:30:00 INFO HikariPool-1 - Pool stats']],
  ])('an exception that left the handler, %s', (_, lines) => {
    expect(outcome(...lines)).toEqual(told);
  });

  test('a class of any name', () => {
    expect(outcome(`sold out: com.acme.Gone\ncom.acme.Gone: sold out\n${FRAME}`)).toEqual([
      'error',
      'com.acme.Gone',
      'sold out',
    ]);
  });

  test('a trace alone is what anybody prints', () => {
    expect(outcome(TORN.slice(1).join('\n'), 'answered 402')).toEqual(SUCCESS);
  });
});

describe('rust', () => {
  const PANIC = ["thread 'main' panicked at src/build.rs:74:6:", 'no room', 'note: run with `RUST_BACKTRACE=1`'];
  const CAUGHT = `ERROR Lambda runtime invoke{requestId="${A}" xrayTraceId="Root=1-6;Parent=0"}: user handler panicked error=Any { .. }`;

  test('a panic that the runtime caught is named by its own message', () => {
    expect(outcome(...PANIC, CAUGHT)).toEqual(['error', 'panic', 'no room']);
    expect(outcome(...PANIC, 'a guard was dropped', CAUGHT)).toEqual(['error', 'panic', 'no room']);
    expect(outcome(CAUGHT)).toEqual(['error', 'panic', 'user handler panicked']);
  });

  test('the message of a panic is no output behind it; a line behind the note is', () => {
    expect(outcome(...PANIC)).toEqual(['error', 'panic', 'no room']);
    expect(outcome(...PANIC, 'went on')).toEqual(SUCCESS);
  });

  test('an error that any handler may have logged says nothing of its end', () => {
    expect(outcome(CAUGHT.replace('user handler panicked', 'Error("no room")'))).toEqual(SUCCESS);
  });
});

test('ruby: an error that was torn, with others below it', () => {
  const json = [
    '{',
    '  "errorMessage": "boom",',
    '  "errorType": "Function<RuntimeError>",',
    '  "stackTrace": []',
    '}',
  ];
  expect(outcome('Error raised from handler method', ...json, 'an extension')).toEqual([
    'error',
    'Function<RuntimeError>',
    'boom',
  ]);
});

describe('node', () => {
  const CRASH = [
    '/var/task/index.mjs:3',
    "  setTimeout(() => { throw new Error('boom') })",
    '                     ^',
    '',
    'Error: boom',
    '    at Timeout._onTimeout (file:///var/task/index.mjs:3:28)',
    '',
    'Node.js v24.11.0',
  ];

  test('a process that an error ended says which', () => {
    expect(outcome(...CRASH, EXITED)).toEqual(['error', 'Error', 'boom']);
    expect(outcome(...CRASH, 'the parent of that process went on')).toEqual(SUCCESS);
  });

  test("a module that does not load, as the newest client says it, in the lines of the environment's initialisation", () => {
    const failed = `2026-10-08T07:30:00.000Z\tundefined\tERROR\tInit Error \t{"errorType":"Runtime.ImportModuleError","errorMessage":"Cannot find module 'x'"}\n`;
    const events = story([0, INIT_START], [1, failed], ...invocation(A, 5, 90));
    expect(attributeStream(events, ENVIRONMENT).attempts).toMatchObject([
      { status: 'init-error', errorType: 'Runtime.ImportModuleError', errorMessage: "Cannot find module 'x'" },
    ]);
  });

  test('a label that a handler printed and went on behind is none', () => {
    expect(outcome(nodeLine(A, 'Init Error \t{"errorType":"E"}', 'ERROR'), nodeLine(A, 'went on'))).toEqual(SUCCESS);
  });
});

test('php: an exception that left the handler, whatever digit or letter the id begins with', () => {
  const line = (id: string) => `${id}\tInvoke Error\t{"errorType":"Exception","errorMessage":"boom","stack":["#0 x"]}`;
  for (const id of [A, A.replace('7', 'f')])
    expect(outcome(line(id), 'a worker stops')).toEqual(['error', 'Exception', 'boom']);
});

test('an answer that was too large fails the invocation, and is no error that it handled', () => {
  const line =
    '[ERROR] [1663095250473] LAMBDA_RUNTIME Failed to post handler success response. Http response code: 413.';
  expect(attemptWith(line)).toMatchObject({ status: 'error', errorType: 'Function.ResponseSizeTooLarge' });
  expect(attemptWith(line)).not.toHaveProperty('handledError');
});
