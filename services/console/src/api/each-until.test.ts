import { expect, test } from '@jest/globals';
import { eachUntil } from './each-until.ts';

test('what has not ended by then is undefined, and what has not begun does not begin', async () => {
  const end = new AbortController();
  const begun: number[] = [];
  const found = await eachUntil(
    Array.from({ length: 11 }, (_, at) => at),
    end.signal,
    async (item) => {
      begun.push(item);
      if (item < 9) return item;
      end.abort();
      return new Promise<number>(() => {});
    },
  );
  expect(found).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, undefined, undefined]);
  expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});
