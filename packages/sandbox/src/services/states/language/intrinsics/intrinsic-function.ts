import { isObject, type Json, type JsonObject } from '../../../../core/protocols/json.ts';
import { StateError } from '../state-error.ts';

/** One intrinsic function; `random` gives numbers in [0, 1). */
export type IntrinsicFunction = (args: readonly Json[], random: () => number) => Json;

export function failure(reason: string): StateError {
  return new StateError('States.IntrinsicFailure', reason);
}

/** Throws `States.IntrinsicFailure` unless there are as many arguments as that. */
export function expectCount(name: string, args: readonly Json[], least: number, most = least): void {
  if (args.length >= least && args.length <= most) return;
  throw failure(`Invalid number of arguments for ${name}: ${args.length}`);
}

export function text(name: string, value: Json | undefined): string {
  if (typeof value === 'string') return value;
  throw failure(`${name} takes a text, not ${JSON.stringify(value)}`);
}

export function list(name: string, value: Json | undefined): readonly Json[] {
  if (Array.isArray(value)) return value;
  throw failure(`${name} takes an array, not ${JSON.stringify(value)}`);
}

export function object(name: string, value: Json | undefined): JsonObject {
  if (isObject(value)) return value;
  throw failure(`${name} takes an object, not ${JSON.stringify(value)}`);
}

/** AWS rounds numbers that are not whole. */
export function integer(name: string, value: Json | undefined): number {
  if (typeof value === 'number' && Math.abs(value) < 2 ** 31) return Math.round(value);
  throw failure(`${name} takes a 32-bit integer, not ${JSON.stringify(value)}`);
}
