import { expect, test } from '@jest/globals';
import type { FunctionChange } from '@lamplighter/contracts';
import { plain } from '../terminal/paint.ts';
import { renderChanges } from './render-changes.ts';

const published = (at: number): FunctionChange => ({
  ...{ changeId: `c${at}`, accountId: '123456789012', region: 'us-east-1', functionName: 'pay' },
  ...{ at, source: 'cloudtrail', kind: 'version', version: String(at) },
});
const versionsIn = (text: string): number[] =>
  [...text.matchAll(/version (\d+) published/g)].map(([, at]) => Number(at));

test('of many changes those nearest in time are shown, oldest first, and it is said how many more there are', () => {
  const text = renderChanges(
    Array.from({ length: 300 }, (_, at) => published(at)),
    { paint: plain, near: 200 },
  );

  expect(versionsIn(text)).toEqual(Array.from({ length: 20 }, (_, at) => 190 + at));
  expect(text).toContain('\n  280 more, further away in time: --json has them.\n');
});

test('of few all are shown, none is marked without a mark, and nothing more is said', () => {
  const text = renderChanges([1, 2, 3].map(published), { paint: plain, near: 2 });

  expect(versionsIn(text)).toEqual([1, 2, 3]);
  expect(text.trimEnd().split('\n')).toHaveLength(5);
});
