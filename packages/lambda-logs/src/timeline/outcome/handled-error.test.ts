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
