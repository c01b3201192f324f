import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { pageOf } from './page-of.ts';

/** All pages, one after the other. */
function pagesOf(items: readonly string[], limit?: number): string[][] {
  const pages: string[][] = [];
  let cursor: string | undefined;
  do {
    const page = pageOf(items, (item) => item.slice(0, 20), { limit, cursor });
    pages.push(page.items);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return pages;
}

test('pages together hold every item once, in order', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.string({ minLength: 1, maxLength: 20 }), { maxLength: 30 }),
      fc.integer({ min: 1, max: 7 }),
      (items, limit) => {
        const pages = pagesOf(items, limit);

        expect(pages.flat()).toEqual([...items].sort());
        expect(pages.slice(0, -1).every((page) => page.length === limit)).toBe(true);
      },
    ),
  );
});

test('without a limit a page is what Lambda can answer, however large items are', () => {
  const large = Array.from({ length: 9 }, (_, at) => `${at}`.padEnd(1_500_000, 'x'));

  expect(pagesOf(large).map((page) => page.length)).toEqual([2, 2, 2, 2, 1]);
  expect(pagesOf(['a'.padEnd(5_000_000, 'x'), 'b'])).toHaveLength(2);
});
