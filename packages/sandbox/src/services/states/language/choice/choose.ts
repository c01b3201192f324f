import type { Json } from '../../../../core/protocols/json.ts';
import type { ChoiceRule, ChoiceState } from '../definition.ts';
import { JsonPath, type PathScope } from '../paths/json-path.ts';
import { runtimeError, StateError } from '../state-error.ts';
import { COMPARISONS, TYPE_TESTS } from './comparisons.ts';

/** The state that follows a choice. Throws `States.NoChoiceMatched`, and `States.Runtime` for a variable that is not there. */
export function chooseNext({ Choices, Default }: ChoiceState, scope: PathScope): string {
  const chosen = Choices.find((rule) => holds(rule, scope))?.Next ?? Default;
  if (chosen !== undefined) return chosen;
  throw new StateError('States.NoChoiceMatched', 'No choice rule matched, and the state has no Default.');
}

/** Whether a rule is true for the data. */
export function holds(rule: ChoiceRule, scope: PathScope): boolean {
  if (rule.And) return rule.And.every((inner) => holds(inner, scope));
  if (rule.Or) return rule.Or.some((inner) => holds(inner, scope));
  if (rule.Not) return !holds(rule.Not, scope);
  const value = JsonPath.parse(rule.Variable ?? '').valueIn(scope);
  const [operator = '', expected] = comparisonOf(rule);
  if (value === undefined && operator !== 'IsPresent') throw missing(rule.Variable ?? '');
  const test = TYPE_TESTS.get(operator);
  if (test) return test(value) === expected;
  const isPath = operator.endsWith('Path');
  const compare = COMPARISONS.get(isPath ? operator.slice(0, -4) : operator);
  return compare?.(value as Json, isPath ? atPath(String(expected), scope) : (expected as Json)) === true;
}

/** Operator and expected value of a comparison. */
export function comparisonOf(rule: ChoiceRule): readonly [string, unknown] | readonly [] {
  return Object.entries(rule).find(([name]) => !['Variable', 'Next', 'Comment'].includes(name)) ?? [];
}

function atPath(path: string, scope: PathScope): Json {
  const value = JsonPath.parse(path).valueIn(scope);
  if (value === undefined) throw missing(path);
  return value;
}

function missing(path: string): StateError {
  return runtimeError(`Invalid path '${path}': The choice state's condition path references an invalid value.`);
}
