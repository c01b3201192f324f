import { describe, expect, test } from '@jest/globals';
import {
  ENVIRONMENT,
  INIT_START,
  invocation,
  jsonReport,
  jsonStart,
  requestId,
  story,
} from '../../../test/log-story.ts';
import { type Attempt, attributeStream } from '../../index.ts';
import { told } from '../testing/outcome-of.ts';

/** Functions of the JSON log format whose runtime reported the error itself: the platform calls them a success, and the lines decide. */
const A = requestId(1);
const TIMESTAMP = '2026-10-08T07:30:00.100Z';
const line = (fields: object): string => JSON.stringify({ timestamp: TIMESTAMP, level: 'ERROR', ...fields });
const answered = (lines: readonly string[], status = 'success'): Attempt => {
  const written = lines.map((message, index) => [index + 1, message] as const);
  const events = story([0, jsonStart(A)], ...written, [20, jsonReport(A, 20, status)]);
  return attributeStream(events, ENVIRONMENT).attempts[0] as Attempt;
};
const outcome = (...lines: readonly string[]) => told(answered(lines));
const SUCCESS = ['success', undefined, undefined];

const ERROR = {
  errorType: 'TypeError',
  errorMessage: 'x is not a function',
  stackTrace: ['TypeError: x is not a function', '    at Runtime.handler (file:///var/task/index.mjs:3:12)'],
};
const NODE = line({ requestId: A, message: ERROR });
const GOING_ON = line({ level: 'INFO', requestId: A, message: 'answered 500' });
const TRACE =
  'boom: com.acme.OutOfRoomException\ncom.acme.OutOfRoomException: boom\n\tat com.acme.Handler.handle(Handler.java:7)\n';
const java = (message: string) => JSON.stringify({ timestamp: TIMESTAMP, message, level: 'ERROR', AWSRequestId: A });

describe("the runtime's own error as the last word is a failure that the report calls a success", () => {
  /** Each as the runtime's own source writes it; python's `level` was `log_level` in older runtimes. */
  test.each([
    ['node', NODE, ['TypeError', 'x is not a function']],
    [
      'node, of an error with fields of its own',
      line({ requestId: A, message: { ...ERROR, name: 'Throttled', $fault: 'client' } }),
      ['TypeError', 'x is not a function'],
    ],
    [
      'node, for a tenant',
      line({ requestId: A, tenantId: 'blue', message: ERROR }),
      ['TypeError', 'x is not a function'],
    ],
    [
      'python',
      line({ errorMessage: 'bad', errorType: 'ValueError', requestId: A, stackTrace: ['  File "/var/task/app.py"'] }),
      ['ValueError', 'bad'],
    ],
    [
      'older python',
      JSON.stringify({
        timestamp: TIMESTAMP,
        log_level: 'ERROR',
        errorMessage: 'bad',
        errorType: 'ValueError',
        stackTrace: [],
      }),
      ['ValueError', 'bad'],
    ],
    [
      '.NET',
      line({
        level: 'Error',
        requestId: A,
        traceId: 'Root=1-6626020d;Parent=46;Sampled=0',
        message: null,
        errorType: 'System.ApplicationException',
        errorMessage: 'no room',
        stackTrace: ['System.ApplicationException: no room'],
      }),
      ['System.ApplicationException', 'no room'],
    ],
    ["java's trace alone", java(TRACE.slice(TRACE.indexOf('\n') + 1)), ['com.acme.OutOfRoomException', 'boom']],
    ['go', '{"errorMessage":"no room","errorType":"errorString"}', ['errorString', 'no room']],
  ])('%s', (_, own, [errorType, errorMessage]) => {
    expect(outcome(GOING_ON, own)).toEqual(['error', errorType, errorMessage]);
    expect(outcome(own, GOING_ON)).toEqual(SUCCESS);
  });

  test("java's whole one, whatever another thread writes behind it", () => {
    expect(outcome(java(TRACE))).toEqual(['error', 'com.acme.OutOfRoomException', 'boom']);
    expect(outcome(java(TRACE), GOING_ON)).toEqual(['error', 'com.acme.OutOfRoomException', 'boom']);
  });

  test("go's payload in a record of slog, which names no request by itself", () => {
    const msg = '{"errorMessage":"no room","errorType":"errorString"}';
    const slog = JSON.stringify({ time: TIMESTAMP, level: 'INFO', msg });
    expect(outcome(slog)).toEqual(['error', 'errorString', 'no room']);
    expect(outcome(slog, GOING_ON)).toEqual(SUCCESS);
    expect(outcome(JSON.stringify({ time: TIMESTAMP, level: 'ERROR', msg }))).toEqual(SUCCESS);
  });

  test('whatever an extension writes behind it, and where the platform says error', () => {
    expect(outcome(NODE, 'DD_EXTENSION | DEBUG | flushing')[0]).toBe('error');
    expect(answered([NODE], 'error')).toMatchObject({ status: 'error', errorType: 'TypeError' });
  });

  test('and is an error that was handled where the handler went on', () => {
    expect(answered([NODE, GOING_ON]).handledError).toEqual({ type: 'TypeError', message: 'x is not a function' });
  });
});

describe('a success stays one where the last word', () => {
  test.each([
    ['bears the id of another request', line({ requestId: requestId(2), message: ERROR })],
    ['bears no id', line({ message: ERROR })],
    ['is of another level', line({ level: 'WARN', requestId: A, message: ERROR })],
    ['has no stack', line({ requestId: A, message: { ...ERROR, stackTrace: undefined } })],
    ['is the sentence of a logger beside its error', line({ requestId: A, message: 'charge failed', ...ERROR })],
    ['is of a logger that names itself', line({ requestId: A, logger: 'root', ...ERROR })],
    [
      'is of Powertools',
      line({ service: 'pay', function_request_id: A, message: 'x', error: { name: 'E', message: 'm' } }),
    ],
    ['is of pino', JSON.stringify({ level: 50, requestId: A, err: { type: 'E', message: 'm', stack: 's' }, msg: 'x' })],
    [
      "is a stack in the words of java's logger",
      JSON.stringify({ timestamp: TIMESTAMP, message: TRACE, level: 'ERROR', logger: 'com.acme', AWSRequestId: A }),
    ],
  ])('%s', (_, last) => {
    expect(outcome(last)).toEqual(SUCCESS);
  });

  test('was written by the initialisation', () => {
    const events = story([0, NODE], [10, jsonStart(A)], [30, jsonReport(A, 20)]);
    expect(attributeStream(events, ENVIRONMENT).attempts[0]?.status).toBe('success');
  });
});

test('what a function of the text format prints in the JSON format of another request is none of its own', () => {
  const other = line({ requestId: requestId(2), message: ERROR });
  const { attempts } = attributeStream(story([0, INIT_START], ...invocation(A, 10, 20, [other])), ENVIRONMENT);
  expect(attempts[0]?.status).toBe('success');
});
