import { expect, test } from '@jest/globals';
import { toldLine } from './told-line.ts';

const ID = 'e663f888-3018-428b-8040-b757e58a871b';

test('the runtime’s prefix is taken off', () => {
  expect(toldLine(`2026-01-15T02:50:05.504Z\t${ID}\tINFO\torder 47 is being paid\n`, ID)).toEqual({
    level: 'INFO',
    text: 'order 47 is being paid\n',
  });
});

test.each([
  ['another request’s', `2026-01-15T02:50:05.504Z\t${ID.replace('e', 'f')}\tINFO\tforged`],
  ['none', `START RequestId: ${ID}`],
  ['half a', `2026-01-15T02:50:05.504Z\t${ID}`],
])('%s prefix stays', (_which, message) => {
  expect(toldLine(message, ID)).toEqual({ text: message });
});
