import { invalidPattern } from './invalid-pattern.ts';
import type { ValueTest } from './match-types.ts';

const ORDERS: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

/** AWS compares numbers between -5.0e9 and 5.0e9 only. */
const LARGEST = 5.0e9;

/** `["=", 5]`, `["<", 10]`, or a range, lower bound first: `[">", 0, "<=", 5]`. */
export function numeric(operand: unknown): ValueTest {
  if (!Array.isArray(operand)) throw invalidPattern('numeric match pattern must be an array');
  const [operator, bound, upperOperator, upperBound] = operand as unknown[];
  const tests = [condition(operator, bound)];
  if (operand.length > 2) {
    if (!/^>/.test(String(operator)) || !/^</.test(String(upperOperator)))
      throw invalidPattern('Bad numeric range operator');
    tests.push(condition(upperOperator, upperBound));
    if (Number(bound) >= Number(upperBound)) throw invalidPattern('Bottom must be less than top');
  }
  if (operand.length > 4) throw invalidPattern('Too many terms in numeric range expression');
  return (value) => typeof value === 'number' && Math.abs(value) <= LARGEST && tests.every((test) => test(value));
}

function condition(operator: unknown, bound: unknown): (value: number) => boolean {
  const order = typeof operator === 'string' && Object.hasOwn(ORDERS, operator) ? ORDERS[operator] : undefined;
  if (!order) throw invalidPattern(`Unrecognized numeric range operator: ${String(operator)}`);
  if (typeof bound !== 'number') throw invalidPattern('Value of numeric range must be a number');
  if (Math.abs(bound) > LARGEST) throw invalidPattern('Value must be between -5.0E9 and 5.0E9, inclusive');
  return (value) => order(value, bound);
}
