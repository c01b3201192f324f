import { expect, test } from '@jest/globals';
import { clipLines } from './clip-lines.ts';

const line = (message: string) => ({ timestamp: 1, logStream: 's', source: 'application' as const, message });

test('a short line is whole', () => {
  expect(clipLines([line('short')], 10)).toEqual([{ ...line('short'), omittedCharacters: 0 }]);
});

test('of a long one the rest is counted', () => {
  expect(clipLines([line('x'.repeat(1_000_000))], 10)).toEqual([
    { ...line('x'.repeat(10)), omittedCharacters: 999_990 },
  ]);
});

test('no character is cut in two', () => {
  const [clipped] = clipLines([line('123456789😀')], 10);
  expect(clipped).toMatchObject({ message: '123456789', omittedCharacters: 2 });
});
