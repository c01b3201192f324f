import { isObject } from '../../../../core/protocols/json.ts';
import type { Definition } from '../definition.ts';
import { graphProblems } from './check-graph.ts';
import type { ResourceCheck } from './check-state.ts';
import { notEmulated, type Problem, schemaProblem } from './problem.ts';

const FIELDS = ['Comment', 'StartAt', 'States', 'TimeoutSeconds', 'Version', 'QueryLanguage'];
/** 1 MB: https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const MAX_BYTES = 1_048_576;

export type ParsedDefinition =
  | { readonly kind: 'valid'; readonly definition: Definition }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

/** Reads a definition, and says all that is wrong with it. `refuseResource` says what the sandbox cannot call. */
export function parseDefinition(text: string, refuseResource: ResourceCheck = () => undefined): ParsedDefinition {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return {
      kind: 'invalid',
      problems: [{ code: 'INVALID_JSON_DESCRIPTION', message: 'The definition is not a JSON text', location: '/' }],
    };
  }
  const problems = [...topProblems(value, text), ...graphProblems(value, '', refuseResource)];
  return problems.length > 0
    ? { kind: 'invalid', problems }
    : { kind: 'valid', definition: value as unknown as Definition };
}

function topProblems(value: unknown, text: string): readonly Problem[] {
  if (!isObject(value)) return [];
  const { TimeoutSeconds: timeout, QueryLanguage: language = 'JSONPath' } = value;
  return [
    ...(Buffer.byteLength(text) > MAX_BYTES ? [schemaProblem(`A definition has at most ${MAX_BYTES} bytes`, '/')] : []),
    ...(language === 'JSONPath' ? [] : [notEmulated(`the query language ${String(language)}`, '/QueryLanguage')]),
    ...(timeout === undefined || (Number.isInteger(timeout) && (timeout as number) > 0)
      ? []
      : [schemaProblem("The field 'TimeoutSeconds' must be a positive integer", '/TimeoutSeconds')]),
    ...Object.keys(value)
      .filter((name) => !FIELDS.includes(name))
      .map((name) => schemaProblem(`The field '${name}' is not supported by Step Functions`, `/${name}`)),
  ];
}
