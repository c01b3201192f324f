import type { Json } from '../../../../core/protocols/json.ts';
import { timestampMs } from '../timestamp.ts';
import { matchesPattern } from './match-pattern.ts';

/** Compares the value of a choice's variable with what the rule gives; values of another type never match. */
export type Comparison = (value: Json, expected: Json) => boolean;

type Ordered = number | string;
const ORDERS: Readonly<Record<string, (a: Ordered, b: Ordered) => boolean>> = {
  Equals: (a, b) => a === b,
  LessThan: (a, b) => a < b,
  GreaterThan: (a, b) => a > b,
  LessThanEquals: (a, b) => a <= b,
  GreaterThanEquals: (a, b) => a >= b,
};

/** What makes values of each type comparable. */
const TYPES: Readonly<Record<string, (value: Json) => Ordered | undefined>> = {
  String: (value) => (typeof value === 'string' ? value : undefined),
  Numeric: (value) => (typeof value === 'number' ? value : undefined),
  Timestamp: timestampMs,
};

/** Comparisons by name; each but StringMatches also has a `…Path` form, whose expected value is found by a path. */
export const COMPARISONS: ReadonlyMap<string, Comparison> = new Map([
  ...Object.entries(TYPES).flatMap(([type, read]) =>
    Object.entries(ORDERS).map(([order, compare]): [string, Comparison] => [
      `${type}${order}`,
      (value, expected) => {
        const [a, b] = [read(value), read(expected)];
        return a !== undefined && b !== undefined && compare(a, b);
      },
    ]),
  ),
  ['BooleanEquals', (value, expected) => typeof value === 'boolean' && value === expected],
  ['StringMatches', (value, expected) => typeof value === 'string' && matchesPattern(value, String(expected))],
]);

/** Tests of a variable's type; the rule says which answer it wants. Only IsPresent may look at a variable that is not there. */
export const TYPE_TESTS: ReadonlyMap<string, (value: Json | undefined) => boolean> = new Map([
  ['IsPresent', (value) => value !== undefined],
  ['IsNull', (value) => value === null],
  ['IsString', (value) => typeof value === 'string'],
  ['IsNumeric', (value) => typeof value === 'number'],
  ['IsBoolean', (value) => typeof value === 'boolean'],
  ['IsTimestamp', (value) => timestampMs(value) !== undefined],
]);
