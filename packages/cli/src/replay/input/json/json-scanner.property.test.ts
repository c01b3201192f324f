import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cutAt } from '../../../testing/read-chunks.ts';
import { JsonScanner } from './json-scanner.ts';

function scan(chunks: readonly string[]): { elements: unknown[]; documents: unknown[] } {
  const elements: unknown[] = [];
  const documents: unknown[] = [];
  const scanner = new JsonScanner('test.json', {
    element: (text) => elements.push(JSON.parse(text)),
    document: (text) => documents.push(JSON.parse(text)),
  });
  for (const chunk of chunks) scanner.push(chunk);
  scanner.end();
  return { elements, documents };
}

const value = fc.jsonValue({ maxDepth: 3 });
const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 });
const indent = fc.constantFrom(undefined, 2);

describe('JsonScanner', () => {
  test('hands over the elements of a page one by one, wherever the chunks end', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 5 }), value, shares, indent, (events, token, places, space) => {
        const text = JSON.stringify({ before: token, events, nextToken: token }, null, space);

        expect(scan(cutAt(text, places))).toEqual({ elements: JSON.parse(JSON.stringify(events)), documents: [] });
      }),
    );
  });

  test('hands over the elements of a list', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 5 }), shares, indent, (list, places, space) => {
        const text = JSON.stringify(list, null, space);

        expect(scan(cutAt(text, places)).elements).toEqual(JSON.parse(JSON.stringify(list)));
      }),
    );
  });

  test('hands over documents that follow each other without anything between them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.dictionary(fc.constantFrom('a', 'b"', '{['), value), { maxLength: 4 }),
        shares,
        (documents, places) => {
          const text = documents.map((document) => JSON.stringify(document)).join('');

          expect(scan(cutAt(text, places)).documents).toEqual(JSON.parse(JSON.stringify(documents)));
        },
      ),
    );
  });

  test.each([
    ['ends in the middle', '{"events":[{"message":"a"}'],
    ['ends in the middle', '{"events":["half a str'],
    ['is not JSON', '{"a":1}]'],
    ['is not JSON', 'true'],
  ])('says that a text %s: %s', (problem, text) => {
    expect(() => scan([text])).toThrow(
      expect.objectContaining({ code: 'unreadable-json', message: expect.stringContaining(problem) }),
    );
  });
});
