import { isObject } from '../../../../core/protocols/json.ts';
import { comparisonOf } from '../choice/choose.ts';
import { COMPARISONS, TYPE_TESTS } from '../choice/comparisons.ts';
import { timestampMs } from '../timestamp.ts';
import { expressionProblem } from './check-expressions.ts';
import { type Problem, schemaProblem } from './problem.ts';

/** The rules of a Choice state. */
export function choiceProblems(choices: unknown, location: string): readonly Problem[] {
  if (!Array.isArray(choices) || choices.length === 0)
    return [schemaProblem("The field 'Choices' must be a non-empty array", location)];
  return choices.flatMap((rule: unknown, index) => [
    ...(isObject(rule) && typeof rule.Next === 'string'
      ? []
      : [schemaProblem("A choice rule must have a 'Next' field", `${location}[${index}]`)]),
    ...ruleProblems(rule, `${location}[${index}]`),
  ]);
}

function ruleProblems(rule: unknown, location: string): readonly Problem[] {
  if (!isObject(rule)) return [schemaProblem('A choice rule must be an object', location)];
  for (const name of ['And', 'Or'] as const) {
    const inner = rule[name];
    if (Array.isArray(inner)) return inner.flatMap((one, index) => ruleProblems(one, `${location}/${name}[${index}]`));
  }
  if (rule.Not !== undefined) return ruleProblems(rule.Not, `${location}/Not`);
  const [operator, expected] = comparisonOf(rule);
  if (operator === undefined || rule.Variable === undefined) {
    return [schemaProblem("A choice rule must have a 'Variable' and a comparison", location)];
  }
  return [
    ...expressionProblem(rule.Variable, `${location}/Variable`),
    ...comparisonProblems(operator, expected, location),
  ];
}

function comparisonProblems(operator: string, expected: unknown, location: string): readonly Problem[] {
  const at = `${location}/${operator}`;
  if (/^(?!StringMatches).*Path$/.test(operator) && COMPARISONS.has(operator.slice(0, -4))) {
    return expressionProblem(expected, at);
  }
  if (!TYPE_TESTS.has(operator) && !COMPARISONS.has(operator)) {
    return [schemaProblem(`The field '${operator}' is not supported by Step Functions`, at)];
  }
  const [, type, isRight] = EXPECTED.find(([prefix]) => operator.startsWith(prefix)) ?? EXPECTED[0];
  return isRight(expected) ? [] : [wrongType(operator, type, at)];
}

/** What a comparison compares with, by the beginning of its name. */
const EXPECTED: readonly [Expected, ...Expected[]] = [
  ['String', 'a string', (value) => typeof value === 'string'],
  ['Is', 'a boolean', (value) => typeof value === 'boolean'],
  ['Boolean', 'a boolean', (value) => typeof value === 'boolean'],
  ['Numeric', 'a number', (value) => typeof value === 'number'],
  ['Timestamp', 'a timestamp', (value) => timestampMs(value) !== undefined],
];
type Expected = readonly [prefix: string, type: string, isRight: (value: unknown) => boolean];

function wrongType(operator: string, type: string, location: string): Problem {
  return schemaProblem(`The value for the field '${operator}' must be ${type}`, location);
}
