import { ApiError } from '../../core/service.ts';

/** Refuses, by name, members of a request that the sandbox does not emulate: nothing is silently ignored. */
export function refuseMembers(operation: string, input: object, names: readonly string[]): void {
  const given = names.filter((name) => Boolean((input as Record<string, unknown>)[name]));
  if (given.length > 0) {
    throw new ApiError('InvalidParameterException', `The sandbox does not emulate ${operation} ${given.join(', ')}.`);
  }
}
