import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parsePlatformText } from './parse-platform-text.ts';

const figure = fc.oneof(
  fc.nat(1_000_000).map((hundredths) => (hundredths / 100).toFixed(2)),
  fc.constantFrom('0', '.5', '1.2.3', '900000.00', '99999999999999999999', 'none', ''),
);
const figures = fc.record({ duration: figure, billed: figure, size: figure, used: figure });
const rest = fc.constantFrom(
  '',
  'Init Duration: 12.50 ms',
  'Duration: 7 ms',
  'Status: timeout',
  'XRAY TraceId: 1-5e7e8131-7ff0',
);

describe('parsePlatformText', () => {
  test('reads a REPORT in the usual layout as it reads the same pairs in any other', () => {
    fc.assert(
      fc.property(figures, rest, ({ duration, billed, size, used }, last) => {
        const pairs = [
          'REPORT RequestId: 79b5e81f-9cdd-4145-b1f6-000000000001',
          `Duration: ${duration} ms`,
          `Billed Duration: ${billed} ms`,
          `Memory Size: ${size} MB`,
          `Max Memory Used: ${used} MB`,
          last,
        ];
        const usual = parsePlatformText(pairs.join('\t'));
        expect(usual).toMatchObject({ kind: 'report' });
        expect(usual).toStrictEqual(parsePlatformText(pairs.join('  ')));
      }),
    );
  });
});
