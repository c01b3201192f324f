import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { reservationMessageSchema } from '../../src/domain/messages/reservation-message.ts';
import { historyFormatSchema, parseHistoryFormat } from '../../src/domain/migration/history-format.ts';
import { rowReader } from '../../src/domain/migration/read-row.ts';
import { RowRejected } from '../../src/domain/migration/rejection.ts';
import { splitCsvLine } from '../../src/domain/migration/split-csv-line.ts';
import { toHistoryMessage } from '../../src/domain/migration/to-history-message.ts';

const documentOf = (kind: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../samples/history/warehouse-${kind}.format.json`, import.meta.url), 'utf8'));
const CSV = historyFormatSchema.parse(documentOf('csv'));
const JSONL = historyFormatSchema.parse(documentOf('jsonl'));
const HEADER = Object.values(CSV.columns).join(',');

const ROW = {
  confirmation: 'W1',
  changedAt: '2024-02-29T10:00:00Z',
  sequence: '2',
  status: 'CHANGED',
  hotelCode: 'H1',
  arrival: '2024-03-01',
  departure: '2024-03-03',
  afterTax: '210.50',
  currency: 'eur',
  surname: 'Müller',
  email: 'm@example.com',
  cardNumber: '4111111111111111',
  comments: 'paid by 4111 1111 1111 1111',
};

test.each([
  ['a,b,c', ['a', 'b', 'c']],
  ['a,,', ['a', '', '']],
  ['"a,b","c ""d"""', ['a,b', 'c "d"']],
  ['""', ['']],
  ['"open,b', undefined],
  ['"a"b,c', undefined],
  ['a"b,c', undefined],
])('splits %s', (line, fields) => {
  expect(splitCsvLine(line, ',')).toEqual(fields);
});

test('a row of history is a message of the domain, with nothing of a card but its last digits', () => {
  const message = toHistoryMessage(ROW, CSV);

  expect(reservationMessageSchema.parse(message)).toMatchObject({
    kind: 'modify',
    origin: 'warehouse-csv@1',
    confirmation: { value: 'W1', type: '14', source: 'warehouse-csv' },
    arrival: '2024-03-01',
    total: { afterTax: '210.50', currency: 'EUR' },
    guests: [{ isPrimary: true, surname: 'Müller', email: 'm@example.com' }],
    card: { lastFour: '1111' },
    version: { changedAtMs: Date.UTC(2024, 1, 29, 10), sequence: 2, rank: 1 },
  });
  expect(JSON.stringify(message)).not.toContain('411111111111');
  expect(JSON.stringify(message)).not.toContain('4111 1111');
});

test.each([
  ['MISSING_VALUE', 'confirmation', { confirmation: undefined }],
  ['MISSING_VALUE', 'changedAt', { changedAt: undefined }],
  ['UNKNOWN_STATUS', 'status', { status: 'LOST' }],
  ['NOT_A_DAY', 'arrival', { arrival: '2023-02-29' }],
  ['NOT_A_TIME', 'changedAt', { changedAt: '29.02.2024' }],
  ['NOT_AN_AMOUNT', 'afterTax', { afterTax: '1e3' }],
  ['NOT_A_CURRENCY', 'currency', { currency: '€' }],
  ['NOT_A_NUMBER', 'adults', { adults: '-1' }],
  ['DEPARTURE_BEFORE_ARRIVAL', 'departure', { departure: '2024-02-28' }],
  ['VALUE_TOO_LONG', 'confirmation', { confirmation: 'W'.repeat(101) }],
])('rejects %s of %s, without its value', (code, field, change) => {
  const values = Object.fromEntries(Object.entries({ ...ROW, ...change }).filter(([, value]) => value !== undefined));

  expect(() => toHistoryMessage(values, CSV)).toThrow(new RowRejected(code as RowRejected['rejection']['code'], field));
});

test('reads columns by name, wherever they stand and whatever is between', () => {
  const readRow = rowReader(CSV, `EXTRA,${HEADER}`);

  expect(readRow(`x,W1${','.repeat(Object.keys(CSV.columns).length - 1)}`)).toEqual({ confirmation: 'W1' });
  expect(() => readRow('W1')).toThrow(new RowRejected('WRONG_COLUMN_COUNT'));
  expect(() => rowReader(CSV, 'RESV_NO')).toThrow('The file has no column LAST_CHANGED_UTC');
});

test('reads rows of JSON, numbers as they are written', () => {
  const readRow = rowReader(JSONL, '');

  expect(readRow('{"reservationNumber":17,"totalAmount":210.5,"email":null,"more":[]}')).toEqual({
    confirmation: '17',
    afterTax: '210.5',
  });
  expect(() => readRow('[1]')).toThrow(new RowRejected('NOT_JSON'));
  expect(() => readRow('{"email":{}}')).toThrow(new RowRejected('NOT_JSON', 'email'));
});

test('a format says what is wrong with it', () => {
  const { columns, ...rest } = documentOf('csv') as { columns: Record<string, string> };

  expect(parseHistoryFormat({ ...rest, version: 0, columns: { ...columns, confirmation: undefined } })).toMatchObject({
    kind: 'invalid',
    problems: [expect.stringMatching(/^version: /), expect.stringMatching(/^columns.confirmation: /)],
  });
});
