import { expect, test } from '@jest/globals';
import { anAttempt } from '../../test/an-attempt.ts';
import { invocationItem } from './invocation-item.ts';
import { summaryOf } from './invocation-summary.ts';

test('a retried request misses what any of its attempts misses, though the last one is whole', () => {
  const first = anAttempt(0, { status: 'unknown', missing: ['end', 'report'] });
  const item = invocationItem('r', [first, anAttempt(60_000)], 90)!;

  expect(summaryOf(item, [])).toMatchObject({ status: 'success', attempts: 2, missing: ['end', 'report'] });
});
