import { expect, test } from '@jest/globals';
import { takeFirst } from './take-first.ts';

async function* counting(read: number[]): AsyncGenerator<number> {
  for (let at = 0; at < 5; at++) {
    read.push(at);
    yield at;
  }
}

test('reads one value more than it gives, to know whether there are more', async () => {
  const read: number[] = [];
  expect(await takeFirst(counting(read), 2)).toEqual({ taken: [0, 1], hasMore: true });
  expect(read).toEqual([0, 1, 2]);
  expect(await takeFirst(counting([]), 5)).toEqual({ taken: [0, 1, 2, 3, 4], hasMore: false });
});
