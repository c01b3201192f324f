/** Something wrong in a definition, at a JSON pointer. */
export interface Problem {
  readonly code: 'SCHEMA_VALIDATION_FAILED' | 'MISSING_TRANSITION_TARGET' | 'INVALID_JSON_DESCRIPTION' | 'NOT_EMULATED';
  readonly message: string;
  readonly location: string;
}

export function schemaProblem(message: string, location: string): Problem {
  return { code: 'SCHEMA_VALIDATION_FAILED', message, location };
}

export function notEmulated(what: string, location: string): Problem {
  return { code: 'NOT_EMULATED', message: `The sandbox does not emulate ${what}`, location };
}
