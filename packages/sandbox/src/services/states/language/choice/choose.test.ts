import { expect, test } from '@jest/globals';
import type { Json } from '../../../../core/protocols/json.ts';
import type { ChoiceRule } from '../definition.ts';
import { chooseNext, holds } from './choose.ts';

const data: Json = {
  text: 'lamp',
  number: 5,
  yes: true,
  at: '2026-01-01T12:00:00Z',
  sameInstant: '2026-01-01T13:00:00+01:00',
  nothing: null,
  other: { text: 'lamp', number: 6, yes: true, at: '2026-01-01T11:59:59.5Z' },
};
const scope = { data, context: {} };

const numeric = (operator: string, expected: number): ChoiceRule => ({ Variable: '$.number', [operator]: expected });
const text = (operator: string, expected: string): ChoiceRule => ({ Variable: '$.text', [operator]: expected });
const time = (operator: string, expected: string): ChoiceRule => ({ Variable: '$.at', [operator]: expected });

test.each<[ChoiceRule, boolean]>([
  [text('StringEquals', 'lamp'), true],
  [text('StringEquals', 'Lamp'), false],
  [text('StringEqualsPath', '$.other.text'), true],
  [text('StringLessThan', 'lamps'), true],
  [text('StringLessThanPath', '$.other.text'), false],
  [text('StringGreaterThan', 'lam'), true],
  [text('StringGreaterThanPath', '$.other.text'), false],
  [text('StringLessThanEquals', 'lamp'), true],
  [text('StringLessThanEqualsPath', '$.other.text'), true],
  [text('StringGreaterThanEquals', 'lamq'), false],
  [text('StringGreaterThanEqualsPath', '$.other.text'), true],
  [text('StringMatches', 'l*p'), true],
  [text('StringMatches', '*a*'), true],
  [text('StringMatches', 'l*m'), false],
  [text('StringMatches', 'lamp\\*'), false],
  [numeric('NumericEquals', 5), true],
  [numeric('NumericLessThan', 5), false],
  [numeric('NumericGreaterThan', 4.9), true],
  [numeric('NumericLessThanEquals', 5), true],
  [numeric('NumericGreaterThanEquals', 5.1), false],
  ...['Equals', 'LessThan', 'GreaterThan', 'LessThanEquals', 'GreaterThanEquals'].map(
    (order): [ChoiceRule, boolean] => [
      { Variable: '$.number', [`Numeric${order}Path`]: '$.other.number' },
      order.startsWith('Less'),
    ],
  ),
  [{ Variable: '$.text', NumericEquals: 5 }, false],
  [{ Variable: '$.yes', BooleanEquals: true }, true],
  [{ Variable: '$.yes', BooleanEquals: false }, false],
  [{ Variable: '$.yes', BooleanEqualsPath: '$.other.yes' }, true],
  [{ Variable: '$.text', BooleanEquals: true }, false],
  [time('TimestampEquals', '2026-01-01T12:00:00.000Z'), true],
  [time('TimestampEqualsPath', '$.sameInstant'), true],
  [time('TimestampLessThan', '2026-01-01T12:00:00Z'), false],
  [time('TimestampLessThanPath', '$.other.at'), false],
  [time('TimestampGreaterThan', '2025-01-01T00:00:00Z'), true],
  [time('TimestampGreaterThanPath', '$.other.at'), true],
  [time('TimestampLessThanEquals', '2026-01-01T12:00:00Z'), true],
  [time('TimestampLessThanEqualsPath', '$.sameInstant'), true],
  [time('TimestampGreaterThanEquals', '2026-01-01T12:00:01Z'), false],
  [time('TimestampGreaterThanEqualsPath', '$.sameInstant'), true],
  [{ Variable: '$.nothing', IsNull: true }, true],
  [{ Variable: '$.text', IsNull: false }, true],
  [{ Variable: '$.nowhere', IsPresent: false }, true],
  [{ Variable: '$.nothing', IsPresent: true }, true],
  [{ Variable: '$.number', IsNumeric: true }, true],
  [{ Variable: '$.text', IsString: true }, true],
  [{ Variable: '$.yes', IsBoolean: true }, true],
  [{ Variable: '$.at', IsTimestamp: true }, true],
  [{ Variable: '$.text', IsTimestamp: true }, false],
  [{ And: [text('StringEquals', 'lamp'), numeric('NumericEquals', 5)] }, true],
  [{ And: [text('StringEquals', 'lamp'), numeric('NumericEquals', 6)] }, false],
  [{ Or: [text('StringEquals', 'x'), numeric('NumericEquals', 5)] }, true],
  [{ Not: { Or: [text('StringEquals', 'x'), { Not: numeric('NumericEquals', 5) }] } }, true],
])('%j holds: %s', (rule, expected) => {
  expect(holds(rule, scope)).toBe(expected);
});

test('the first rule that holds leads on, else the default', () => {
  const rules = [
    { ...text('StringEquals', 'x'), Next: 'A' },
    { ...text('StringEquals', 'lamp'), Next: 'B' },
    { ...text('IsString', 'lamp'), Next: 'C' },
  ];
  expect(chooseNext({ Type: 'Choice', Choices: rules }, scope)).toBe('B');
  expect(chooseNext({ Type: 'Choice', Choices: rules.slice(0, 1), Default: 'D' }, scope)).toBe('D');
  expect(() => chooseNext({ Type: 'Choice', Choices: rules.slice(0, 1) }, scope)).toThrow(
    expect.objectContaining({ error: 'States.NoChoiceMatched' }) as unknown as Error,
  );
});

test('a variable that is not there is a runtime error', () => {
  expect(() => holds({ Variable: '$.nowhere', StringEquals: 'x' }, scope)).toThrow("Invalid path '$.nowhere'");
});
