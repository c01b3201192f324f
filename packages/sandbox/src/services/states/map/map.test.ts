import { expect, test } from '@jest/globals';
import { Thread } from '../interpreter/frame.ts';
import type { Run } from '../interpreter/run.ts';
import { Scope } from '../interpreter/scope.ts';
import { batchItems } from './batch-items.ts';
import { parseCsv } from './parse-csv.ts';

test.each<[string, string, string, readonly (readonly string[])[]]>([
  [
    'plain',
    'a,b\n1,2\n',
    ',',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'quoted delimiters, quotes and line ends',
    '"a,1","say ""hi"""\r\n"two\nlines",',
    ',',
    [
      ['a,1', 'say "hi"'],
      ['two\nlines', ''],
    ],
  ],
  ['another delimiter', 'a|b,c', '|', [['a', 'b,c']]],
  ['empty lines', '\na\n\n\nb\n', ',', [['a'], ['b']]],
  ['empty fields', ',,\n', ',', [['', '', '']]],
])('CSV: %s', (_name, text, delimiter, expected) => {
  expect(parseCsv(text, delimiter)).toEqual(expected);
});

const frame = {
  name: 'M',
  thread: new Thread({ context: {}, random: () => 0 } as unknown as Run, new Scope()),
  context: {},
};

test('batches have at most so many items, and carry what they share', () => {
  const batches = batchItems({ MaxItemsPerBatch: 2, BatchInput: { 'day.$': '$.d' } }, [1, 2, 3], { d: 'mon' }, frame);
  expect(batches).toEqual([
    { input: { BatchInput: { day: 'mon' }, Items: [1, 2] }, itemCount: 2 },
    { input: { BatchInput: { day: 'mon' }, Items: [3] }, itemCount: 1 },
  ]);
});

test('batches have at most so many bytes', () => {
  const batches = batchItems(
    { MaxInputBytesPerBatch: 100 },
    ['x'.repeat(40), 'y'.repeat(40), 'z'.repeat(10)],
    {},
    frame,
  );
  for (const { input } of batches) expect(Buffer.byteLength(JSON.stringify(input))).toBeLessThanOrEqual(100);
  expect(batches.map(({ itemCount }) => itemCount)).toEqual([2, 1]);
  expect(() => batchItems({ MaxInputBytesPerBatch: 100 }, ['x'.repeat(100)], {}, frame)).toThrow('does not fit');
});

test('without a batcher each item is an input', () => {
  expect(batchItems(undefined, [{ a: 1 }], {}, frame)).toEqual([{ input: { a: 1 }, itemCount: 1 }]);
});
