import { isObject } from '../../../../core/protocols/json.ts';
import { resultPathProblem } from './check-expressions.ts';
import { type Problem, schemaProblem } from './problem.ts';

const RETRIER_FIELDS = [
  'ErrorEquals',
  'IntervalSeconds',
  'MaxAttempts',
  'BackoffRate',
  'MaxDelaySeconds',
  'JitterStrategy',
  'Comment',
];
const CATCHER_FIELDS = ['ErrorEquals', 'Next', 'ResultPath', 'Comment'];

/** The retriers and catchers of a state. */
export function errorHandlingProblems(state: Readonly<Record<string, unknown>>, location: string): readonly Problem[] {
  return [
    ...listProblems(state.Retry, `${location}/Retry`, retrierProblems),
    ...listProblems(state.Catch, `${location}/Catch`, catcherProblems),
  ];
}

type Check = (entry: Readonly<Record<string, unknown>>, location: string) => readonly Problem[];

function listProblems(entries: unknown, location: string, check: Check): readonly Problem[] {
  if (entries === undefined) return [];
  if (!Array.isArray(entries)) return [schemaProblem('Retry and Catch must be arrays', location)];
  return entries.flatMap((entry: unknown, index) => {
    const at = `${location}[${index}]`;
    if (!isObject(entry)) return [schemaProblem('A retrier or catcher must be an object', at)];
    return [
      ...errorEqualsProblems(entry.ErrorEquals, index === entries.length - 1, `${at}/ErrorEquals`),
      ...check(entry, at),
    ];
  });
}

function errorEqualsProblems(names: unknown, isLast: boolean, location: string): readonly Problem[] {
  if (!Array.isArray(names) || names.length === 0 || names.some((name) => typeof name !== 'string')) {
    return [schemaProblem("The field 'ErrorEquals' must be a non-empty array of strings", location)];
  }
  if (!names.includes('States.ALL') || (names.length === 1 && isLast)) return [];
  return [schemaProblem("'States.ALL' must appear alone in the last retrier or catcher", location)];
}

function retrierProblems(retrier: Readonly<Record<string, unknown>>, location: string): readonly Problem[] {
  const {
    IntervalSeconds: interval,
    MaxAttempts: attempts,
    BackoffRate: rate,
    MaxDelaySeconds: most,
    JitterStrategy: jitter,
  } = retrier;
  const isWhole = (value: unknown, least: number): boolean =>
    value === undefined || (Number.isInteger(value) && (value as number) >= least);
  return [
    ...unknownFields(retrier, RETRIER_FIELDS, location),
    ...(isWhole(interval, 1)
      ? []
      : [schemaProblem("The field 'IntervalSeconds' must be a positive integer", location)]),
    ...(isWhole(attempts, 0)
      ? []
      : [schemaProblem("The field 'MaxAttempts' must be a non-negative integer", location)]),
    ...(isWhole(most, 1) ? [] : [schemaProblem("The field 'MaxDelaySeconds' must be a positive integer", location)]),
    ...(rate === undefined || (typeof rate === 'number' && rate >= 1)
      ? []
      : [schemaProblem("The field 'BackoffRate' must be at least 1.0", location)]),
    ...(jitter === undefined || jitter === 'NONE' || jitter === 'FULL'
      ? []
      : [schemaProblem("The field 'JitterStrategy' must be NONE or FULL", location)]),
  ];
}

function catcherProblems(catcher: Readonly<Record<string, unknown>>, location: string): readonly Problem[] {
  return [
    ...unknownFields(catcher, CATCHER_FIELDS, location),
    ...resultPathProblem(catcher.ResultPath, `${location}/ResultPath`),
    ...(typeof catcher.Next === 'string' ? [] : [schemaProblem("A catcher must have a 'Next' field", location)]),
  ];
}

function unknownFields(
  entry: Readonly<Record<string, unknown>>,
  known: readonly string[],
  location: string,
): readonly Problem[] {
  return Object.keys(entry)
    .filter((name) => !known.includes(name))
    .map((name) => schemaProblem(`The field '${name}' is not supported by Step Functions`, `${location}/${name}`));
}
