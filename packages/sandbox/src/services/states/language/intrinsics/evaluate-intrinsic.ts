import type { Json } from '../../../../core/protocols/json.ts';
import type { PathScope } from '../paths/json-path.ts';
import { runtimeError } from '../state-error.ts';
import { ARRAY_FUNCTIONS } from './array-functions.ts';
import { failure, type IntrinsicFunction } from './intrinsic-function.ts';
import { MATH_FUNCTIONS } from './math-functions.ts';
import { type IntrinsicArgument, type IntrinsicCall, parseIntrinsic } from './parse-intrinsic.ts';
import { TEXT_FUNCTIONS } from './text-functions.ts';

const FUNCTIONS: ReadonlyMap<string, IntrinsicFunction> = new Map(
  Object.entries({ ...ARRAY_FUNCTIONS, ...TEXT_FUNCTIONS, ...MATH_FUNCTIONS }),
);

/** What an expression sees, and where its random numbers come from. */
export interface IntrinsicScope extends PathScope {
  readonly random: () => number;
}

/** Whether there is such a function. */
export function isIntrinsic(name: string): boolean {
  return FUNCTIONS.has(name);
}

/**
 * Evaluates `States.Format('Lamp {}', $.name)`, any of the 18 functions, nested.
 * Throws `States.IntrinsicFailure`, and `States.Runtime` for a path that finds nothing.
 */
export function evaluateIntrinsic(expression: string, scope: IntrinsicScope): Json {
  return evaluateCall(parseIntrinsic(expression), scope);
}

function evaluateCall({ name, args }: IntrinsicCall, scope: IntrinsicScope): Json {
  const call = FUNCTIONS.get(name);
  if (!call) throw failure(`There is no intrinsic function ${name}`);
  return call(
    args.map((argument) => evaluateArgument(argument, scope)),
    scope.random,
  );
}

function evaluateArgument(argument: IntrinsicArgument, scope: IntrinsicScope): Json {
  if (argument.kind === 'value') return argument.value;
  if (argument.kind === 'call') return evaluateCall(argument.call, scope);
  const value = argument.path.valueIn(scope);
  if (value === undefined)
    throw runtimeError(
      `The JSONPath '${argument.text}' could not be found in the input '${JSON.stringify(scope.data)}'`,
    );
  return value;
}
