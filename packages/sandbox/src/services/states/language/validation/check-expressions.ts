import { isObject } from '../../../../core/protocols/json.ts';
import { isIntrinsic } from '../intrinsics/evaluate-intrinsic.ts';
import { type IntrinsicCall, parseIntrinsic } from '../intrinsics/parse-intrinsic.ts';
import { JsonPath } from '../paths/json-path.ts';
import { parseReferencePath } from '../paths/reference-path.ts';
import { PATH_FIELDS } from './fields.ts';
import { type Problem, schemaProblem } from './problem.ts';

/** Paths and intrinsic functions of one state that cannot be read. */
export function expressionProblems(state: Readonly<Record<string, unknown>>, location: string): readonly Problem[] {
  const paths = PATH_FIELDS.filter((name) => state[name] !== undefined && state[name] !== null);
  return [
    ...paths.flatMap((name) => expressionProblem(state[name], `${location}/${name}`)),
    ...resultPathProblem(state.ResultPath, `${location}/ResultPath`),
    ...['Parameters', 'ResultSelector', 'ItemSelector'].flatMap((name) =>
      templateProblems(state[name], `${location}/${name}`),
    ),
  ];
}

/** A template whose `.$` members are no paths or functions. */
export function templateProblems(template: unknown, location: string): readonly Problem[] {
  if (Array.isArray(template))
    return template.flatMap((entry, index) => templateProblems(entry, `${location}[${index}]`));
  if (!isObject(template)) return [];
  return Object.entries(template).flatMap(([name, value]) =>
    name.endsWith('.$')
      ? expressionProblem(value, `${location}/${name}`)
      : templateProblems(value, `${location}/${name}`),
  );
}

export function expressionProblem(expression: unknown, location: string): readonly Problem[] {
  if (typeof expression === 'string' && readable(() => readExpression(expression))) return [];
  const name = location.slice(location.lastIndexOf('/') + 1);
  return [
    schemaProblem(
      `The value for the field '${name}' must be a valid JSONPath or a valid intrinsic function call`,
      location,
    ),
  ];
}

export function resultPathProblem(path: unknown, location: string): readonly Problem[] {
  if (path === undefined || path === null) return [];
  const isContext = typeof path === 'string' && path.startsWith('$$');
  if (typeof path === 'string' && !isContext && readable(() => parseReferencePath(path))) return [];
  return [schemaProblem("The value for the field 'ResultPath' must be a valid reference path", location)];
}

function readExpression(expression: string): void {
  if (expression.startsWith('$')) JsonPath.parse(expression);
  else assertKnown(parseIntrinsic(expression));
}

function assertKnown({ name, args }: IntrinsicCall): void {
  if (!isIntrinsic(name)) throw new Error(`There is no ${name}.`);
  for (const argument of args) if (argument.kind === 'call') assertKnown(argument.call);
}

function readable(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}
