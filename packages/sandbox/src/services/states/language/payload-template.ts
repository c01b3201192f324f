import { isObject, type Json } from '../../../core/protocols/json.ts';
import { evaluateIntrinsic, type IntrinsicScope } from './intrinsics/evaluate-intrinsic.ts';
import { JsonPath } from './paths/json-path.ts';
import { runtimeError } from './state-error.ts';

/** Fills a template: a member whose name ends in `.$` takes what its path or intrinsic function gives. Throws StateError. */
export function fillTemplate(template: Json, scope: IntrinsicScope): Json {
  if (Array.isArray(template)) return template.map((entry) => fillTemplate(entry as Json, scope));
  if (!isObject(template)) return template;
  return Object.fromEntries(
    Object.entries(template).map(([name, value]) =>
      name.endsWith('.$')
        ? [name.slice(0, -2), evaluateExpression(name, String(value), scope)]
        : [name, fillTemplate(value, scope)],
    ),
  );
}

/** The value of a path or an intrinsic function; `field` is named where the path finds nothing. */
export function evaluateExpression(field: string, expression: string, scope: IntrinsicScope): Json {
  if (!expression.startsWith('$')) return evaluateIntrinsic(expression, scope);
  const value = JsonPath.parse(expression).valueIn(scope);
  if (value !== undefined) return value;
  throw runtimeError(
    `The JSONPath '${expression}' specified for the field '${field}' could not be found in the input '${JSON.stringify(scope.data)}'`,
  );
}
