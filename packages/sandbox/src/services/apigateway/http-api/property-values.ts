import { badRequest } from './api-errors.ts';

/** Values as templates write them: numbers and booleans may come as text. */
export const flag = (value: unknown, otherwise = false): boolean =>
  value === undefined ? otherwise : String(value) === 'true';

export const textOf = (value: unknown): string | undefined => (value === undefined ? undefined : String(value));

export const textsOf = (value: unknown): readonly string[] =>
  value === undefined ? [] : (Array.isArray(value) ? value : [value]).map(String);

/** Throws BadRequestException where the value is not a number within the bounds. */
export function numberWithin(name: string, value: unknown, [least, most]: readonly [number, number]): number {
  const number = Number(value);
  if (typeof value !== 'boolean' && value !== '' && number >= least && number <= most) return number;
  throw badRequest(`Invalid ${name}: ${String(value)}. It must be between ${least} and ${most}.`);
}

export function oneOf<T extends string>(name: string, value: unknown, known: readonly T[]): T {
  const found = known.find((one) => one === value);
  if (found) return found;
  throw badRequest(`The sandbox does not emulate ${name} ${String(value)}: it has ${known.join(', ')}.`);
}

/** Leaves out what is undefined, as exact optional properties want it. */
export function defined<T extends object>(members: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never;
}

export const tagsOf = (value: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries((value ?? {}) as Record<string, unknown>).map(([key, tag]) => [key, String(tag)]));

/** Refuses, by name, a member that is not emulated. */
export function refuseOthers(what: string, given: object, known: readonly string[]): void {
  const unknown = Object.keys(given).filter((name) => !known.includes(name));
  if (unknown.length > 0) throw badRequest(`The sandbox does not emulate ${what} ${unknown.join(', ')}.`);
}
