import { isObject } from '../../../../core/protocols/json.ts';
import { type ResourceCheck, stateProblems } from './check-state.ts';
import { type Problem, schemaProblem } from './problem.ts';

type Fields = Readonly<Record<string, unknown>>;

const ENDING = ['Choice', 'Succeed', 'Fail'];
const LONGEST_NAME = 80;

/** States, where they lead, and the graphs inside Parallel and Map states. */
export function graphProblems(graph: unknown, location: string, refuseResource: ResourceCheck): readonly Problem[] {
  if (!isObject(graph)) return [schemaProblem('A definition must be an object', location || '/')];
  const { StartAt, States } = graph as Fields;
  if (typeof StartAt !== 'string') return [schemaProblem('These fields are required: [StartAt]', location || '/')];
  if (!isObject(States) || Object.keys(States).length === 0)
    return [schemaProblem('These fields are required: [States]', location || '/')];
  const names = new Set(Object.keys(States));
  return [
    ...(names.has(StartAt) ? [] : [missingTarget('StartAt', StartAt, `${location}/StartAt`)]),
    ...Object.entries(States).flatMap(([name, state]): readonly Problem[] => {
      const at = `${location}/States/${name}`;
      if (!isObject(state)) return [schemaProblem('A state must be an object', at)];
      return [
        ...(name.length > LONGEST_NAME
          ? [schemaProblem(`A state's name has at most ${LONGEST_NAME} characters`, at)]
          : []),
        ...stateProblems(state, at, refuseResource),
        ...transitionProblems(state, names, at),
        ...innerProblems(state, at, refuseResource),
      ];
    }),
  ];
}

function transitionProblems(state: Fields, names: ReadonlySet<string>, location: string): readonly Problem[] {
  const hasEnd = state.End === true;
  const needsWay = !ENDING.includes(String(state.Type));
  const way =
    needsWay && hasEnd === (state.Next !== undefined)
      ? [schemaProblem("A state must have either 'Next' or 'End'", location)]
      : [];
  const targets = [
    ['Next', state.Next],
    ['Default', state.Default],
    ...[state.Choices, state.Catch]
      .flatMap((rules) => (Array.isArray(rules) ? rules : []))
      .map((rule: Fields) => ['Next', rule?.Next]),
  ];
  return [
    ...way,
    ...targets
      .filter(([, target]) => target !== undefined && !names.has(String(target)))
      .map(([field, target]) => missingTarget(String(field), String(target), `${location}/${String(field)}`)),
  ];
}

function innerProblems(state: Fields, location: string, refuseResource: ResourceCheck): readonly Problem[] {
  if (state.Type === 'Parallel' && Array.isArray(state.Branches)) {
    return state.Branches.flatMap((branch: unknown, index) =>
      graphProblems(branch, `${location}/Branches[${index}]`, refuseResource),
    );
  }
  const processor = state.ItemProcessor ?? state.Iterator;
  if (state.Type !== 'Map' || !isObject(processor)) return [];
  return graphProblems(processor, `${location}/ItemProcessor`, refuseResource);
}

function missingTarget(field: string, target: string, location: string): Problem {
  return { code: 'MISSING_TRANSITION_TARGET', message: `Missing '${field}' target: ${target}`, location };
}
