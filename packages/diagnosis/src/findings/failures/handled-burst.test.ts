import { expect, test } from '@jest/globals';
import { after, told } from '../../testing/after-health.ts';
import type { WindowFigures } from '../../windows/window-input.ts';

const logging = (count: number, template: string): Partial<WindowFigures> => ({
  handledErrors: [{ errorType: 'Error', template, fingerprint: 'f', count, exampleRequestId: 'r1' }],
});
const minutes = (count: number, ...bad: Parameters<typeof logging>) =>
  Array.from({ length: count }, () => logging(...bad));

test('calls that end well and log an error, as an API does that answers 500 by itself, are told in their second minute, with the cause that they name', () => {
  expect(told(after(minutes(1, 12, 'relation <text> does not exist')))).toEqual([]);
  const [first, ...more] = after(minutes(2, 12, 'relation <text> does not exist'));
  expect(more).toEqual([]);
  expect(first!.finding).toMatchObject({
    class: 'error-burst',
    severity: 'warning',
    causes: [{ name: 'missing resource' }],
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
