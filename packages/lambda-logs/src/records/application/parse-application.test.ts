import { describe, expect, test } from '@jest/globals';
import { requestId } from '../../../test/log-story.ts';
import { type LogRecord, parseLogEvent } from '../../index.ts';

const ID = requestId(1);
const parse = (message: string | object): LogRecord =>
  parseLogEvent({ message: typeof message === 'string' ? message : JSON.stringify(message) });

describe('columns of the runtimes', () => {
  test.each<[string, string, object]>([
    ['node', `2026-10-08T07:30:00.100Z\t${ID}\tWARN\tcareful`, { requestId: ID, level: 'WARN', message: 'careful' }],
    [
      'node, blanks for tabs',
      `2019-06-05T22:11:27.082Z        ${ID}    ERROR   oops`,
      { requestId: ID, level: 'ERROR', message: 'oops' },
    ],
    ['node 8', `2017-04-10T21:54:32.683Z\t${ID}\tvalue1 = undefined`, { requestId: ID, message: 'value1 = undefined' }],
    ['node init', '2020-10-27T15:36:14.281Z\tundefined\tINFO\tLoading', { level: 'INFO', message: 'Loading' }],
    [
      'node without columns',
      '2024-09-13T15:13:31.761Z\t[runtime] SIGTERM received',
      { message: '[runtime] SIGTERM received' },
    ],
    ['.NET', `2021-12-10T08:20:59.274Z\t${ID}\tinfo\thello`, { requestId: ID, level: 'INFO', message: 'hello' }],
    [
      'python',
      `[INFO]\t2019-04-21T23:24:14.135Z\t${ID}\t## EVENT`,
      { requestId: ID, level: 'INFO', message: '## EVENT' },
    ],
    [
      'python, empty id',
      '[WARNING]\t2026-04-24T17:39:52.929Z\t\tLAMBDA_WARNING: Unhandled',
      { level: 'WARN', message: 'LAMBDA_WARNING: Unhandled' },
    ],
    ['python runtime', '[ERROR] First test message', { level: 'ERROR', message: 'First test message' }],
    ['brackets', '[runtime] SIGTERM received', { message: '[runtime] SIGTERM received' }],
    ['log4j', `2018-04-11 21:35:14 <${ID}> DEBUG org.apache.http.wire:86 - x`, { requestId: ID, level: 'DEBUG' }],
    ['ruby', `I, [2026-10-08T07:30:00.1 #8]  INFO ${ID} -- : hello`, { requestId: ID, level: 'INFO' }],
    ['go', '2020/03/27 03:40:05 EVENT', { message: '2020/03/27 03:40:05 EVENT' }],
    ['rust', ' INFO handler: started', { level: 'INFO' }],
    ['zone', '2023-12-15T14:09:35.620+08:00\t[runtime] x', { message: '2023-12-15T14:09:35.620+08:00\t[runtime] x' }],
    ['long', `${'x'.repeat(500)} ${ID}`, { kind: 'application' }],
    ['two lines', `first\n${ID}`, { kind: 'application' }],
    [
      'EMF in text',
      `2025-09-20T14:15:29.201Z\t${ID}\tinfo\t{"_aws":{"CloudWatchMetrics":[]}}`,
      { isMetric: true, requestId: ID },
    ],
  ])('%s', (_, line, expected) => {
    expect(parse(line)).toMatchObject({ kind: 'application', ...expected });
  });
});

describe('JSON lines', () => {
  test.each<[string, object, object]>([
    [
      'node',
      { timestamp: 'x', level: 'ERROR', requestId: ID, message: 'oops' },
      { requestId: ID, level: 'ERROR', message: 'oops' },
    ],
    ['java', { timestamp: 'x', level: 'INFO', message: 'hi', AWSRequestId: ID }, { requestId: ID, message: 'hi' }],
    [
      'Powertools',
      { level: 'INFO', message: { a: 1 }, function_request_id: ID, cold_start: true, xray_trace_id: '1-a' },
      { requestId: ID, isColdStart: true, traceId: '1-a' },
    ],
    [
      '.NET header',
      { level: 'Information', traceId: 'Root=1-6626020d;Parent=46;Sampled=0;Lineage=cd:0', message: null },
      { level: 'INFO', traceId: '1-6626020d' },
    ],
    ['pino', { level: 50, msg: 'oops' }, { level: 'ERROR', message: 'oops' }],
    ['rust', { level: 'INFO', fields: { message: 'hi' }, span: { requestId: ID } }, { requestId: ID, message: 'hi' }],
    [
      'python',
      { log_level: 'ERROR', errorMessage: 'bad', errorType: 'ValueError', requestId: ID, stackTrace: ['a', 'b'] },
      { message: 'bad', error: { type: 'ValueError', message: 'bad', stack: 'a\nb', isUncaught: true } },
    ],
    [
      'go',
      { errorMessage: 'bad', errorType: 'errorString', stackTrace: [{ path: 'm.go', line: 3, label: 'main' }] },
      { error: { type: 'errorString', message: 'bad', stack: 'main m.go:3', isUncaught: true } },
    ],
    [
      'node runtime',
      { timestamp: 'x', level: 'ERROR', message: 'Invoke Error', errorType: 'E', errorMessage: 'm', stackTrace: 't' },
      { error: { type: 'E', message: 'm', stack: 't', isUncaught: true } },
    ],
    [
      'logged error',
      { timestamp: 'x', level: 'ERROR', message: 'caught', errorType: 'E', errorMessage: 'm' },
      { error: { type: 'E', message: 'm', isUncaught: false } },
    ],
    [
      'Powertools error',
      { level: 'ERROR', message: 'x', exception_name: 'E', exception: 'trace' },
      { error: { type: 'E', message: 'trace', isUncaught: false } },
    ],
    [
      'error object',
      { level: 'ERROR', message: 'x', error: { name: 'E', message: 'm', stack: 's' } },
      { error: { type: 'E', message: 'm', stack: 's', isUncaught: false } },
    ],
    [
      'err object',
      { level: 60, err: { type: 'E', message: 'm' } },
      { level: 'FATAL', error: { type: 'E', isUncaught: false } },
    ],
    ['error without a name', { level: 'ERROR', error: {} }, { level: 'ERROR' }],
    [
      'error in the message',
      { timestamp: 'x', level: 'ERROR', message: { errorType: 'E', errorMessage: 'm' } },
      { error: { type: 'E', isUncaught: false } },
    ],
    ['EMF', { _aws: { Timestamp: 1 }, RequestId: ID }, { isMetric: true, requestId: ID }],
    [
      'payload of another function',
      { errorType: 'Sandbox.Timedout', errorMessage: 'RequestId: x Error: Task timed out after 3.00 seconds' },
      { error: { type: 'Sandbox.Timedout', isUncaught: false } },
    ],
    [
      'Telemetry API function',
      { time: 'x', type: 'function', record: 'hello' },
      { message: 'hello', writtenBy: 'function' },
    ],
    [
      'Telemetry API extension',
      { time: 'x', type: 'extension', record: { level: 'INFO', message: 'hi', requestId: ID } },
      { message: 'hi', requestId: ID, writtenBy: 'extension' },
    ],
    ['not the Telemetry API', { time: 'x', type: 'function', record: 5 }, { kind: 'application' }],
  ])('%s', (_, line, expected) => {
    expect(parse(line)).toMatchObject({ kind: 'application', format: 'json', ...expected });
  });

  test.each([
    [10, 'TRACE'],
    [20, 'DEBUG'],
    [30, 'INFO'],
    [40, 'WARN'],
    [5, undefined],
    ['no such level', undefined],
    ['constructor', undefined],
  ])('level %p is %p', (level, expected) => {
    expect((parse({ level, message: 'x' }) as { level?: string }).level).toBe(expected);
  });
});

describe('errors in text', () => {
  const node = (label: string, rest: string) => `2026-10-08T07:30:00.100Z\t${ID}\tERROR\t${label}${rest}`;

  test.each<[string, string, object]>([
    [
      'node',
      node('Invoke Error', ' \t{"errorType":"E","errorMessage":"m","stack":["E: m","    at x"]}'),
      { type: 'E', message: 'm', stack: 'E: m\n    at x', isUncaught: true },
    ],
    ['node, cut', node('Uncaught Exception', ' \t{'), { type: 'Uncaught Exception', isUncaught: true }],
    [
      'node, next line',
      node('Unhandled Promise Rejection', ''),
      { type: 'Unhandled Promise Rejection', message: '', isUncaught: true },
    ],
    ['node, quoted', node('Invoke Error', ' was handled'), { type: 'Invoke Error', isUncaught: false }],
    [
      'python',
      '[ERROR] CustomException: bad\nTraceback (most recent call last):\n\u00a0\u00a0File',
      { type: 'CustomException', message: 'bad', isUncaught: true },
    ],
    [
      'python init',
      "[ERROR] Runtime.ImportModuleError: Unable to import module 'x'",
      { type: 'Runtime.ImportModuleError', isUncaught: true },
    ],
    ['python print', '[ERROR] ValueError: bad', { type: 'ValueError', isUncaught: false }],
    [
      '.NET',
      `2026-10-08T07:30:00.100Z\t${ID}\tfail\tSystem.ApplicationException: bad\n   at X`,
      { type: 'System.ApplicationException', message: 'bad', isUncaught: true },
    ],
    [
      '.NET logger',
      `2026-10-08T07:30:00.100Z\t${ID}\tERROR\tSystem.ApplicationException: bad`,
      { type: 'System.ApplicationException', isUncaught: false },
    ],
    [
      'java',
      '/ by zero: java.lang.ArithmeticException\njava.lang.ArithmeticException: / by zero\n\tat x.Y',
      { type: 'java.lang.ArithmeticException', message: '/ by zero', isUncaught: true },
    ],
    [
      'java trace',
      'java.lang.OutOfMemoryError: Metaspace\n\tat x.Y',
      { type: 'java.lang.OutOfMemoryError', message: 'Metaspace', isUncaught: true },
    ],
    [
      'java line',
      'java.lang.IllegalArgumentException',
      { type: 'java.lang.IllegalArgumentException', message: '', isUncaught: false },
    ],
    [
      'ruby',
      'Critical exception from handler{\n "errorMessage": "bad", "errorType": "Function<NoMethodError>", "stackTrace": []}',
      { type: 'Function<NoMethodError>', message: 'bad', isUncaught: true },
    ],
    ['ruby, cut', 'Error raised from handler method', { type: 'Function', isUncaught: true }],
    [
      'rust',
      "thread 'main' panicked at 'oops', src/main.rs:1:1",
      { type: 'panic', message: "'oops', src/main.rs:1:1", isUncaught: true },
    ],
    [
      'go',
      'panic: runtime error: index out of range',
      { type: 'panic', message: 'runtime error: index out of range', isUncaught: true },
    ],
    ['unknown', 'Unknown application error occurred\nRuntime.Unknown', { type: 'Runtime.Unknown', isUncaught: true }],
    ['unknown, alone', 'Unknown application error occurred', { type: 'Runtime.Unknown', isUncaught: true }],
  ])('%s', (_, line, expected) => {
    expect(parse(line)).toMatchObject({ kind: 'application', level: expect.any(String), error: expected });
  });

  test.each([
    '[ERROR] hello there',
    '[ERROR] Nothing: wrong',
    `2026-10-08T07:30:00.100Z\t${ID}\tERROR\tit failed`,
    'See java.lang.Error for details',
  ])('%j tells of none', (line) => {
    expect(parse(line)).not.toHaveProperty('error');
  });
});
