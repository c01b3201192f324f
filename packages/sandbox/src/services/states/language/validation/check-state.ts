import { isObject } from '../../../../core/protocols/json.ts';
import type { State } from '../definition.ts';
import { choiceProblems } from './check-choice.ts';
import { errorHandlingProblems } from './check-errors.ts';
import { expressionProblems } from './check-expressions.ts';
import { mapProblems } from './check-map.ts';
import { FIELDS, NOT_EMULATED_FIELDS } from './fields.ts';
import { notEmulated, type Problem, schemaProblem } from './problem.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What the caller knows of the resources that a Task may name. */
export type ResourceCheck = (resource: string) => string | undefined;

/** One state but for the states inside it and for where it leads. */
export function stateProblems(state: Fields, location: string, refuseResource: ResourceCheck): readonly Problem[] {
  const type = state.Type as State['Type'];
  if (state.QueryLanguage !== undefined && state.QueryLanguage !== 'JSONPath')
    return [notEmulated(`the query language ${String(state.QueryLanguage)}`, `${location}/QueryLanguage`)];
  if (!Object.hasOwn(FIELDS, String(type)))
    return [schemaProblem(`These fields are required or invalid: [Type]`, location)];
  return [
    ...fieldProblems(state, FIELDS[type], location),
    ...expressionProblems(state, location),
    ...errorHandlingProblems(state, location),
    ...(type === 'Task' ? taskProblems(state, location, refuseResource) : []),
    ...(type === 'Wait' ? waitProblems(state, location) : []),
    ...(type === 'Choice' ? choiceProblems(state.Choices, `${location}/Choices`) : []),
    ...(type === 'Map' ? mapProblems(state, location) : []),
    ...(type === 'Parallel' && !isFilled(state.Branches)
      ? [schemaProblem("The field 'Branches' must be a non-empty array", `${location}/Branches`)]
      : []),
  ];
}

function fieldProblems(state: Fields, known: readonly string[], location: string): readonly Problem[] {
  return Object.keys(state)
    .filter((name) => !known.includes(name))
    .map((name) =>
      NOT_EMULATED_FIELDS.has(name)
        ? notEmulated(`${name} of a state`, `${location}/${name}`)
        : schemaProblem(`The field '${name}' is not supported by Step Functions`, `${location}/${name}`),
    );
}

function taskProblems(state: Fields, location: string, refuseResource: ResourceCheck): readonly Problem[] {
  if (typeof state.Resource !== 'string' || !state.Resource.startsWith('arn:')) {
    return [schemaProblem('Value is not a valid resource ARN', `${location}/Resource`)];
  }
  const refusal = refuseResource(state.Resource);
  const isToken = state.Resource.endsWith('.waitForTaskToken');
  const bothTimeouts = ['Timeout', 'Heartbeat'].filter(
    (name) => state[`${name}Seconds`] !== undefined && state[`${name}SecondsPath`] !== undefined,
  );
  const { TimeoutSeconds: timeout, HeartbeatSeconds: heartbeat } = state;
  return [
    ...(refusal === undefined ? [] : [notEmulated(refusal, `${location}/Resource`)]),
    ...bothTimeouts.map((name) =>
      schemaProblem(`Only one of '${name}Seconds' and '${name}SecondsPath' may be given`, location),
    ),
    ...(typeof timeout === 'number' && typeof heartbeat === 'number' && heartbeat >= timeout
      ? [schemaProblem("The value of 'HeartbeatSeconds' must be smaller than 'TimeoutSeconds'", location)]
      : []),
    ...(isToken && !JSON.stringify(state.Parameters ?? {}).includes('$$.Task.Token')
      ? [schemaProblem("The field 'Parameters' must pass the task token '$$.Task.Token'", location)]
      : []),
  ];
}

function waitProblems(state: Fields, location: string): readonly Problem[] {
  const given = ['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath'].filter((name) => state[name] !== undefined);
  return given.length === 1
    ? []
    : [
        schemaProblem(
          "A Wait state must have exactly one of 'Seconds', 'SecondsPath', 'Timestamp' and 'TimestampPath'",
          location,
        ),
      ];
}

const isFilled = (value: unknown): boolean => Array.isArray(value) && value.length > 0 && value.every(isObject);
