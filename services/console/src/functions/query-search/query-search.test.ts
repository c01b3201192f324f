import { expect, test } from '@jest/globals';
import type { SearchScope } from '../../ports.ts';
import { querySearch } from './query-search.ts';

const HIT = { kind: 'line', functionName: 'shop-pay', at: 1, detail: 'order 4700003 is being paid' } as const;

test('a text is looked for where the question says, and what could not be looked through is told with the hits', async () => {
  const asked: unknown[] = [];
  const search = async (text: string, scope?: SearchScope) => {
    asked.push([text, scope]);
    return { hits: [HIT], note: 'in part', unanswered: ['analysis'] as const };
  };

  const answer = await querySearch({ kind: 'text', text: ' 4700003 ', since: 5, functionName: 'shop-pay' }, search);

  expect(asked).toEqual([['4700003', { since: 5, functionName: 'shop-pay' }]]);
  expect(answer).toEqual({ kind: 'found', hits: [HIT], note: 'in part', unanswered: ['analysis'] });
});

test.each([{ kind: 'text', text: ' ' }, { kind: 'text', text: 'x', limit: 0 }, { kind: 'image' }, null])(
  '%j is no question',
  async (question) => {
    const never = () => Promise.reject(new Error('nobody was asked'));
    expect(await querySearch(question, never)).toEqual({ kind: 'invalid-query', reason: expect.any(String) });
  },
);
