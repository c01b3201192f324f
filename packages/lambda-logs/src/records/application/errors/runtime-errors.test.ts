import { describe, expect, test } from '@jest/globals';
import { requestId } from '../../../../test/log-story.ts';
import { parseLogEvent } from '../../../index.ts';

/** One event of each shape in which a runtime tells of a handler that failed, and of those that only look like one. */
const ID = requestId(1);
const AT = '2026-10-08T07:30:00.100Z';
const errorIn = (message: string) => {
  const record = parseLogEvent({ message });
  return record.kind === 'application' ? record.error : undefined;
};
const FRAMES = '\u00a0\u00a0File "/var/task/app.py", line 7, in handler\n\u00a0\u00a0\u00a0\u00a0charge(card)';
const TRACE = `Traceback (most recent call last):\n${FRAMES}`;
const cr = (text: string) => text.replaceAll('\n', '\r');

/** awslambdaric/bootstrap.py: log_error, and StandardLogSink, which ends lines with `\r` in container images. */
describe('python', () => {
  test.each<[string, string, object]>([
    [
      'a message of several lines',
      `[ERROR] ValidationError: 1 validation error for Order\ncard\n  Field required [type=missing, input_value={}]\n${TRACE}`,
      {
        type: 'ValidationError',
        message: '1 validation error for Order\ncard\n  Field required [type=missing, input_value={}]',
        stack: TRACE,
      },
    ],
    [
      'a message that begins with a line end',
      `[ERROR] Schema: \nTable x\n${TRACE}`,
      { type: 'Schema', message: 'Table x' },
    ],
    ['no message', `[ERROR] KeyError\n${TRACE}`, { type: 'KeyError', message: '' }],
    ['no frames', '[ERROR] OutOfStock: room 7\nTraceback (most recent call last):', { type: 'OutOfStock' }],
    ['an image', `${cr(`[ERROR] ValueError: bad\n${TRACE}`)}\n`, { type: 'ValueError', message: 'bad', stack: TRACE }],
    ['an image, no message', `${cr(`[ERROR] KeyError\n${TRACE}`)}\n`, { type: 'KeyError', message: '' }],
    [
      'an import in an image',
      `${cr("[ERROR] Runtime.ImportModuleError: Unable to import module 'app'\nTraceback (most recent call last):")}\n`,
      { type: 'Runtime.ImportModuleError', message: "Unable to import module 'app'" },
    ],
    [
      'a warning in front',
      `LAMBDA_WARNING: Unhandled exception. The most likely cause is an issue in the function code.\r${cr(`[ERROR] IndexError: list index out of range\n${TRACE}`)}\n`,
      { type: 'IndexError', message: 'list index out of range' },
    ],
    [
      'a warning in front of JSON',
      `LAMBDA_WARNING: Unhandled exception. The most likely cause is an issue in the function code.\r${JSON.stringify({ timestamp: '2024-06-17T17:23:55Z', log_level: 'ERROR', errorMessage: 'bad byte', errorType: 'UnicodeDecodeError', requestId: ID, stackTrace: [] })}\n`,
      { type: 'UnicodeDecodeError', message: 'bad byte' },
    ],
  ])('of an exception that left the handler: %s', (_, line, error) => {
    expect(errorIn(line)).toMatchObject({ ...error, isUncaught: true });
  });

  const LOGGED =
    'Traceback (most recent call last):\n  File "/var/task/app.py", line 7, in handler\n    charge(card)\n';
  test.each([
    ['the message', `[ERROR] PaymentError: card refused\n${LOGGED}ValueError: card refused`],
    ['no message', `[ERROR] PaymentError: card refused\n${LOGGED}KeyError`],
    ['a dotted class in lower case', `[ERROR] PaymentError: card refused\n${LOGGED}socket.timeout: timed out`],
  ])('of one that logging wrote, whose traceback ends with %s, is no failure', (_, line) => {
    expect(errorIn(line)).toMatchObject({ type: 'PaymentError', message: 'card refused', isUncaught: false });
  });

  test('a warning without an error is a warning', () => {
    const line = 'LAMBDA_WARNING: Unhandled exception. See the documentation.';
    expect(parseLogEvent({ message: line })).toMatchObject({ kind: 'application', message: line });
    expect(errorIn(line)).toBeUndefined();
  });
});

/** lambda/invoke_loop.go: reportFailure writes the payload by `log.Printf`; where slog took `log` over, it is a record's message. */
describe('go', () => {
  const PAYLOAD = '{"errorMessage":"not invited","errorType":"errorString"}';
  test.each([
    ['the date', `2026/09/14 22:25:42 ${PAYLOAD}`],
    ['microseconds and the source', `2026/09/14 22:25:42.123456 lambda/invoke_loop.go:161: ${PAYLOAD}`],
    ['a record of slog', JSON.stringify({ time: AT, level: 'INFO', msg: PAYLOAD, requestId: ID })],
  ])('of an error that the handler returned, behind %s', (_, line) => {
    expect(errorIn(line)).toMatchObject({ type: 'errorString', message: 'not invited', isUncaught: true });
  });

  test.each([
    ['a sentence', '2026/09/14 22:25:42 WARN sign-in refused errorType=errorString'],
    ['other JSON', '2026/09/14 22:25:42 {"level":"warn","errorType":"errorString"}'],
    ["pino's message", JSON.stringify({ level: 50, msg: PAYLOAD })],
  ])('%s is none', (_, line) => {
    expect(errorIn(line)).toBeUndefined();
  });

  test('the answer of another function is none of its own', () => {
    const line = `2026/09/14 22:25:42 {"errorMessage":"RequestId: ${ID} Error: Task timed out","errorType":"Sandbox.Timedout"}`;
    expect(errorIn(line)).toMatchObject({ isUncaught: false });
  });
});

describe('node', () => {
  const line = (text: string) => `${AT}\t${ID}\tERROR\t${text}`;

  test('of a module that does not load, as the newest client labels it (src/utils/runtime-setup.ts)', () => {
    const text = `Init Error \t{"errorType":"Runtime.ImportModuleError","errorMessage":"Error: Cannot find module 'x'"}`;
    expect(errorIn(`${AT}\tundefined\tERROR\t${text}`)).toMatchObject({
      type: 'Runtime.ImportModuleError',
      message: "Error: Cannot find module 'x'",
      isUncaught: true,
    });
    expect(errorIn(line('Init Error of the cache'))).toMatchObject({ isUncaught: false });
  });

  test.each([
    [
      'in a later field',
      '"errorMessage":"timeout of 3000ms \\"exceeded\\"","config":{"data":"xxx',
      'timeout of 3000ms "exceeded"',
    ],
    ['in the message', '"errorMessage":"timeout of 30', 'timeout of 30'],
    ['in an escape', '"errorMessage":"timeout of \\', 'timeout of \\'],
    ['before the message', '"errorMess', ''],
  ])('of an error that was cut off %s', (_, rest, message) => {
    expect(errorIn(line(`Invoke Error \t{"errorType":"AxiosError",${rest}`))).toMatchObject({
      type: 'AxiosError',
      message,
      isUncaught: true,
    });
  });

  test('of a process that an error ended', () => {
    const text =
      "/var/task/index.mjs:3\n  throw new Error('boom')\n  ^\n\nError: boom\n    at Timeout._onTimeout (file:///var/task/index.mjs:3:28)\n\nNode.js v24.11.0";
    expect(errorIn(text)).toMatchObject({ type: 'Error', message: 'boom', isUncaught: true });
    expect(errorIn(text.replace('Error: boom', 'TypeError [ERR_X]: boom'))).toMatchObject({ type: 'TypeError' });
    expect(errorIn(text.replace('\n\nNode.js v24.11.0', ''))).toBeUndefined();
  });
});

/** brefphp/bref: LambdaRuntime::signalFailure. */
test('php: behind the id of the request', () => {
  const line = `${ID}\tInvoke Error\t{"errorType":"Exception","errorMessage":"boom","stack":["#0 x"]}`;
  expect(errorIn(line)).toMatchObject({ type: 'Exception', message: 'boom', stack: '#0 x', isUncaught: true });
  expect(errorIn(line.replace(ID, 'worker-7'))).toBeUndefined();
});

/** UserFault.reportableError: `message: class`, a line end, and the trace. */
describe('java', () => {
  const AT_HANDLER = '\tat com.acme.Handler.handleRequest(Handler.java:12)\n';
  test.each([
    [
      'a message of several lines',
      `Unrecognized token 'foo'\n at [Source: (String)"foo"; line: 1, column: 4]: com.fasterxml.jackson.core.JsonParseException\ncom.fasterxml.jackson.core.JsonParseException: Unrecognized token 'foo'\n at [Source: (String)"foo"; line: 1, column: 4]\n${AT_HANDLER}`,
      'com.fasterxml.jackson.core.JsonParseException',
      `Unrecognized token 'foo'\n at [Source: (String)"foo"; line: 1, column: 4]`,
    ],
    [
      'a class of any name',
      `sold out: com.acme.OutOfStock\ncom.acme.OutOfStock: sold out\n${AT_HANDLER}`,
      'com.acme.OutOfStock',
      'sold out',
    ],
    ['a class without a package', `sold out: Stock\nStock: sold out\n${AT_HANDLER}`, 'Stock', 'sold out'],
    ['no message', `null: java.lang.Error\njava.lang.Error\n${AT_HANDLER}`, 'java.lang.Error', ''],
    ['no frames', 'Class not found: a.B: a.NotFound\na.NotFound: a.B', 'a.NotFound', 'Class not found: a.B'],
  ])('of an exception that left the handler: %s', (_, line, type, message) => {
    expect(errorIn(line)).toMatchObject({ type, message, isUncaught: true, isRuntimesOwn: true });
  });

  test.each([
    'colour: red\nred: 7',
    'at com.acme.Stock\ncom.acme.Stock: sold out',
    'sold out: com.acme.Stock\nnext line',
  ])('%j is none', (line) => {
    expect(errorIn(line)).toBeUndefined();
  });
});

describe('.NET', () => {
  const line = (level: string, text: string) =>
    `${AT}\t${ID}\t${level}\t${text}\n   at Function.Handler() in /src/F.cs:line 3\n`;

  test('of any class of a namespace', () => {
    expect(errorIn(line('fail', 'Acme.OutOfStock: no room'))).toMatchObject({
      type: 'Acme.OutOfStock',
      message: 'no room',
      isUncaught: true,
    });
  });

  test.each([
    line('fail', 'Refused: no room'),
    line('ERROR', 'Acme.OutOfStock: no room'),
    `${AT}\t${ID}\tfail\tAcme.OutOfStock: no room`,
  ])('%j is none', (text) => {
    expect(errorIn(text)).toBeUndefined();
  });
});

/** awslabs/aws-lambda-rust-runtime: layers/panic.rs, and lib.rs before it had layers. */
describe('rust', () => {
  const span = `Lambda runtime invoke{requestId="${ID}" xrayTraceId="Root=1-6;Parent=0;Sampled=0;Lineage=c:0"}: `;

  test('of a panic whose message stands below its place', () => {
    const text = "thread 'main' panicked at src/main.rs:10:5:\nno room\nfor two\nnote: run with `RUST_BACKTRACE=1`\n";
    expect(errorIn(text)).toMatchObject({ type: 'panic', message: 'no room\nfor two', isUncaught: true });
    expect(errorIn("thread 'main' panicked at src/main.rs:10:5:")).toMatchObject({ message: 'src/main.rs:10:5:' });
  });

  test.each([
    `ERROR ${span}user handler panicked error=Any { .. }`,
    `helloERROR ${span}lambda_runtime::layers::panic: user handler panicked error=Any { .. }`,
    `2026-10-08T07:30:00.100000Z ERROR ${span}user handler panicked error=Any { .. }`,
    JSON.stringify({
      timestamp: AT,
      level: 'ERROR',
      fields: { message: 'user handler panicked', error: 'Any { .. }' },
      target: 'lambda_runtime::layers::panic',
    }),
  ])('of a panic that the runtime caught: %s', (text) => {
    expect(errorIn(text)).toMatchObject({ type: 'panic', isUncaught: true, isRuntimesOwn: true });
  });

  test('of an error that was returned, where the line says that the runtime wrote it', () => {
    expect(errorIn(`ERROR ${span}lambda_runtime: Error("no room", line: 0, column: 0)`)).toMatchObject({
      type: 'Error',
      message: 'Error("no room", line: 0, column: 0)',
      isUncaught: true,
    });
    expect(errorIn(`ERROR ${span}Error("no room", line: 0, column: 0)`)).toBeUndefined();
    expect(errorIn(`ERROR ${span}shop: user error`)).toBeUndefined();
  });
});

test('an answer that Lambda refused as too large', () => {
  const line =
    '[ERROR] [1663095250473] LAMBDA_RUNTIME Failed to post handler success response. Http response code: 413.';
  expect(errorIn(line)).toEqual({
    type: 'Function.ResponseSizeTooLarge',
    message: 'Failed to post handler success response. Http response code: 413.',
    isUncaught: true,
  });
  expect(errorIn(line.replace('413', '500'))).toBeUndefined();
});
