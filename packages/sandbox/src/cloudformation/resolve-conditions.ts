import { intrinsicOf, isObject } from './intrinsic.ts';
import { resolveValue } from './resolve-value.ts';
import type { Scope } from './scope.ts';

/** Whether a named condition of the template holds. */
export function conditionHolds(name: string, scope: Scope, asking: readonly string[] = []): boolean {
  const conditions = scope.template.Conditions ?? {};
  if (!Object.hasOwn(conditions, name)) throw new Error(`The template has no condition ${name}.`);
  if (asking.includes(name)) throw new Error(`Circular conditions: ${[...asking, name].join(' -> ')}.`);
  return evaluate(conditions[name], scope, [...asking, name]);
}

function evaluate(node: unknown, scope: Scope, asking: readonly string[]): boolean {
  if (isObject(node) && Object.keys(node).length === 1 && typeof node.Condition === 'string') {
    return conditionHolds(node.Condition, scope, asking);
  }
  const call = intrinsicOf(node);
  const operands = Array.isArray(call?.argument) ? (call.argument as readonly unknown[]) : [];
  switch (call?.name) {
    case 'Fn::Equals': {
      const [left, right] = operands.map((operand) => JSON.stringify(resolveValue(operand, scope)));
      return left === right;
    }
    case 'Fn::Not':
      return !evaluate(operands[0], scope, asking);
    case 'Fn::And':
      return operands.every((operand) => evaluate(operand, scope, asking));
    case 'Fn::Or':
      return operands.some((operand) => evaluate(operand, scope, asking));
    default:
      throw new Error(`Condition ${asking.at(-1)} is not one that CloudFormation has: ${JSON.stringify(node)}.`);
  }
}
