import { expect, test } from '@jest/globals';
import { invocationTimes } from './invocation-times.ts';

const CREATED = Date.UTC(2026, 0, 1, 10);
const iso = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString());

/** The first times of a schedule. */
function timesOf(
  expression: string,
  more: { zone?: string; start?: string; end?: string; from?: string } = {},
  count = 3,
) {
  const { zone, start, end, from } = more;
  const due = invocationTimes({
    ScheduleExpression: expression,
    ScheduleExpressionTimezone: zone,
    startMs: start === undefined ? undefined : Date.parse(start),
    endMs: end === undefined ? undefined : Date.parse(end),
    createdMs: CREATED,
  });
  const times: (string | undefined)[] = [];
  for (
    let at = due(from === undefined ? CREATED : Date.parse(from));
    at !== undefined && times.length < count;
    at = due(at + 1)
  )
    times.push(iso(at));
  return times;
}

test.each<[string, Parameters<typeof timesOf>[1], readonly string[]]>([
  ['at(2026-03-01T09:00:00)', {}, ['2026-03-01T09:00:00.000Z']],
  ['at(2026-03-01T09:00:00)', { zone: 'Europe/Berlin' }, ['2026-03-01T08:00:00.000Z']],
  ['at(2025-03-01T09:00:00)', {}, []],
  ['rate(2 hours)', {}, ['2026-01-01T10:00:00.000Z', '2026-01-01T12:00:00.000Z', '2026-01-01T14:00:00.000Z']],
  [
    'rate(1 day)',
    { start: '2026-01-05T00:00:00Z', end: '2026-01-06T00:00:00Z' },
    ['2026-01-05T00:00:00.000Z', '2026-01-06T00:00:00.000Z'],
  ],
  [
    'rate(1 minute)',
    { from: '2026-01-01T10:05:30Z' },
    ['2026-01-01T10:06:00.000Z', '2026-01-01T10:07:00.000Z', '2026-01-01T10:08:00.000Z'],
  ],
  [
    'cron(0 9 ? * MON-FRI *)',
    { zone: 'America/New_York' },
    ['2026-01-01T14:00:00.000Z', '2026-01-02T14:00:00.000Z', '2026-01-05T14:00:00.000Z'],
  ],
  // Berlin skips 02:30 on 29 March 2026, and has it twice on 25 October.
  [
    'cron(30 2 * * ? *)',
    { zone: 'Europe/Berlin', from: '2026-03-28T00:00:00Z' },
    ['2026-03-28T01:30:00.000Z', '2026-03-30T00:30:00.000Z', '2026-03-31T00:30:00.000Z'],
  ],
  [
    'cron(30 2 * * ? *)',
    { zone: 'Europe/Berlin', from: '2026-10-24T12:00:00Z' },
    ['2026-10-25T00:30:00.000Z', '2026-10-26T01:30:00.000Z', '2026-10-27T01:30:00.000Z'],
  ],
])('%s %j', (expression, more, expected) => {
  expect(timesOf(expression, more)).toEqual(expected);
});

test.each(['at(2026-13-01T00:00:00)', 'rate(0 minutes)', 'rate(5 weeks)', 'cron(* * *)', 'every day'])(
  '%s is refused',
  (expression) => {
    expect(() => timesOf(expression)).toThrow('Invalid Schedule Expression');
  },
);

test('a zone that is not there is refused', () => {
  expect(() => timesOf('rate(1 day)', { zone: 'Mars/Olympus' })).toThrow('Invalid ScheduleExpressionTimezone');
});
