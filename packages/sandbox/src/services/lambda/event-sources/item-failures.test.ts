import { describe, expect, test } from '@jest/globals';
import { readItemFailures } from './item-failures.ts';

const read = (answer: unknown) => readItemFailures(JSON.stringify(answer), ['1', '2']);

describe('the answer of a function that reports batch item failures', () => {
  test.each([[null], [{}], [{ batchItemFailures: [] }], [{ batchItemFailures: null }], ['done']])(
    '%j is complete success',
    (answer) => {
      expect(read(answer)).toEqual({ kind: 'all-done' });
    },
  );

  test.each([
    [{ batchItemFailures: [{ itemIdentifier: '' }] }],
    [{ batchItemFailures: [{ itemIdentifier: null }] }],
    [{ batchItemFailures: [{ wrongKey: '1' }] }],
    [{ batchItemFailures: [{ itemIdentifier: '3' }] }],
    [{ batchItemFailures: [null] }],
    [{ batchItemFailures: 'all' }],
  ])('%j fails the whole batch', (answer) => {
    expect(read(answer)).toEqual({ kind: 'all-failed' });
  });

  test('names what failed', () => {
    expect(read({ batchItemFailures: [{ itemIdentifier: '2' }] })).toEqual({
      kind: 'some-failed',
      failed: new Set(['2']),
    });
  });

  test('that is not JSON fails the whole batch', () => {
    expect(readItemFailures('oops', ['1'])).toEqual({ kind: 'all-failed' });
  });
});
