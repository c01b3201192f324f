import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { InputError } from '../../input-error.ts';
import { cutAt } from '../../testing/read-chunks.ts';
import { EventCollector } from './event-collector.ts';
import { readAnything } from './read-unit.ts';

/** Pieces of every format that is read, to be put together in any way. */
const PIECES = [
  '{"events":[',
  '{"timestamp":1591714943146,"message":"START RequestId: a Version: 1\\n","eventId":"1"}',
  '{"messageType":"DATA_MESSAGE","owner":"1","logGroup":"g","logStream":"s","logEvents":[]}',
  '{"awslogs":{"data":"H4sIAAAAAAAAA"}}',
  '{"Records":[{"kinesis":{"data":1}},null]}',
  '{"time":"2026-11-21T09:00:00.000Z","type":"platform.start","record":{"requestId":"a"}}',
  'H4sIAAAAAAAAA6vmUqgGAAkYyXMEAAAA0000000000000000',
  '@timestamp,@message\n',
  '2026-11-21T09:00:00.000Z REPORT RequestId: a\tDuration: 1 ms',
  '2026-11-21 09:00:00 UTC START RequestId: a Version: 1',
  '| 1591714943146 | END RequestId: a |',
  'Traceback (most recent call last):',
  'REPORT RequestId: a',
  '"',
  '[',
  ']',
  '{',
  '}',
  ',',
  '\\',
  '\n',
  '\r\n',
  '\t',
  ' ',
  '\u0000',
  '\ud83d',
  '\ufeff',
  'null',
  '-1e999',
  '1591714943146',
];

const text = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 5 })), { maxLength: 12 })
  .map((parts) => parts.join(''));
const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 4 });

/** What a text is read as; the user's error where it is none. */
function read(chunks: readonly string[]): unknown {
  const collector = new EventCollector('test');
  const reader = readAnything('test', collector);
  try {
    for (const chunk of chunks) reader.push(chunk);
    reader.end();
  } catch (error) {
    if (error instanceof InputError) return error.code;
    throw error;
  }
  return { origins: collector.origins(), rejected: collector.rejections() };
}

describe('readAnything', () => {
  test('whatever the text, it is events, rejections, or an error for the user', () => {
    fc.assert(
      fc.property(text, (whole) => expect(read([whole])).toBeDefined()),
      { numRuns: 2_000 },
    );
  });

  test('where the chunks end changes nothing', () => {
    fc.assert(
      fc.property(text, shares, (whole, places) => {
        expect(read(cutAt(whole, places))).toEqual(read([whole]));
      }),
      { numRuns: 500 },
    );
  });
});
