import { type PathNamespaces, parsePath, type Step } from './path.ts';

/**
 * Whether a path of a shape leads to a place that an outline lists, such as `/a/b/@x`. Namespaces are not looked at, as
 * outlines have none.
 *
 * @throws RangeError for a path that cannot be used
 */
export function coversPath(path: string, place: string, namespaces: PathNamespaces = {}): boolean {
  const { steps, attribute } = parsePath(path, namespaces);
  const names = place.split('/').slice(1);
  const last = names.at(-1);
  const placeAttribute = last?.startsWith('@') ? last.slice(1) : undefined;
  if (placeAttribute !== undefined) names.pop();
  if (placeAttribute?.replace(/^.*:/, '') !== attribute?.local) return false;
  return fits(steps, names);
}

function fits(steps: readonly Step[], names: readonly string[]): boolean {
  const [step, ...later] = steps;
  if (step === undefined) return names.length === 0;
  const [name, ...rest] = names;
  if (name === undefined) return false;
  const isHere = step.names.some(({ local }) => local === undefined || local === name);
  return (isHere && fits(later, rest)) || (step.isDescendant && fits(steps, rest));
}
