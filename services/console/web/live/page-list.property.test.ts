import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { type ListPage, type PageList, withNewest, withNext } from './page-list.ts';

const PAGE = 5;
const keyOf = String;

/** A page of numbers, greatest first, behind `cursor`. */
function pageOf(all: readonly number[], cursor?: string): ListPage<number> {
  const behind = all.toSorted((a, b) => b - a).filter((item) => cursor === undefined || item < Number(cursor));
  const items = behind.slice(0, PAGE);
  return { items, ...(behind.length > PAGE && { cursor: String(items.at(-1)) }) };
}

const shownOf = ({ newest, older }: PageList<number>): number[] => [...newest, ...older];

const nextOf = (all: readonly number[], list: PageList<number>): PageList<number> =>
  list.cursor === undefined ? list : withNext(list, pageOf(all, list.cursor), keyOf);

test('whatever comes and whenever one asks, nothing is shown twice or left out, and all in order', () => {
  const steps = fc.array(fc.oneof(fc.record({ come: fc.integer({ min: 0, max: 12 }) }), fc.constant('more' as const)));
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 30 }), steps, (first, taken) => {
      let all = Array.from({ length: first }, (_, at) => at);
      let list = withNewest(undefined, pageOf(all), keyOf);
      for (const step of taken) {
        if (step === 'more') list = nextOf(all, list);
        else {
          all = Array.from({ length: all.length + step.come }, (_, at) => at);
          list = withNewest(list, pageOf(all), keyOf);
        }
        const newestFirst = all.toReversed();
        expect(shownOf(list)).toEqual(newestFirst.slice(0, shownOf(list).length));
        if (list.cursor === undefined) expect(shownOf(list)).toEqual(newestFirst);
      }
    }),
  );
});

test('an item of the newest page is shown as it is now', () => {
  const items = (state: string) => [{ id: 'a', state }];
  const byId = ({ id }: { id: string }) => id;
  const before = withNewest(undefined, { items: items('open') }, byId);
  expect(withNewest(before, { items: items('resolved') }, byId).newest).toEqual(items('resolved'));
});

test('an item that the newest page has already is not shown again behind it', () => {
  const before = withNewest(undefined, { items: [9, 8, 7], cursor: '7' }, keyOf);
  const older = withNext(before, { items: [6, 5], cursor: '5' }, keyOf);
  const afterLoss = withNewest(older, { items: [9, 7, 6], cursor: '6' }, keyOf);
  expect(shownOf(withNext(afterLoss, { items: [5, 4] }, keyOf))).toEqual([9, 7, 6, 5, 4]);
});

test('what is gone from the middle of the newest page is not shown behind it', () => {
  const before = withNewest(undefined, { items: [9, 8, 7], cursor: '7' }, keyOf);
  expect(shownOf(withNewest(before, { items: [9, 7, 6], cursor: '6' }, keyOf))).toEqual([9, 7, 6]);
});
