import { ApiError } from '../../../core/service.ts';
import type { Problem } from '../language/validation/problem.ts';

export const machineDoesNotExist = (arn: string): ApiError =>
  new ApiError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);

export const executionDoesNotExist = (arn: string): ApiError =>
  new ApiError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);

export const invalidArn = (arn: string): ApiError => new ApiError('InvalidArn', `Invalid Arn: '${arn}'`);

export const invalidName = (name: string): ApiError => new ApiError('InvalidName', `Invalid Name: '${name}'`);

/** All that is wrong with a definition, as AWS writes it. */
export function invalidDefinition(problems: readonly Problem[]): ApiError {
  const told = problems.map(({ code, message, location }) => `${code}: ${message} at ${location}`).join(', ');
  return new ApiError('InvalidDefinition', `Invalid State Machine Definition: '${told}'`);
}

/** Throws `InvalidName`: 1 to 80 characters, no white space, wildcards, brackets or special ones. */
export function assertName(name: unknown): asserts name is string {
  if (typeof name === 'string' && /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f]{1,80}$/.test(name)) return;
  throw invalidName(String(name));
}

/** Refuses, by name, members of a request that the sandbox would have to ignore. */
export function refuseMembers(
  operation: string,
  input: Readonly<Record<string, unknown>>,
  names: readonly string[],
): void {
  const given = names.filter((name) => input[name] !== undefined && input[name] !== false);
  if (given.length > 0)
    throw new ApiError('ValidationException', `The sandbox does not emulate ${operation} ${given.join(', ')}.`);
}
