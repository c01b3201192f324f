import { Buffer } from 'node:buffer';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseInPieces } from './parse-payload-json.ts';

const LIST = ',"logEvents":[{"id":"';
const BETWEEN = '},{"id":"';
const OPEN_BRACE = 0x7b;

const message = fc
  .constantFrom('plain', BETWEEN, LIST, `\\${BETWEEN}`, '"}]}', 'naïve ✓', '\u0000\t\n')
  .map((text) => `${text} `.repeat(4_000));
const event = fc.record({ id: fc.constantFrom('1', BETWEEN), timestamp: fc.nat(), message });
const fields = fc.dictionary(fc.constantFrom('owner', '5', 'logEvents', `"${LIST}`, '__proto__'), fc.array(event), {
  maxKeys: 2,
});
const payload = fc.tuple(fields, fc.array(event, { minLength: 15, maxLength: 30 }), fields);

const jsonOf = (before: object, logEvents: unknown, after: object): string => {
  const rest = JSON.stringify(after).slice(1);
  return `{"messageType":"DATA_MESSAGE",${JSON.stringify(before).slice(1, -1) || '"a":1'},"logEvents":${JSON.stringify(logEvents)}${rest === '}' ? '}' : `,${rest}`}`;
};

function parseWhole(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

describe('parseInPieces', () => {
  test('reads a payload as CloudWatch Logs lays it out', () => {
    const events = Array.from({ length: 20 }, (_, id) => ({ id: `${id}`, timestamp: id, message: 'x'.repeat(20_000) }));
    const bytes = Buffer.from(jsonOf({}, events, {}));
    expect(parseInPieces(bytes)).toStrictEqual(parseWhole(bytes));
  });

  test('gives what JSON.parse gives, or nothing', () => {
    fc.assert(
      fc.property(payload, ([before, events, after]) => {
        const bytes = Buffer.from(jsonOf(before, events, after));
        const whole = parseWhole(bytes);
        const found = parseInPieces(bytes);
        if (found !== undefined) expect(found).toEqual(whole);
      }),
      { numRuns: 60 },
    );
  });

  test('leaves the bytes as they were, whether they are JSON or not', () => {
    fc.assert(
      fc.property(payload, fc.nat(), ([before, events], place) => {
        const bytes = Buffer.from(jsonOf(before, events, {}));
        bytes[place % bytes.length] = OPEN_BRACE;
        const given = Buffer.from(bytes);
        parseInPieces(bytes);
        expect(bytes.equals(given)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('gives nothing for a payload that has lost a byte, unless it is still JSON', () => {
    fc.assert(
      fc.property(
        payload,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(60),
        ([before, events], place, offset) => {
          const whole = Buffer.from(jsonOf(before, events, {}));
          const near = whole.indexOf(BETWEEN, Math.floor(place * whole.length));
          const lost = Math.min(whole.length - 1, Math.max(0, near) + offset);
          const bytes = Buffer.concat([whole.subarray(0, lost), whole.subarray(lost + 1)]);
          const found = parseInPieces(bytes);
          if (found !== undefined) expect(found).toEqual(parseWhole(bytes));
        },
      ),
      { numRuns: 60 },
    );
  });
});
