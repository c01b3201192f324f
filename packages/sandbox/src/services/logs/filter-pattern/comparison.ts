import { invalidPattern } from './invalid-pattern.ts';
import { patternRegex } from './pattern-regex.ts';

/** Judges the values that a selector found: none where the field is absent, several where it goes over an array. */
export type Comparison = (values: readonly unknown[]) => boolean;

const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;

const STATES: Readonly<Record<string, Comparison>> = {
  'IS NULL': (values) => values.some((value) => value === null),
  'IS TRUE': (values) => values.some((value) => value === true),
  'IS FALSE': (values) => values.some((value) => value === false),
  'NOT EXISTS': (values) => values.length === 0,
};

const ORDERS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

/** A comparison of the filter pattern language; a field that is absent meets only `NOT EXISTS`. */
export function compileComparison(operator: string, literal: string): Comparison {
  const state = STATES[operator];
  if (state) return state;
  if (operator === '=' || operator === '!=') {
    const equals = equality(literal);
    return operator === '=' ? (values) => values.some(equals) : (values) => values.length > 0 && !values.some(equals);
  }
  const order = ORDERS[operator];
  if (!order) throw invalidPattern(`unknown operator ${operator}`);
  if (!NUMBER.test(literal)) throw invalidPattern(`${operator} needs a number, not ${literal}`);
  return (values) => values.some((value) => isNumeric(value) && order(Number(value), Number(literal)));
}

function equality(literal: string): (value: unknown) => boolean {
  if (literal.startsWith('%')) {
    const regex = patternRegex(literal.slice(1, -1));
    return (value) => isScalar(value) && regex.test(String(value));
  }
  const isQuoted = literal.startsWith('"');
  const text = isQuoted ? literal.slice(1, -1).replace(/\\(.)/g, '$1') : literal;
  if (!isQuoted && NUMBER.test(text)) {
    return (value) => value === text || (isNumeric(value) && Number(value) === Number(text));
  }
  if (!text.includes('*')) return (value) => isScalar(value) && String(value) === text;
  const glob = new RegExp(`^${text.split('*').map(escapeRegex).join('.*')}$`, 's');
  return (value) => isScalar(value) && glob.test(String(value));
}

function escapeRegex(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function isNumeric(value: unknown): value is number | string {
  return typeof value === 'number' || (typeof value === 'string' && NUMBER.test(value));
}

function isScalar(value: unknown): boolean {
  return value !== null && typeof value !== 'object';
}
