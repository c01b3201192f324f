import { expect, test } from '@jest/globals';
import { ENVIRONMENT, end, report, requestId, start, story } from '../../../test/log-story.ts';
import { LEVELS, levelOf } from '../../records/application/log-level.ts';
import { attributeStream } from '../attribute-stream.ts';

const ID = requestId(1);
const errorLine = (body: string) => `2026-01-15T10:00:00.010Z\t${ID}\tERROR\t${body}`;

function handledIn(...lines: readonly string[]) {
  const inside = lines.map((line, at) => [10 + at, line] as const);
  const events = story([0, start(ID)], ...inside, [90, end(ID)], [91, report(ID, 90)]);
  const { attempts } = attributeStream(events, ENVIRONMENT);
  return attempts[0]?.handledError;
}

test.each([
  [
    "a structured logger's line",
    errorLine('{"level":"error","message":"a message has to come again","errorName":"ThrottlingException"}'),
    { type: 'ThrottlingException', message: 'a message has to come again' },
  ],
  ['a sentence', errorLine('payment refused'), { message: 'payment refused' }],
  [
    "Powertools' line in the JSON format",
    `{"level":"ERROR","message":"not stored","requestId":"${ID}","error":{"name":"TimeoutError","message":"socket"}}`,
    { type: 'TimeoutError', message: 'socket' },
  ],
  [
    "pino's number",
    '{"level":50,"time":1791444600000,"msg":"cannot reach db","err":{"type":"Error","message":"refused","stack":"s"}}',
    { type: 'Error', message: 'refused' },
  ],
  ["python's critical", `[CRITICAL]\t2026-01-15T10:00:00.010Z\t${ID}\tcannot reach db`, { message: 'cannot reach db' }],
  [
    ".NET's own spelling",
    `{"timestamp":"2026-01-15T10:00:00.010Z","level":"Error","requestId":"${ID}","message":"cannot reach db"}`,
    { message: 'cannot reach db' },
  ],
  [
    'an error of node with its stack',
    errorLine('ValidationError: bad card\n    at handler (/var/task/index.js:1:1)'),
    { type: 'ValidationError', message: 'bad card' },
  ],
  [
    'one behind a sentence',
    errorLine('charging failed TypeError [ERR_X]: no card\n    at handler (/var/task/index.js:1:1)'),
    { type: 'TypeError', message: 'no card' },
  ],
  [
    'an error without a name above its frames',
    errorLine('Trace of the call\n    at handler (/var/task/index.js:1:1)'),
    { message: 'Trace of the call' },
  ],
  [
    "python's logger.exception",
    `[ERROR]\t2026-01-15T10:00:00.010Z\t${ID}\tcharge failed\nTraceback (most recent call last):\n  File "/var/task/app.py", line 7, in handler\n    charge(card)\nValueError: card refused`,
    { type: 'ValueError', message: 'card refused' },
  ],
  [
    'one without a message',
    'ERROR:    Exception in ASGI application\nTraceback (most recent call last):\n  File "x.py"\nKeyError',
    { type: 'KeyError', message: 'ERROR:    Exception in ASGI application' },
  ],
  [
    "Powertools' traceback",
    '{"level":"ERROR","message":{"order":7},"exception_name":"ValueError","exception":"Traceback (most recent call last):\\n  File \\"/var/task/app.py\\", line 7, in handler\\n    charge()\\nValueError: card refused"}',
    { type: 'ValueError', message: 'card refused' },
  ],
  [
    "structlog's event",
    '{"event":"charge failed","level":"error","timestamp":"2026-10-08T07:30:00Z","order":7}',
    { message: 'charge failed' },
  ],
  [
    "structlog's traceback",
    '{"event":"charge failed","level":"error","exception":"Traceback (most recent call last):\\n  File \\"/var/task/app.py\\", line 7, in handler\\nshop.Refused: no"}',
    { type: 'shop.Refused', message: 'no' },
  ],
  [
    "java's logger with a trace",
    `2026-10-08 07:30:00 ${ID} ERROR Handler:12 - charge failed\njava.lang.IllegalStateException: no card\n\tat a.B.c(B.java:1)`,
    { type: 'java.lang.IllegalStateException', message: 'no card' },
  ],
  [
    "rust's tracing with a time",
    '2026-10-08T07:30:00.100000Z ERROR app: charge failed',
    { message: 'app: charge failed' },
  ],
  [".NET's column", `2026-01-15T10:00:00.010Z\t${ID}\tfail\tcannot reach db`, { message: 'cannot reach db' }],
])('%s of an attempt that ended well is an error that was handled', (_what, line, handled) => {
  expect(handledIn(line)).toEqual(handled);
});

test.each([
  ['information', `2026-01-15T10:00:00.010Z\t${ID}\tINFO\tERROR is a word`],
  ['a warning', `2026-01-15T10:00:00.010Z\t${ID}\tWARN\t{"level":"warn","message":"\\"error\\""}`],
  ['a sentence that begins so', 'Error rate of the last hour: 0'],
  ["the runtime's own line", errorLine('Invoke Error \t{"errorType":"Error","errorMessage":"x","stack":[]}')],
])('%s is none', (_what, line) => {
  expect(handledIn(line)).toBeUndefined();
});

test.each([
  'DD_EXTENSION | ERROR | failed to flush: timeout',
  '{"level":"error","ts":1791444600.1,"caller":"exporterhelper/queue_sender.go:1","msg":"Exporting failed. Dropping data."}',
])("an extension's is none of the handler's: %s", (line) => {
  expect(handledIn(line)).toBeUndefined();
  expect(handledIn(errorLine('payment refused'), line)).toEqual({ message: 'payment refused' });
});

test('a long line is cut', () => {
  expect(handledIn(errorLine('x'.repeat(10_000)))?.message).toHaveLength(300);
});

const failing = Object.keys(LEVELS).filter((name) => ['ERROR', 'FATAL'].includes(levelOf(name) ?? ''));
const capital = (name: string) => `${name[0]}${name.slice(1).toLowerCase()}`;

test.each(failing.flatMap((name) => [name, name.toLowerCase(), capital(name)]))(
  'no spelling of a level is missed: %s',
  (level) => {
    const layouts = [
      JSON.stringify({ level, message: 'x' }),
      JSON.stringify({ message: 'x', severity: level }),
      `[${level}]\t2026-01-15T10:00:00.010Z\t${ID}\tx`,
      `2026-01-15T10:00:00.010Z\t${ID}\t${level}\tx`,
    ];
    expect(layouts.map((line) => handledIn(line))).toEqual(
      layouts.map(() => expect.objectContaining({ message: expect.anything() })),
    );
  },
);

test.each([50, 60, 100])('nor is a number: %d', (level) => {
  expect(handledIn(JSON.stringify({ level, msg: 'x' }))).toEqual({ message: 'x' });
});
