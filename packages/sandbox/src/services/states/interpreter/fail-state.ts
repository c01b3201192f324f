import type { Json } from '../../../core/protocols/json.ts';
import type { FailState } from '../language/definition.ts';
import { evaluateExpression } from '../language/payload-template.ts';
import { runtimeError, StateError } from '../language/state-error.ts';
import { type Frame, scopeOf } from './frame.ts';

/** The error with which a Fail state ends its execution. */
export function failState(state: FailState, input: Json, frame: Frame): StateError {
  const read = (field: string, path: string): string => {
    const value = evaluateExpression(field, path, scopeOf(frame, input));
    if (typeof value === 'string') return value;
    throw runtimeError(`The ${field} '${path}' must give a string, not ${JSON.stringify(value)}`);
  };
  const error = state.ErrorPath === undefined ? state.Error : read('ErrorPath', state.ErrorPath);
  const cause = state.CausePath === undefined ? state.Cause : read('CausePath', state.CausePath);
  return new StateError(error ?? '', cause);
}
