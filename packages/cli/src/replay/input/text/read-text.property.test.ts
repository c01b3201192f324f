import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cutAt, type ReadResult, readChunks } from '../../../testing/read-chunks.ts';
import { detectFormat } from '../detect-format.ts';
import { readCliText } from './read-cli-text.ts';
import { readCsv } from './read-csv.ts';
import { readExport } from './read-export.ts';
import { readText } from './read-text.ts';

const STREAM = '2026/11/21/[$LATEST]0123456789abcdef0123456789abcdef';
const ID = '3eb496cd-c663-4ae2-a717-8f261b7ad48c';

const line = fc
  .array(fc.constantFrom('x', 'ö', '"', ',', '|', '\t', ' ', '{', 'REPORT RequestId: forged', '2026', 'at '), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => `-${parts.join('')}-`);
const message = fc.oneof(
  line,
  fc.array(line, { minLength: 2, maxLength: 4 }).map((lines) => lines.join('\n')),
  fc.constant(`2026-11-21T09:00:00.123Z\t${ID}\tINFO\thello`),
  fc.constant(
    `REPORT RequestId: ${ID}\tDuration: 1.00 ms\tBilled Duration: 1 ms\nXRAY TraceId: 1-6a507b87-0cc4438344b48ef127ab1931`,
  ),
);
const events = fc
  .array(fc.record({ gap: fc.integer({ min: 1, max: 90_000 }), message }), { maxLength: 8 })
  .map((parts) => {
    let timestamp = Date.UTC(2026, 10, 21, 9);
    const rest = parts.map((part) => {
      timestamp += part.gap;
      return { timestamp, message: part.message };
    });
    return [{ timestamp: Date.UTC(2026, 10, 21, 9), message: `START RequestId: ${ID} Version: $LATEST` }, ...rest];
  });
const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 });

interface Event {
  readonly timestamp: number;
  readonly message: string;
}

const iso = (event: Event): string => new Date(event.timestamp).toISOString();
/** How tools print an event as text; each ends with a line end. */
const PRINTERS: readonly (readonly [string, (event: Event) => string])[] = [
  ['aws logs tail', (event) => `${iso(event).replace('Z', '000+00:00')} ${STREAM} ${event.message}\n`],
  ['aws logs tail --format short', (event) => `${iso(event).replace('Z', '')} ${event.message}\n`],
  ['sam logs', (event) => `${STREAM} ${iso(event).replace('Z', '000')} ${event.message}\n`],
  ['sls logs', (event) => `${iso(event).replace('T', ' ').replace('Z', '')}\t${event.message}\n`],
  [
    'a console copy in another zone',
    (event) =>
      `${iso({ ...event, timestamp: event.timestamp + 3_600_000 }).replace('Z', '+01:00')}\t${event.message}\n`,
  ],
  ['a console table', (event) => `| ${event.timestamp} | ${event.message} |\n`],
  ['an expanded console copy', (event) => `${iso(event)}\n${event.message}\n`],
];

function read(text: string, places: readonly number[]): ReadResult {
  const format = detectFormat(text, true);
  if (format.kind !== 'text') throw new Error(`taken for ${format.kind}`);
  return readChunks(cutAt(text, places), (sink) => readText(format.layout, {}, sink));
}

describe('readText', () => {
  test.each(PRINTERS)('gives back what %s printed, wherever the chunks end', (_name, print) => {
    fc.assert(
      fc.property(events, shares, (all, places) => {
        const result = read(all.map(print).join(''), places);

        expect(result.rejected).toEqual([]);
        expect(result.origins.flatMap((origin) => origin.events)).toEqual(all);
      }),
      { numRuns: 60 },
    );
  });

  test('finds the stream that a tool prints', () => {
    const { origins } = read(`2026-11-21T09:00:00+00:00 ${STREAM} START RequestId: ${ID} Version: $LATEST\n`, []);

    expect(origins.map(({ origin }) => origin.logStream)).toEqual([STREAM]);
  });
});

describe('readExport', () => {
  test('gives back what was exported, wherever the chunks end', () => {
    fc.assert(
      fc.property(events, shares, (all, places) => {
        const text = all.map((event) => `${iso(event)} ${event.message}\n`).join('');

        const result = readChunks(cutAt(text, places), (sink) => readExport({ logStream: STREAM }, sink));

        expect(result).toMatchObject({ rejected: [], origins: [{ origin: { logStream: STREAM }, events: all }] });
      }),
    );
  });

  test('rejects the lines before the first event, which continue an event of a part that is not there', () => {
    const { rejected } = readChunks(['  at frame\n  at frame\n2026-11-21T09:00:00.000Z x\n'], (sink) =>
      readExport({}, sink),
    );

    expect(rejected).toMatchObject([{ reason: 'continuation-without-event', count: 2 }]);
  });
});

describe('readCliText', () => {
  test('gives back what `--output text` printed, wherever the chunks end', () => {
    fc.assert(
      fc.property(events, shares, (all, places) => {
        const print = (event: Event, index: number): string =>
          `EVENTS\t${index + 10 ** 19}\t${event.timestamp}\t${STREAM}\t${event.message}\n\t${event.timestamp}\n`;
        const text = `${all.map(print).join('')}SEARCHEDLOGSTREAMS\t${STREAM}\tTrue\n`;

        const result = readChunks(cutAt(text, places), (sink) => readCliText({}, sink));

        const withLineEnds = all.map((event) => ({ ...event, message: `${event.message}\n` }));
        expect(result).toMatchObject({
          rejected: [{ reason: 'not-a-log-line', count: 1 }],
          origins: [{ origin: { logStream: STREAM }, events: withLineEnds }],
        });
        expect(detectFormat(text, true)).toEqual({ kind: 'cli-text' });
      }),
    );
  });
});

describe('readCsv', () => {
  test('gives back what Logs Insights downloads, wherever the chunks end', () => {
    fc.assert(
      fc.property(events, shares, (all, places) => {
        const records = all.map(
          (event) =>
            `${iso(event).replace('T', ' ').replace('Z', '')},"${event.message.replaceAll('"', '""')}",${STREAM}\r\n`,
        );
        const text = `@timestamp,@message,@logStream\r\n${records.join('')}`;

        const result = readChunks(cutAt(text, places), (sink) => readCsv({}, sink));

        expect(result).toMatchObject({ rejected: [], origins: [{ origin: { logStream: STREAM }, events: all }] });
      }),
    );
  });
});
