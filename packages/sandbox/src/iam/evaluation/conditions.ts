import type { ConditionContext } from '../../core/service.ts';
import { type ConditionValue, listOf, type PolicyStatement } from '../policies/policy-document.ts';
import { contextValues, hasContextKey, substituteVariables } from '../policies/policy-variables.ts';
import { type ConditionOperator, readOperator } from './condition-operators.ts';

/** Whether every condition of a statement holds for the request; an operator that IAM does not have throws. */
export function conditionsHold(conditions: PolicyStatement['Condition'], context: ConditionContext): boolean {
  return Object.entries(conditions ?? {}).every(([operator, keys]) =>
    Object.entries(keys).every(([key, values]) =>
      conditionHolds(operator, key, listOf<ConditionValue>(values), context),
    ),
  );
}

function conditionHolds(
  operatorName: string,
  key: string,
  policyValues: readonly ConditionValue[],
  context: ConditionContext,
): boolean {
  const written = readOperator(operatorName);
  if (!written) throw new Error(`The sandbox does not judge the IAM condition operator ${operatorName}.`);
  const present = hasContextKey(context, key);
  if (written.kind === 'null') return policyValues.some((value) => (String(value) === 'true') !== present);
  const { operator, quantifier, ifExists } = written;
  if (!present) return ifExists || quantifier === 'ForAllValues' || (quantifier === undefined && operator.negated);
  const expected = policyValues.flatMap((value) => substituteVariables(String(value), context) ?? []);
  return quantified(quantifier, contextValues(context, key), (actual) => holdsFor(operator, actual, expected));
}

/** A key with several values under an operator without `ForAllValues:` / `ForAnyValue:` counts as ForAnyValue. */
function quantified(
  quantifier: string | undefined,
  values: readonly string[],
  holds: (actual: string) => boolean,
): boolean {
  return quantifier === 'ForAllValues' ? values.every(holds) : values.some(holds);
}

function holdsFor(operator: ConditionOperator, actual: string, expected: readonly string[]): boolean {
  return expected.some((value) => operator.compare(actual, value)) !== operator.negated;
}
