import { invalidParameter } from './lambda-errors.ts';

/** A whole number within its limits, from a call or a template, which may write numbers as text. Throws InvalidParameterValueException. */
export function wholeNumber(name: string, value: number | string, [low, high]: readonly [number, number]): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < low || number > high) {
    throw invalidParameter(`'${name}' value ${value} failed to satisfy constraint: between ${low} and ${high}.`);
  }
  return number;
}

/** One of the values of an enumeration. Throws InvalidParameterValueException. */
export function oneOf<Choice extends string>(name: string, value: string, choices: readonly Choice[]): Choice {
  const choice = choices.find((candidate) => candidate === value);
  if (!choice) {
    throw invalidParameter(`'${name}' value ${value} failed to satisfy enum value set: ${choices.join(', ')}.`);
  }
  return choice;
}
