import { expect, test } from '@jest/globals';
import type { StoryLine } from '@lamplighter/contracts';
import { fittingLines } from './fitting-lines.ts';

const line = (message: string): StoryLine => ({ timestamp: 0, logStream: 's', source: 'application', message });
const SHORT = line('order 17 is being paid');
const ROOM = 1_000_000;

const sent = (lines: readonly StoryLine[]): number => Buffer.byteLength(JSON.stringify(lines));

test.each([
  ['control characters', '\u0001'],
  ['Chinese', '灯'],
  ['quotes', '"'],
  ['half of a pair', '\ud800'],
  ['letters', 'x'],
])('lines of %s fill the room and no more', (_what, character) => {
  const lines = Array.from({ length: 200 }, () => line(character.repeat(10_000)));

  const { kept, omitted } = fittingLines(lines, ROOM);

  expect(sent(kept)).toBeLessThanOrEqual(ROOM + 1);
  expect(sent(lines.slice(0, kept.length + 1))).toBeGreaterThan(ROOM);
  expect(omitted).toBe(200 - kept.length);
});

test('one line that is too long hides no other', () => {
  expect(fittingLines([SHORT, line('\u0001'.repeat(ROOM)), SHORT], ROOM)).toEqual({ kept: [SHORT, SHORT], omitted: 1 });
});

test('what fits is whole', () => {
  expect(fittingLines([SHORT, SHORT], ROOM)).toEqual({ kept: [SHORT, SHORT], omitted: 0 });
});
