import { expect, test } from '@jest/globals';
import { after, HEALTHY, minute, told } from '../../testing/after-health.ts';
import type { Fact } from '../../windows/fact.ts';
import type { WindowFigures } from '../../windows/window-input.ts';

const logging = (count: number, template: string): Partial<WindowFigures> => ({
  handledErrors: [{ errorType: 'Error', template, fingerprint: 'f', count, exampleRequestId: 'r1' }],
});
const minutes = (count: number, ...bad: Parameters<typeof logging>) =>
  Array.from({ length: count }, () => logging(...bad));

test('calls that end well and log an error, as an API does that answers 500 by itself, are told in their second minute, without the cause that they name, which may be who asked', () => {
  expect(told(after(minutes(1, 12, 'relation <text> does not exist')))).toEqual([]);
  const [first, ...more] = after(minutes(2, 12, 'relation <text> does not exist'));
  expect(more).toEqual([]);
  expect(first!.finding).toMatchObject({
    class: 'error-burst',
    severity: 'warning',
    causes: [],
  });
  expect(first!.finding.title).toContain('logs errors in');
});

test('it is over ten minutes after the last of them', () => {
  const changes = after([...minutes(3, 12, 'no room left'), ...Array.from({ length: 12 }, () => ({}))]);
  expect(told(changes)).toEqual(['opened error-burst', 'resolved error-burst']);
});

test('a few of them are none, nor as many as always', () => {
  expect(told(after(minutes(5, 3, 'no such guest')))).toEqual([]);
  const usual = Array.from({ length: 120 }, (_, minute) => logging(minute % 3 === 0 ? 2 : 1, 'cache miss'));
  expect(told(after([...usual, ...minutes(5, 4, 'cache miss')]))).toEqual([]);
});

test('where traces show who refuses, what they say is told as well', () => {
  const refusing: Fact = {
    kind: 'refusing-dependency',
    id: 'd',
    at: minute(HEALTHY),
    name: 'aurora',
    errorsBefore: 0,
    errorsAfter: 0.6,
    share: 0.8,
  };
  const [first] = after(minutes(2, 12, 'relation <text> does not exist'), [refusing]);
  expect(first!.finding.causes.map(({ name }) => name)).toEqual(['aurora', 'missing resource']);
});

test('calls that end well start no environment and hold no stream up: both are findings of their own', () => {
  const bad = { ...logging(8, 'no room left'), iteratorAgeMs: 600_000 };
  const cold = { coldStarts: 15, initDurationMs: { sum: 15_000, max: 1_000 } };
  const found = after([...minutes(3, 8, 'no room left'), ...Array.from({ length: 6 }, () => ({ ...bad, ...cold }))]);
  expect(told(found)).toEqual(['opened error-burst', 'opened cold-starts', 'opened iterator-age']);
});

test('two calls that fail are no burst beside them; eight are told anew, as calls that fail', () => {
  const failing = (errors: number) => ({
    ...logging(12, 'no room left'),
    errors,
    errorTypes: [{ errorType: 'Error', template: 'late', fingerprint: 'g', count: errors, exampleRequestId: 'r2' }],
  });
  const few = after([...minutes(3, 12, 'no room left'), failing(2)]);
  expect(few.at(-1)!.finding.title).toContain('logs errors in');
  const many = after([...minutes(3, 12, 'no room left'), failing(8)]);
  expect(told(many)).toEqual(['opened error-burst', 'updated error-burst']);
  expect(many.at(-1)!.finding.title).toContain('fails in 40 % of its calls');
});
