import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { attributeStream } from '../../timeline/attribute-stream.ts';
import { parseLogEvent } from '../parse-log-event.ts';
import { isBelowError } from './level-column.ts';

const ID = '79b5e81f-9cdd-4145-b1f6-000000000001';
const TIME = '2026-10-08T07:30:00.100Z';

test.each([
  `${TIME}\t${ID}\tINFO\tbooked ERROR`,
  `${TIME}\tundefined\tWARN\tlate`,
  `${TIME}\t\tDEBUG\t{"level":"ERROR"}`,
  `[INFO]\t${TIME}\t${ID}\tbooked`,
  '[WARNING] late',
])('the runtime says of %j that it is below ERROR', (line) => {
  const isBelow = isBelowError(line);

  expect(isBelow).toBe(true);
});

test.each([
  `${TIME}\t${ID}\tERROR\tINFO\t`,
  `${TIME}\t${ID}\tfail\tSystem.Exception: no room`,
  `${TIME}\tno ERROR\tINFO\tbooked`,
  `${TIME} ${ID} INFO booked`,
  `[ERROR] ${TIME}\tINFO\t`,
  '{"level":"INFO"}',
  'INFO\tbooked',
  '',
])('the runtime does not say of %j that it is below ERROR', (line) => {
  const isBelow = isBelowError(line);

  expect(isBelow).toBe(false);
});

const time = fc.constantFrom(TIME, '2026/10-08T07:30:00.100Z', '2026-10-08 07:30:00.100Z', '2026-10-08T07:30:00Z', '7');
const gap = fc.constantFrom('\t', '\t\t', ' ', '\t ', '\n');
const word = fc.constantFrom(ID, 'undefined', '', 'INFO', 'WARN', 'TRACE', 'ERROR', 'fail', 'E', '[ERROR]', '[INFO]');
const text = fc.constantFrom('booked', 'an ERROR', '{"level":"ERROR"}', 'Invoke Error \t{"errorType":"Error"}');
const line = fc
  .array(fc.oneof({ weight: 3, arbitrary: gap }, word, text), { maxLength: 8 })
  .chain((rest) => fc.oneof(time, word).map((first) => `${first}${rest.join('')}`));
const columns = fc.tuple(time, gap, word, gap, word, gap, text).map((parts) => parts.join(''));

describe('a line of which the runtime says that it is below ERROR', () => {
  test('is neither of level ERROR nor an error, however its columns are read', () => {
    fc.assert(
      fc.property(fc.oneof(line, columns), (message) => {
        if (!isBelowError(message)) return;
        const record = parseLogEvent({ message });
        expect(record).toMatchObject({ kind: 'application' });
        expect(record).not.toHaveProperty('error');
        expect(record).not.toHaveProperty('level', expect.stringMatching(/ERROR|FATAL/));
      }),
      { numRuns: 5_000 },
    );
  });

  test('leaves its invocation a success without a handled error', () => {
    const lines = [
      `START RequestId: ${ID} Version: 1`,
      `${TIME}\t${ID}\tINFO\tERROR: "errorType"`,
      `END RequestId: ${ID}`,
    ];
    const report = `REPORT RequestId: ${ID}\tDuration: 2.00 ms\tBilled Duration: 2 ms\tMemory Size: 128 MB\tMax Memory Used: 60 MB`;
    const events = [...lines, report].map((message, id) => ({ id: `${id}`, timestamp: id, message }));

    const { attempts } = attributeStream(events, { logStream: '2026/10/08/[1]22be53a8cfde4e68b844f8ec293b2543' });

    expect(attempts).toMatchObject([{ status: 'success', logLines: 1 }]);
    expect(attempts[0]).not.toHaveProperty('handledError');
  });
});
