import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { type ListPage, type NextPage, type PageList, withNewest, withNext } from './page-list.ts';

const PAGE = 5;
const keyOf = String;

/** A page of numbers, greatest first, behind `cursor`. */
function pageOf(all: readonly number[], cursor?: string): ListPage<number> {
  const behind = all.toSorted((a, b) => b - a).filter((item) => cursor === undefined || item < Number(cursor));
  const items = behind.slice(0, PAGE);
  return { items, ...(behind.length > PAGE && { cursor: String(items.at(-1)) }) };
}

const shownOf = ({ newest, older }: PageList<number>): number[] => [...newest, ...older];

/** What `list` asks for, if anything is behind it. */
const asksOf = (all: readonly number[], { cursor }: PageList<number>): NextPage<number>[] =>
  cursor === undefined ? [] : [{ asked: cursor, page: pageOf(all, cursor) }];

const nextOf = (all: readonly number[], list: PageList<number>): PageList<number> =>
  asksOf(all, list).reduce((then, next) => withNext(then, next, keyOf), list);

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

test('however late a page comes, and whatever the list has become since, nothing is left out', () => {
  const come = fc.record({ come: fc.integer({ min: 0, max: 12 }) });
  const steps = fc.array(fc.oneof(come, fc.constantFrom('ask', 'arrive', 'restart')), { maxLength: 40 });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 30 }), steps, (first, taken) => {
      let all = Array.from({ length: first }, (_, at) => at);
      let list = withNewest(undefined, pageOf(all), keyOf);
      const underWay: NextPage<number>[] = [];
      for (const step of taken) {
        if (step === 'ask') underWay.push(...asksOf(all, list));
        else if (step === 'arrive')
          list = underWay.splice(0, 1).reduce((then, next) => withNext(then, next, keyOf), list);
        else if (step === 'restart') list = withNewest(undefined, pageOf(all), keyOf);
        else {
          all = Array.from({ length: all.length + step.come }, (_, at) => at);
          list = withNewest(list, pageOf(all), keyOf);
        }
        const start = all.toReversed().indexOf(list.newest[0] ?? 0);
        expect(shownOf(list)).toEqual(all.toReversed().slice(start, start + shownOf(list).length));
      }
    }),
  );
});

test('a page that was asked for behind a list that is no more does not leave a gap in the new one', () => {
  const before = withNewest(undefined, { items: [9, 8, 7], cursor: '7' }, keyOf);
  const anew = withNewest(undefined, { items: [19, 18, 17], cursor: '17' }, keyOf);
  expect(withNext(anew, { asked: before.cursor!, page: { items: [6, 5], cursor: '5' } }, keyOf)).toBe(anew);
});

test('an item of the newest page is shown as it is now', () => {
  const items = (state: string) => [{ id: 'a', state }];
  const byId = ({ id }: { id: string }) => id;
  const before = withNewest(undefined, { items: items('open') }, byId);
  expect(withNewest(before, { items: items('resolved') }, byId).newest).toEqual(items('resolved'));
});

test('an item that the newest page has already is not shown again behind it', () => {
  const before = withNewest(undefined, { items: [9, 8, 7], cursor: '7' }, keyOf);
  const older = withNext(before, { asked: '7', page: { items: [6, 5], cursor: '5' } }, keyOf);
  const afterLoss = withNewest(older, { items: [9, 7, 6], cursor: '6' }, keyOf);
  expect(shownOf(withNext(afterLoss, { asked: '5', page: { items: [5, 4] } }, keyOf))).toEqual([9, 7, 6, 5, 4]);
});

test('what is gone from the middle of the newest page is not shown behind it', () => {
  const before = withNewest(undefined, { items: [9, 8, 7], cursor: '7' }, keyOf);
  expect(shownOf(withNewest(before, { items: [9, 7, 6], cursor: '6' }, keyOf))).toEqual([9, 7, 6]);
});
