import { anythingBut } from './anything-but.ts';
import { cidr } from './cidr.ts';
import { invalidPattern } from './invalid-pattern.ts';
import { numeric } from './numeric.ts';
import { equalsIgnoreCase, prefix, suffix } from './text-tests.ts';
import { wildcard } from './wildcard.ts';

/** Judges one leaf of an event. */
export type ValueTest = (value: unknown) => boolean;

const COMPILERS: Readonly<Record<string, (operand: unknown) => ValueTest>> = {
  prefix,
  suffix,
  'equals-ignore-case': equalsIgnoreCase,
  'anything-but': anythingBut,
  numeric,
  cidr,
  wildcard,
};

/** Names of the language, which a field inside `$or` may not have. */
export const MATCH_TYPES: ReadonlySet<string> = new Set([...Object.keys(COMPILERS), 'exists', 'exactly']);

/** The values that a pattern lists for a field: one of them has to match. */
export function compileMatchers(values: readonly unknown[]): {
  readonly accepts: ValueTest;
  readonly acceptsAbsent: boolean;
} {
  const tests: ValueTest[] = [];
  let acceptsAbsent = false;
  for (const value of values) {
    const exists = existence(value);
    if (exists === false) acceptsAbsent = true;
    else tests.push(exists ? () => true : compileMatcher(value));
  }
  return { accepts: (value) => tests.some((test) => test(value)), acceptsAbsent };
}

function existence(value: unknown): boolean | undefined {
  if (value === null || typeof value !== 'object' || !('exists' in value)) return undefined;
  assertSingleKey(value);
  if (typeof value.exists !== 'boolean') throw invalidPattern('exists match pattern must be either true or false.');
  return value.exists;
}

function compileMatcher(value: unknown): ValueTest {
  if (Array.isArray(value)) throw invalidPattern('Match value must be String, number, true, false, or null');
  if (value === null || typeof value !== 'object') return (actual) => actual === value;
  const name = assertSingleKey(value);
  const compile = Object.hasOwn(COMPILERS, name) ? COMPILERS[name] : undefined;
  if (!compile) throw invalidPattern(`Unrecognized match type ${name}`);
  return compile((value as Record<string, unknown>)[name]);
}

function assertSingleKey(value: object): string {
  const [name, ...others] = Object.keys(value);
  if (name === undefined) throw invalidPattern('Empty objects are not allowed');
  if (others.length > 0) throw invalidPattern('Only one key allowed in match expression');
  return name;
}
