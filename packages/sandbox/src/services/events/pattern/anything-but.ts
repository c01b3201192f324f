import { invalidPattern } from './invalid-pattern.ts';
import type { ValueTest } from './match-types.ts';
import { equalsIgnoreCase, prefix, suffix } from './text-tests.ts';
import { wildcard } from './wildcard.ts';

const NESTED: Readonly<Record<string, (operand: unknown) => ValueTest>> = {
  prefix,
  suffix,
  'equals-ignore-case': equalsIgnoreCase,
  wildcard,
};

/**
 * Any value that is there but the given: a string, a number, a list of either, or `prefix`, `suffix`, `equals-ignore-case` and `wildcard`
 * with one string or a list of them.
 */
export function anythingBut(operand: unknown): ValueTest {
  if (operand !== null && typeof operand === 'object' && !Array.isArray(operand)) return nested(operand);
  const refused = listOf(operand);
  const types = new Set(refused.map((value) => typeof value));
  if (types.size > 1 || !(types.has('string') || types.has('number'))) {
    throw invalidPattern(
      'Inside anything-but list, either all values are number or string, mixed type is not supported',
    );
  }
  return (value) => !refused.includes(value);
}

function nested(operand: object): ValueTest {
  const [name, ...others] = Object.keys(operand);
  const compile = name !== undefined && Object.hasOwn(NESTED, name) ? NESTED[name] : undefined;
  if (!compile || others.length > 0)
    throw invalidPattern(`Unsupported anything-but pattern: ${Object.keys(operand).join()}`);
  const tests = listOf(Object.values(operand)[0]).map(compile);
  return (value) => !tests.some((test) => test(value));
}

function listOf(operand: unknown): readonly unknown[] {
  const list = Array.isArray(operand) ? operand : [operand];
  if (list.length === 0) throw invalidPattern('Empty arrays are not allowed');
  return list;
}
